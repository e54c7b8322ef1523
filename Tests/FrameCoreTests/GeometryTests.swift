import FrameCore
import Testing

@Suite("Geometry of frames and zones")
struct GeometryTests {
    private func point(_ x: Double, _ y: Double) -> UnitPoint { UnitPoint(x: x, y: y) }

    @Test("a polygon with two points is refused with their number")
    func twoPoints() {
        #expect(throws: Polygon.Flaw.tooFewPoints(2)) { try Polygon([point(0, 0), point(1, 1)]) }
    }

    @Test("a corner outside the frame is refused by its place in the list")
    func outside() {
        #expect(throws: Polygon.Flaw.outsideImage(index: 1, point(1.2, 0))) {
            try Polygon([point(0, 0), point(1.2, 0), point(1, 1)])
        }
        #expect(throws: Polygon.Flaw.self) { try Polygon([point(0, 0), point(.nan, 0), point(1, 1)]) }
    }

    @Test("a polygon that crosses itself or has no area is refused")
    func crossed() {
        #expect(throws: Polygon.Flaw.noArea) { try Polygon([point(0, 0), point(0.5, 0.5), point(1, 1)]) }
        #expect(throws: Polygon.Flaw.self) { try Polygon([point(0, 0), point(1, 1), point(1, 0.2), point(0, 0.8)]) }
    }

    @Test("inside means inside, also of a concave polygon")
    func contains() throws {
        let shape = try Polygon([point(0, 0), point(1, 0), point(1, 1), point(0.5, 0.3), point(0, 1)])
        #expect(shape.contains(point(0.5, 0.1)))
        #expect(!shape.contains(point(0.5, 0.6)))
        #expect(shape.contains(point(0.05, 0.8)))
    }

    @Test("a filled mask has the polygon's area and agrees with its inside")
    func fill() throws {
        let shape = try Polygon([point(0.1, 0.2), point(0.9, 0.1), point(0.7, 0.9)])
        let size = PixelSize(width: 200, height: 120)
        var mask = [UInt8](repeating: 0, count: size.area)
        shape.fill(&mask, size: size, value: 1)
        let part = Double(mask.reduce(0) { $0 + Int($1) }) / Double(size.area)
        #expect(abs(part - shape.area) < 0.005)
        for (x, y) in [(100, 40), (10, 10), (150, 100), (140, 90)] {
            let inside = shape.contains(point((Double(x) + 0.5) / 200, (Double(y) + 0.5) / 120))
            #expect((mask[y * 200 + x] == 1) == inside)
        }
    }

    @Test("scaling a rectangle covers what it covered and stays inside")
    func scaled() {
        let box = PixelRect(x: 3, y: 5, width: 7, height: 9)
        let big = box.scaled(from: PixelSize(width: 100, height: 50), to: PixelSize(width: 1920, height: 1080))
        #expect(big.x <= 57 && big.maxX >= 192 && big.y <= 108 && big.maxY >= 302)
        let edge = PixelRect(x: 90, y: 40, width: 10, height: 10)
            .scaled(from: PixelSize(width: 100, height: 50), to: PixelSize(width: 333, height: 77))
        #expect(edge.maxX <= 333 && edge.maxY <= 77)
    }

    @Test("fitting keeps the aspect, stays even and never enlarges", arguments: [(1920, 1080), (704, 576), (1279, 719), (2, 9)])
    func fitted(width: Int, height: Int) {
        let size = PixelSize(width: width, height: height).fitted(into: PixelSize(width: 640, height: 360))
        #expect(size.width % 2 == 0 && size.height % 2 == 0)
        #expect(size.width <= max(2, min(640, width + 1)) && size.height <= max(2, min(360, height + 1)))
        if width > 100 { #expect(abs(Double(size.width) / Double(size.height) - Double(width) / Double(height)) < 0.02) }
    }

    @Test("overlap is one for the same box and nothing for apart ones")
    func overlap() {
        let box = PixelRect(x: 0, y: 0, width: 10, height: 10)
        #expect(box.overlap(box) == 1)
        #expect(box.overlap(PixelRect(x: 10, y: 0, width: 5, height: 5)) == 0)
        #expect(box.overlap(PixelRect(x: 5, y: 0, width: 10, height: 10)) == 50.0 / 150)
    }

    @Test("time adds and subtracts to the microsecond")
    func time() {
        let time = FrameTime(seconds: 12.345678)
        #expect(time.microseconds == 12_345_678)
        #expect((time + .milliseconds(5)) - time == .milliseconds(5))
        #expect(time - .seconds(20) < .zero)
    }
}
