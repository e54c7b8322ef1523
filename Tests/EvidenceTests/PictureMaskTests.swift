import Evidence
import Foundation
import FrameCore
import Testing

@Suite struct PictureMaskTests {
    /// Every pixel differs from its neighbours.
    static func noise(_ size: PixelSize, seed: UInt64 = 3) -> Frame {
        var generator = SeededGenerator(state: seed)
        var frame = Frame(size: size, range: .full)
        frame.luma = Plane(size: size, bytes: generator.bytes(size.area))
        let half = Frame.chromaSize(of: size)
        frame.cb = Plane(size: half, bytes: generator.bytes(half.area))
        frame.cr = Plane(size: half, bytes: generator.bytes(half.area))
        return frame
    }

    static func values(_ frame: Frame, in rect: PixelRect) -> Set<UInt8> {
        var values: Set<UInt8> = []
        for y in rect.y..<rect.maxY { for x in rect.x..<rect.maxX { values.insert(frame.luma[x, y]) } }
        return values
    }

    @Test("the object stays as it is, all else becomes blocks of one colour", arguments: [(640, 360), (641, 361), (97, 33), (20, 20)])
    func everythingElse(width: Int, height: Int) {
        let size = PixelSize(width: width, height: height)
        let frame = Self.noise(size)
        let kept = PixelRect(x: width / 3, y: height / 3, width: width / 4, height: height / 4)
        let masked = PictureMask(kept: [kept]).apply(to: frame)
        var changed = 0
        for y in 0..<height {
            for x in 0..<width {
                let isKept = (kept.x..<kept.maxX).contains(x) && (kept.y..<kept.maxY).contains(y)
                if isKept { #expect(masked.luma[x, y] == frame.luma[x, y]) } else if masked.luma[x, y] != frame.luma[x, y] { changed += 1 }
            }
        }
        #expect(changed > (size.area - kept.area) * 9 / 10)
        let block = max(8, (min(width, height) + 11) / 12 / 2 * 2)
        #expect(Self.values(masked, in: PixelRect(x: 0, y: 0, width: min(block, kept.x), height: min(block, kept.y))).count == 1)
    }

    @Test("of a region no more than twelve blocks across are left, and each is its mean")
    func region() {
        let size = PixelSize(width: 400, height: 300)
        let frame = Self.noise(size)
        let region = PixelRect(x: 100, y: 60, width: 120, height: 200)
        let masked = PictureMask(scope: .regions([region]), kept: []).apply(to: frame)
        for row in stride(from: region.y, to: region.maxY, by: 7) {
            var runs = 1
            for x in region.x + 1..<region.maxX where masked.luma[x, row] != masked.luma[x - 1, row] { runs += 1 }
            #expect(runs <= PictureMask.blocksAcross)
        }
        var sum = 0
        for y in 60..<70 { for x in 100..<110 { sum += Int(frame.luma[x, y]) } }
        #expect(abs(Int(masked.luma[100, 60]) - sum / 100) <= 12)
        #expect(masked.luma[99, 60] == frame.luma[99, 60] && masked.luma[220, 60] == frame.luma[220, 60])
    }

    @Test("two pictures that differ inside the hidden part alone, with the same means, give the same copy")
    func irreversible() {
        let size = PixelSize(width: 96, height: 96)
        let region = PixelRect(x: 0, y: 0, width: 96, height: 96)
        var one = Frame(size: size, fill: 100, range: .full)
        var other = one
        for y in 0..<96 {
            for x in 0..<96 {
                one.luma[x, y] = (x + y) % 2 == 0 ? 50 : 150
                other.luma[x, y] = y % 2 == 0 ? 50 : 150
            }
        }
        let mask = PictureMask(scope: .regions([region]), kept: [])
        #expect(mask.apply(to: one).luma == mask.apply(to: other).luma)
    }

    @Test("what a person drew is hidden even within the object")
    func drawn() throws {
        let size = PixelSize(width: 200, height: 100)
        let frame = Self.noise(size)
        let polygon = try Polygon([
            UnitPoint(x: 0.4, y: 0.4), UnitPoint(x: 0.6, y: 0.4), UnitPoint(x: 0.6, y: 0.6), UnitPoint(x: 0.4, y: 0.6),
        ])
        let whole = PixelRect(x: 0, y: 0, width: 200, height: 100)
        let masked = PictureMask(kept: [whole], drawn: [polygon]).apply(to: frame)
        #expect(Self.values(masked, in: PixelRect(x: 84, y: 44, width: 30, height: 12)).count < 12)
        #expect(masked.luma[10, 10] == frame.luma[10, 10])
    }

    @Test(
        "a JPEG comes back as it was made, within what its quantisation loses; odd sizes, and grey ones, too",
        arguments: [(64, 48), (641, 361), (17, 9)])
    func decode(width: Int, height: Int) throws {
        let frame = JPEGEncoderTests.slopes(PixelSize(width: width, height: height), range: .full)
        let back = try JPEGDecoder.decode(try JPEGEncoder.encode(frame, quality: 95))
        #expect(back.size == frame.size && back.range == .full)
        for (one, other) in zip(frame.luma.bytes, back.luma.bytes) where abs(Int(one) - Int(other)) > 8 {
            Issue.record("luma \(one) came back as \(other)")
            return
        }
    }

    @Test("what is no whole JPEG is refused", arguments: [0, 2, 100, 1000])
    func broken(length: Int) throws {
        let jpeg = try JPEGEncoder.encode(Self.noise(PixelSize(width: 160, height: 120)))
        #expect(throws: JPEGError.self) { try JPEGDecoder.decode(Array(jpeg.prefix(length))) }
        #expect(throws: JPEGError.self) { try JPEGDecoder.decode(Array("GIF89a, not a JPEG at all".utf8)) }
    }
}
