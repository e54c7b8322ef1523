import FFmpegIO
import Foundation
import FrameCore
import Pipeline
import Testing

@Suite("The last seconds of a stream are kept, still compressed")
struct PacketRingTests {
    /// Packets of a sample stream (25 a second, a key frame every two seconds) with their times.
    private func packets(seconds: Double) throws -> [(packet: SharedPacket, time: FrameTime)] {
        let path = ShippedSettingsTests.root.appendingPathComponent("SampleStreams/s5_delivery.mp4").path
        var demuxer = try Demuxer(MediaURL(path))
        var clock = StreamClock(frameRate: demuxer.video.averageFrameRate)
        var packets: [(SharedPacket, FrameTime)] = []
        while let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let time = clock.time(of: shared.dts ?? shared.pts)
            if time.seconds >= seconds { break }
            packets.append((shared, time))
        }
        return packets
    }

    @Test("what is kept begins with a key frame and reaches as far back as asked, hardly further")
    func reach() throws {
        var ring = PacketRing(seconds: .seconds(5), byteLimit: 100 << 20)
        for (packet, time) in try packets(seconds: 20) { ring.append(packet, time: time) }
        let kept = ring.packets(from: .zero)
        let first = try #require(kept.first)
        #expect(first.packet.isKey)
        #expect((13...15).contains(first.time.seconds))
        #expect(ring.bytes == kept.map(\.packet.byteCount).reduce(0, +))
        #expect(ring.crowdedOut == 0)
    }

    @Test("a clip begins with the last key frame before the asked time")
    func cut() throws {
        var ring = PacketRing(seconds: .seconds(15), byteLimit: 100 << 20)
        for (packet, time) in try packets(seconds: 12) { ring.append(packet, time: time) }
        let clip = ring.packets(from: FrameTime(seconds: 7.3))
        #expect(clip.first?.packet.isKey == true)
        #expect(clip.first.map { abs($0.time.seconds - 6) < 0.1 } == true)
        #expect(clip.count == 6 * 25)
    }

    @Test("a byte limit goes before the seconds, and one group of pictures is always kept")
    func bytes() throws {
        var ring = PacketRing(seconds: .seconds(60), byteLimit: 1)
        for (packet, time) in try packets(seconds: 9) { ring.append(packet, time: time) }
        let kept = ring.packets(from: .zero)
        #expect(kept.first?.packet.isKey == true)
        #expect(kept.count <= 50)
        #expect(ring.crowdedOut > 0)
    }

    @Test("nothing is kept before the first key frame, and nothing after a break")
    func start() throws {
        var ring = PacketRing(seconds: .seconds(60), byteLimit: 100 << 20)
        for (packet, time) in try packets(seconds: 3).dropFirst() { ring.append(packet, time: time) }
        #expect(ring.packets(from: .zero).first.map { abs($0.time.seconds - 2) < 0.1 } == true)
        ring.removeAll()
        #expect(ring.packets(from: .zero).isEmpty && ring.bytes == 0)
    }

    @Test("the shelf of key frames reaches far back in little memory")
    func shelf() throws {
        let keys = try packets(seconds: 60).filter(\.packet.isKey)
        let limit = keys.prefix(8).map(\.packet.byteCount).reduce(0, +)
        var shelf = KeyFrameShelf(reach: .seconds(120), byteLimit: limit)
        for (packet, time) in keys { shelf.append(packet, time: time) }
        let oldest = try #require(shelf.last(before: .zero))
        #expect(oldest.time.seconds <= 10)
        let near = try #require(shelf.last(before: FrameTime(seconds: 57)))
        #expect((50...57).contains(near.time.seconds))
        let after = try #require(shelf.first(after: FrameTime(seconds: 55)))
        #expect((55...60).contains(after.time.seconds))
    }

    @Test("key frames that leave the ring go on the shelf: early moments are found on both")
    func preRoll() throws {
        var settings = try IngestSettings.load(folder: ShippedSettingsTests.root.path + "/Config")
        settings.preRollSeconds = 6
        var preRoll = PreRoll(settings)
        for (packet, time) in try packets(seconds: 40) { preRoll.append(packet, time: time) }
        #expect(preRoll.holdsWholeGroup)
        #expect((6...8.1).contains(preRoll.span.inSeconds))
        for wanted in [0.0, 9, 21, 37] {
            let before = try #require(preRoll.lastKey(before: FrameTime(seconds: wanted + 0.05)))
            let after = try #require(preRoll.firstKey(after: FrameTime(seconds: wanted - 0.05)))
            #expect(before.packet.isKey && before.time.seconds <= wanted + 0.05 && wanted - before.time.seconds < 2.1)
            #expect(after.packet.isKey && after.time.seconds >= wanted - 0.05 && after.time.seconds - wanted < 2.1)
        }
        preRoll.removeAll()
        #expect(preRoll.bytes == 0 && preRoll.lastKey(before: FrameTime(seconds: 39)) == nil)
    }
}
