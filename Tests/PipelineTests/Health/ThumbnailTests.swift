import FrameCore
import Pipeline
import Testing

@Suite("Small pictures")
struct ThumbnailTests {
    @Test(
        "a frame of any size becomes one of half the size, with whole chroma",
        arguments: [(640, 360), (640, 358), (636, 360), (440, 360), (352, 288), (638, 362), (4, 4), (2, 2)])
    func half(width: Int, height: Int) {
        let frame = Frame(size: PixelSize(width: width, height: height), time: FrameTime(seconds: 3), fill: 77)
        let half = ThumbnailShelf.halved(frame)
        #expect(half.size.width == max(2, width / 4 * 2) && half.size.height == max(2, height / 4 * 2))
        #expect(half.cb.size == Frame.chromaSize(of: half.size) && half.time == frame.time)
        if width > 2 { #expect(half.luma.bytes.allSatisfy { $0 == 77 }) }
    }

    @Test("one frame is made small once; another frame, or the same moment of another channel, is another picture")
    func once() async throws {
        let shelf = ThumbnailShelf()
        let size = PixelSize(width: 64, height: 36)
        let first = try #require(await shelf.thumbnail(of: Frame(size: size, time: .zero, fill: 20), channelID: "a"))
        let again = try #require(await shelf.thumbnail(of: Frame(size: size, time: .zero, fill: 200), channelID: "a"))
        #expect(first == again)
        let next = try #require(await shelf.thumbnail(of: Frame(size: size, time: FrameTime(seconds: 2), fill: 200), channelID: "a"))
        #expect(next.tag != first.tag && next.jpeg != first.jpeg)
        let other = try #require(await shelf.thumbnail(of: Frame(size: size, time: .zero, fill: 200), channelID: "b"))
        #expect(other.jpeg != first.jpeg)
        #expect(first.jpeg.starts(with: [0xFF, 0xD8]))
    }
}
