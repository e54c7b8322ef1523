import Evidence
import FrameCore
import Testing

@Suite struct AnnotatedStillTests {
    static let zone = try? Polygon([
        UnitPoint(x: 0.1, y: 0.2), UnitPoint(x: 0.8, y: 0.1), UnitPoint(x: 0.9, y: 0.9), UnitPoint(x: 0.2, y: 0.8),
    ])

    @Test(
        "lines stand out on black and on white, with a dark edge, in both ranges",
        arguments: [
            (UInt8(16), Frame.Range.limited), (235, .limited), (0, .full), (255, .full),
        ])
    func contrast(ground: UInt8, range: Frame.Range) {
        let frame = Frame(size: PixelSize(width: 640, height: 360), fill: ground, range: range)
        let box = PixelRect(x: 200, y: 120, width: 100, height: 80)
        let drawn = AnnotatedStill.draw(Annotation(zone: Self.zone, box: box), on: frame)
        let line = Int(drawn.luma[250, 120])
        let edge = Int(drawn.luma[250, 118])
        #expect(line - edge > 60, "the line must be lighter than its edge")
        #expect(max(abs(line - Int(ground)), abs(edge - Int(ground))) > 60, "line or edge must differ from the ground")
        #expect(drawn.cr[125, 60] > 180, "the box is red")
        #expect(drawn.luma[250, 160] == ground, "nothing is filled")
        #expect(drawn.luma[5, 5] == ground)
        #expect(drawn.luma.bytes != frame.luma.bytes)
        #expect(drawn.size == frame.size && drawn.range == frame.range)
        // A corner of the zone, and its colour.
        #expect(drawn.luma[64, 72] != ground)
        #expect(drawn.cb[32, 36] < 60, "the zone is yellow")
    }

    @Test(
        "any size and any box, even outside the picture, is drawn without a trap",
        arguments: [
            PixelSize(width: 1, height: 1), PixelSize(width: 2, height: 3), PixelSize(width: 17, height: 33),
            PixelSize(width: 1919, height: 1079), PixelSize(width: 0, height: 0),
        ])
    func extremes(size: PixelSize) throws {
        let frame = Frame(size: size)
        for box in [
            PixelRect(x: -10, y: -10, width: 5, height: 5), PixelRect(x: -10, y: -10, width: 5000, height: 5000),
            PixelRect(x: size.width - 1, y: size.height - 1, width: 10, height: 10),
            PixelRect(x: 0, y: 0, width: 0, height: 0),
        ] {
            let drawn = AnnotatedStill.draw(Annotation(zone: Self.zone, box: box), on: frame)
            #expect(drawn.size == size)
        }
        #expect(AnnotatedStill.draw(Annotation(zone: nil, box: nil), on: frame).luma == frame.luma)
    }

    @Test("lines grow with the picture")
    func thickness() {
        func thickness(_ size: PixelSize) -> Int {
            let frame = Frame(size: size, fill: 235)
            let box = PixelRect(x: size.width / 4, y: size.height / 4, width: size.width / 2, height: size.height / 2)
            let drawn = AnnotatedStill.draw(Annotation(zone: nil, box: box), on: frame)
            return (0..<size.height / 2).filter { drawn.luma[size.width / 2, $0] != 235 }.count
        }
        #expect(thickness(PixelSize(width: 640, height: 360)) == 5)
        #expect(thickness(PixelSize(width: 1920, height: 1080)) == 7)
        #expect(thickness(PixelSize(width: 3840, height: 2160)) > 9)
    }
}
