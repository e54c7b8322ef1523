import Evidence
import FrameCore
import Testing

@Suite("The viewer's mark")
struct ViewerMarkTests {
    private static let font = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"

    @Test("Chinese is drawn by its own glyphs: no two characters alike, none missing")
    func chinese() throws {
        let lines = try ["执法队员王", "执法队员李", "AaBb"].map { try TextLine($0, font: Self.font, height: 24) }
        #expect(lines.allSatisfy { $0.missing == 0 })
        #expect(lines[0].coverage != lines[1].coverage)
        // As wide as five characters of their own height.
        #expect((110...130).contains(lines[0].coverage.width))
        #expect(lines[0].coverage.bytes.count { $0 > 128 } > 300)
        #expect(try TextLine("\u{10FFFD}", font: Self.font, height: 24).missing == 1)
        #expect(try TextLine("执法队员王", font: Self.font, height: 24, widthLimit: 50).coverage.width == 50)
        #expect(try TextLine("", font: Self.font, height: 24).coverage.width == 1)
    }

    @Test("a font that is not there is an error that names it")
    func noFont() {
        let error = #expect(throws: TextError.self) { try TextLine("王", font: "/nowhere.ttf", height: 24) }
        #expect(error?.description.contains("/nowhere.ttf") == true)
    }

    @Test("the band lies below the picture and the words across it are pale", arguments: [(640, 360), (641, 361), (64, 48)])
    func mark(_ width: Int, _ height: Int) throws {
        let size = PixelSize(width: width, height: height)
        let frame = Frame(size: size, fill: 120, range: .full)
        let mark = ViewerMark(lines: ["王 (wang) · 执法队", "事由 审核"], tile: "王 7K2M", font: Self.font)
        let marked = try mark.apply(to: frame)
        #expect(marked.size.width == width)
        #expect(marked.size.height > height)
        let above = marked.luma.bytes[0..<size.area]
        // 16 hundredths of the way from 120 to 255.
        #expect(above.allSatisfy { (100...142).contains($0) })
        #expect(above.contains { $0 != 120 } || width < 100)
        #expect(marked.luma.bytes[size.area...].contains { $0 > 200 })
    }
}
