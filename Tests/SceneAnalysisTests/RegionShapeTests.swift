import FrameCore
import SceneAnalysis
import Testing

@Suite("How a region is built")
struct RegionShapeTests {
    private static let size = PixelSize(width: 120, height: 80)

    /// A grey street with noise on which `isThing` says where something stands, and how bright.
    private struct Scene {
        var luma: [UInt8]
        var cb = [UInt8](repeating: 128, count: size.area)
        let plate: [UInt16]
        var cells: [Int32] = []
        let box: PixelRect

        init(_ box: PixelRect, _ level: (_ x: Int, _ y: Int) -> Int?) {
            self.box = box
            var state: UInt32 = 7
            luma = (0..<size.area).map { _ in
                state = state &* 1_664_525 &+ 1_013_904_223
                return UInt8(118 + state >> 30)
            }
            plate = luma.map { UInt16($0) << 8 }
            for y in box.y..<box.maxY {
                for x in box.x..<box.maxX {
                    let i = y * size.width + x
                    // The mask of a region is closed: cells between thin members belong to it.
                    cells.append(Int32(i))
                    if let level = level(x - box.x, y - box.y) { luma[i] = UInt8(level) }
                }
            }
        }

        func measure(with shape: inout RegionShape) -> RegionShape.Measure {
            let grey = [UInt8](repeating: 128, count: size.area)
            let greyPlate = [UInt16](repeating: 128 << 8, count: size.area)
            return shape.measure(
                box: box, cells: cells,
                in: RegionShape.Picture(
                    size: size, luma: luma, cb: cb, cr: grey, plateLuma: plate, plateCb: greyPlate, plateCr: greyPlate))
        }
    }

    private static let carton = Scene(PixelRect(x: 30, y: 20, width: 40, height: 30)) { x, y in 60 + (x / 9 + y / 7) % 2 * 20 }

    /// Two wheels of one cell's width and a frame, `count` times at a pitch of 12 cells.
    private static func bikes(_ count: Int) -> Scene {
        Scene(PixelRect(x: 20, y: 30, width: 12 * count + 16, height: 20)) { x, y in
            for bike in 0..<count {
                for hub in [8 + 12 * bike, 20 + 12 * bike] where hub < 12 * count + 8 {
                    let square = (x - hub) * (x - hub) + (y - 12) * (y - 12)
                    if (36...49).contains(square) || (x == hub && y < 12) { return 40 }
                }
            }
            return nil
        }
    }

    @Test("spokes and frames are thin, a carton is not, however it is printed")
    func thinness() {
        var shape = RegionShape()
        #expect(Self.carton.measure(with: &shape).thinness < 0.1)
        #expect(Self.bikes(3).measure(with: &shape).thinness > 0.8)
    }

    @Test("an umbrella hangs over its table, a heap stands on its foot")
    func overhang() {
        var shape = RegionShape()
        let stall = Scene(PixelRect(x: 30, y: 10, width: 40, height: 42)) { x, y in
            if y < 12 { return abs(x - 20) < 8 + y ? 200 : nil }
            if y < 28 { return abs(x - 20) < 1 ? 200 : nil }
            return (8..<32).contains(x) ? 200 : nil
        }
        let heap = Scene(PixelRect(x: 30, y: 10, width: 40, height: 42)) { x, y in abs(x - 20) < 2 + y / 2 ? 200 : nil }
        #expect(stall.measure(with: &shape).overhang > 0.9)
        #expect(heap.measure(with: &shape).overhang < 0.05)
        #expect(Self.carton.measure(with: &shape).overhang < 0.15)
    }

    @Test("a row of bikes repeats at its pitch, a carton does not")
    func repetition() {
        var shape = RegionShape()
        #expect(Self.bikes(5).measure(with: &shape).repetition > 0.6)
        let plain = Scene(PixelRect(x: 30, y: 20, width: 40, height: 30)) { _, _ in 60 }
        #expect(plain.measure(with: &shape).repetition < 0.3)
    }

    @Test("colour alone makes a face too")
    func colour() {
        var shape = RegionShape()
        var red = Scene(PixelRect(x: 30, y: 20, width: 40, height: 30)) { _, _ in nil }
        #expect(red.measure(with: &shape).thinness == 0)
        for cell in red.cells { red.cb[Int(cell)] = 100 }
        let face = red.measure(with: &shape)
        #expect(face.thinness == 0)
        #expect(face.overhang == 0)
        // One line of it on a grey street is thin.
        red.cb = [UInt8](repeating: 128, count: Self.size.area)
        for y in red.box.y..<red.box.maxY { red.cb[y * Self.size.width + 50] = 100 }
        #expect(red.measure(with: &shape).thinness == 1)
    }

    @Test("regions at the edge, single cells and looks of other sizes before change nothing")
    func edges() {
        var fresh = RegionShape()
        var used = RegionShape()
        _ = Self.bikes(5).measure(with: &used)
        #expect(Self.carton.measure(with: &fresh) == Self.carton.measure(with: &used))
        for box in [
            PixelRect(x: 0, y: 0, width: 1, height: 1), PixelRect(x: 0, y: 0, width: 120, height: 80),
            PixelRect(x: 119, y: 79, width: 1, height: 1), PixelRect(x: 0, y: 40, width: 120, height: 1),
        ] {
            let measure = Scene(box) { _, _ in 40 }.measure(with: &used)
            for value in [measure.thinness, measure.overhang, measure.repetition] { #expect((0...1).contains(value)) }
        }
    }
}
