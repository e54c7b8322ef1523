import FrameCore
import SceneAnalysis
import Testing
import Violations
import Yams

@Suite("The ground scale follows from lengths drawn on the view")
struct GroundScaleTests {
    private let assumed: GroundSettings

    init() throws { assumed = try YAMLDecoder().decode(GroundSettings.self, from: Street.ground) }

    private func length(_ x: Double, _ top: Double, _ bottom: Double, _ metres: Double) -> ReferenceLength {
        ReferenceLength(from: UnitPoint(x: x, y: top), to: UnitPoint(x: x, y: bottom), metres: metres)
    }

    private func scale(_ references: [ReferenceLength], aspect: Double = 16.0 / 9) throws -> GroundScale {
        try GroundScale(references, aspect: aspect, assumed: assumed)
    }

    @Test("two people of 1.7 m give the horizon of the camera that saw them, and every row between")
    func twoPeople() throws {
        // A camera at 5 m with its horizon at 0.1: what stands at row y spans (y - 0.1) / 5 view heights for each metre.
        let far = length(0.3, 0.4 - 1.7 * 0.3 / 5, 0.4, 1.7)
        let near = length(0.7, 0.9, 0.9 - 1.7 * 0.8 / 5, 1.7)
        for references in [[far, near], [near, far]] {
            let scale = try scale(references)
            #expect(abs(scale.horizon - 0.1) < 1e-9)
            #expect(abs(scale.rise - 5) < 1e-9)
            #expect(abs(try #require(scale.metresPerHeight(atRow: 0.6)) - 10) < 1e-9)
            #expect(scale.metresPerHeight(atRow: 0.1) == nil)
            #expect(scale.metresPerHeight(atRow: 0.02) == nil)
            #expect(scale.isDrawn)
            #expect(scale.areaFactor == 1.1)
        }
    }

    @Test("a length across the view is measured with the view's aspect and counts at its middle row")
    func across() throws {
        let wide = ReferenceLength(from: UnitPoint(x: 0.2, y: 0.48), to: UnitPoint(x: 0.4, y: 0.52), metres: 4)
        let scale = try scale([wide], aspect: 2)
        let length = (0.4 * 0.4 + 0.04 * 0.04).squareRoot()
        #expect(abs(try #require(scale.metresPerHeight(atRow: 0.5)) - 4 / length) < 1e-9)
        #expect(scale.horizon == -0.25)
        #expect(scale.areaFactor == 1.5)
    }

    @Test("without a length the usual street camera is assumed, and its sizes decide nothing")
    func assumedScale() throws {
        let scale = try scale([])
        #expect(scale.metresPerHeight(atRow: 0.5) == 10)
        #expect(scale.metresPerHeight(atRow: 1.25) == 5)
        #expect(!scale.isDrawn)
        #expect(scale.areaFactor == 2)
    }

    @Test("what cannot be measured by is refused with its reason")
    func refused() {
        let person = length(0.3, 0.3, 0.4, 1.7)
        let nearer = length(0.3, 0.6, 0.8, 1.7)
        func flaw(_ references: [ReferenceLength]) -> GroundScale.Flaw? {
            do {
                _ = try scale(references)
                return nil
            } catch let flaw as GroundScale.Flaw {
                return flaw
            } catch {
                return nil
            }
        }
        #expect(flaw([person, length(0.3, 0.5, 0.5, 1.7)]) == .tooShort(index: 1))
        #expect(flaw([person, length(0.6, 0.2, 0.42, 1.7)]) == .sameDepth)
        #expect(flaw([person, length(0.3, 0.72, 0.8, 1.7)]) == .growsUpwards)
        #expect(flaw([length(0.3, 0.3, 0.4, 0)]) == .badLength(index: 0, 0))
        #expect(flaw([length(0.3, 0.3, 0.4, .nan)]) != nil)
        #expect(flaw([person, nearer, nearer]) == .tooMany(3))
        #expect(flaw([person, nearer]) == nil)
        #expect("\(GroundScale.Flaw.sameDepth)".contains("same depth"))
    }

    @Test("an incident carries its size, and a drawn scale keeps out what is too small")
    func sizes() throws {
        // At row 1.0 of a camera at 5 m with its horizon at 0 a view height spans 5 m: a box of 36 px is half a metre.
        let person = length(0.3, 0.5 - 1.7 * 0.5 / 5, 0.5, 1.7)
        let nearer = length(0.3, 1 - 1.7 / 5, 1, 1.7)
        let rules = try Street.rules([.piledGoods: "minimum_m2: 0.4"])
        let box = PixelRect(x: 100, y: 324, width: 36, height: 36)
        let zone = Zone(id: "z", kind: .carriageway, polygon: try Street.polygon(0, 0, 1, 1))
        let small = Street.region(box, still: 100)
        let large = Street.region(id: 2, PixelRect(x: 300, y: 288, width: 72, height: 72), still: 100)
        let drawn = Street.found([small, large], zones: ZoneSet(zones: [zone], scale: [person, nearer]), rules)
        #expect(drawn.map(\.phase) == [.confirmed])
        #expect(abs(try #require(drawn.first?.areaSquareMetres) - 1) < 1e-9)
        let assumed = Street.found([small], zones: ZoneSet(zones: [zone]), rules)
        #expect(assumed.map(\.phase) == [.confirmed])
    }

    @Test("a range in metres is widened by what is uncertain, and narrowed where it must hold surely")
    func uncertainty() throws {
        // 1.56 m² by the assumed scale: 10 m for a view height at the middle row.
        let box = PixelRect(x: 100, y: 135, width: 45, height: 45)
        let zone = Zone(id: "z", kind: .noParking, polygon: try Street.polygon(0, 0, 1, 1))
        func named(_ look: String) throws -> ViolationKind? {
            let rules = try Street.rules([
                .sharedBikeHeap: "looks: [{feature: square_metres, \(look)}]\nprecedence: 5", .parkedBikes: "",
            ])
            return Street.found([Street.region(box, still: 100)], zones: ZoneSet(zones: [zone]), rules).first?.kind
        }
        #expect(try named("from: 3") == .sharedBikeHeap)
        #expect(try named("from: 3.2") == .parkedBikes)
        #expect(try named("to: 0.8") == .sharedBikeHeap)
        #expect(try named("from: 0.7, surely: true") == .sharedBikeHeap)
        #expect(try named("from: 1, surely: true") == .parkedBikes)
    }
}
