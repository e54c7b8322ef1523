import FrameCore
import SceneAnalysis
import Testing
import Violations

@Suite("Zones name what stands in them")
struct ZoneKindTests {
    private let everything = ViolationKind.allCases.filter { $0 != .sharedBikeHeap }

    private func rules(_ changes: [ViolationKind: String] = [:]) throws -> RuleBook {
        var rules: [ViolationKind: String] = [:]
        for (index, kind) in everything.enumerated() { rules[kind] = changes[kind] ?? "precedence: \(index)" }
        return try Street.rules(rules)
    }

    private func kind(_ box: PixelRect, _ zones: [Zone], _ rules: RuleBook) -> ViolationKind? {
        Street.found([Street.region(box, still: 100)], zones: ZoneSet(zones: zones), rules).first { $0.phase == .confirmed }?.kind
    }

    @Test("a wheel over the line blocks a fire lane; on the pavement the larger part of the foot decides")
    func strips() throws {
        let lane = Zone(id: "lane", kind: .fireLane, polygon: try Street.polygon(0, 0, 0.17, 1))
        let book = try rules([.blockedFireLane: "minimum_inside: 0.2\nprecedence: 20"])
        // A fifth of 100…140 px lies left of 0.17 × 640 = 109 px.
        let box = PixelRect(x: 100, y: 100, width: 40, height: 40)
        #expect(kind(box, [lane], book) == .blockedFireLane)
        let walk = Zone(id: "walk", kind: .carriageway, polygon: try Street.polygon(0, 0, 0.17, 1))
        #expect(kind(box, [walk], book) == nil)
        let path = Zone(id: "path", kind: .tactilePath, polygon: try Street.polygon(0, 0, 1, 1))
        #expect(kind(box, [path], book) == .blockedTactilePath)
    }

    @Test("what touches the shop line is the shop's, what stands off it is not")
    func shopLine() throws {
        let book = try rules([
            .storefrontEncroachment: "looks: [{feature: line_distance_m, to: 0.5}]\nprecedence: 10", .roadsideVending: "precedence: 9",
        ])
        let polygon = try Street.polygon(0, 0.2, 1, 1)
        // The wall's foot runs along row 0.5, where a view height spans 10 m; 0.6 m of depth behind a foot at 0.53.
        let front = Zone(id: "front", kind: .frontage, polygon: polygon, line: try Street.line((0.1, 0.5), (0.9, 0.5)))
        let leaning = PixelRect(x: 200, y: 151, width: 40, height: 40)
        let apart = PixelRect(x: 200, y: 251, width: 40, height: 40)
        #expect(kind(leaning, [front], book) == .storefrontEncroachment)
        #expect(kind(apart, [front], book) == .roadsideVending)
        let beyond = PixelRect(x: 620, y: 151, width: 20, height: 40)
        #expect(kind(beyond, [front], book) == .roadsideVending)
        let plain = Zone(id: "front", kind: .frontage, polygon: polygon)
        #expect(kind(apart, [plain], book) == .storefrontEncroachment)
    }

    @Test("on the rim is overflow, at the edge of the zone it is rubbish; without a rim all of it is rubbish")
    func rim() throws {
        let book = try rules([.binOverflow: "looks: [{feature: line_distance_m, to: 0.4}]\nprecedence: 12"])
        let polygon = try Street.polygon(0.2, 0.3, 0.6, 0.7)
        let bin = Zone(id: "bin", kind: .bin, polygon: polygon, line: try Street.line((0.25, 0.45), (0.3, 0.45)))
        let onTop = PixelRect(x: 165, y: 140, width: 20, height: 20)
        let beside = PixelRect(x: 330, y: 220, width: 20, height: 20)
        #expect(kind(onTop, [bin], book) == .binOverflow)
        #expect(kind(beside, [bin], book) == .exposedRubbish)
        #expect(kind(onTop, [Zone(id: "bin", kind: .bin, polygon: polygon)], book) == .exposedRubbish)
    }

    @Test("what hangs on a rail is found by all of it, and not when it reaches the ground")
    func rail() throws {
        let book = try rules([.hungGoods: "looks: [{feature: lift_m, from: 0.15}]\nmay_be_person: false"])
        let polygon = try Street.polygon(0.2, 0.2, 0.6, 0.5)
        let rail = Zone(id: "rail", kind: .rail, polygon: polygon, line: try Street.line((0.2, 0.6), (0.6, 0.6)))
        let hanging = PixelRect(x: 200, y: 100, width: 40, height: 90)
        let standing = PixelRect(x: 200, y: 120, width: 40, height: 98)
        #expect(kind(hanging, [rail], book) == .hungGoods)
        #expect(kind(standing, [rail], book) == nil)
        #expect(kind(standing, [Zone(id: "rail", kind: .rail, polygon: polygon)], book) == .hungGoods)
        let slender = Street.region(PixelRect(x: 200, y: 100, width: 20, height: 60), still: 100) { $0.stir = 0.3 }
        #expect(Street.found([slender], zones: ZoneSet(zones: [rail]), book).first?.phase == .confirmed)
    }

    @Test("a profile's night part rules in infrared only")
    func night() throws {
        let day = try Street.rule("looks: [{feature: colourfulness, from: 8}]\nprecedence: 5")
        var part = NightPart()
        part.looks = []
        let book = try Street.rules(
            [.roadsideVending: "looks: [{feature: colourfulness, from: 8}]\nprecedence: 5", .piledGoods: ""],
            night: [.roadsideVending: day.overridden(by: part)])
        let zones = ZoneSet(zones: [Zone(id: "p", kind: .pavement, polygon: try Street.polygon(0, 0, 1, 1))])
        let grey = [Street.region(still: 100)]
        #expect(Street.found(grey, zones: zones, book).first?.kind == .piledGoods)
        #expect(Street.found(grey, zones: zones, book, isInfrared: true).first?.kind == .roadsideVending)
    }

    @Test("every violation is looked for in some zone, and every kind of line has its zone")
    func complete() {
        let found = Set(ZoneKind.allCases.flatMap { $0.violations(hasLine: true) })
        #expect(found == Set(ViolationKind.allCases))
        for kind in ZoneKind.allCases {
            #expect(Set(kind.violations(hasLine: false)).isSubset(of: kind.violations(hasLine: true)))
        }
        #expect(ZoneKind.allCases.compactMap(\.line).count == 3)
    }
}
