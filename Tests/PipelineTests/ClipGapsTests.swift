import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Pipeline
import Testing

@Suite("What a clip lacks is written down")
struct ClipGapsTests {
    /// Packets of a sample stream, 25 a second.
    private static func entries(from: Double, to: Double) throws -> (entries: [PacketRing.Entry], stream: VideoStream) {
        var demuxer = try Demuxer(MediaURL(ShippedSettingsTests.root.appendingPathComponent("SampleStreams/s5_delivery.mp4").path))
        var clock = StreamClock(frameRate: demuxer.video.averageFrameRate)
        var ring = PacketRing(seconds: .seconds(600), byteLimit: 100 << 20)
        while let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let time = clock.time(of: shared.dts ?? shared.pts)
            if time.seconds > to { break }
            ring.append(shared, time: time)
        }
        return (ring.packets(from: FrameTime(seconds: from)), demuxer.video)
    }

    private static func wanted(_ from: Double, _ to: Double) -> ClosedRange<FrameTime> {
        FrameTime(seconds: from)...FrameTime(seconds: to)
    }

    @Test("a whole clip lacks nothing")
    func whole() throws {
        let gaps = EvidenceManifest.ClipGaps(
            file: "clip.mp4", entries: try Self.entries(from: 4, to: 14).entries, wanted: Self.wanted(4, 14))
        #expect(gaps.gaps.isEmpty, "\(gaps.gaps)")
        #expect(gaps.file == "clip.mp4" && gaps.usualStepMilliseconds == 40 && gaps.packets >= 250)
    }

    @Test("a start that was not held, an end that did not come and a pause in between are named with their lengths")
    func gaps() throws {
        var entries = try Self.entries(from: 4, to: 14).entries
        entries.removeAll { (8.0..<9.0).contains($0.time.seconds) }
        let gaps = EvidenceManifest.ClipGaps(file: "clip.mp4", entries: entries, wanted: Self.wanted(0, 30)).gaps
        #expect(gaps.map(\.reason) == [.startNotHeld, .missingPackets, .streamEnded])
        #expect(gaps.map { ($0.milliseconds / 1000).rounded() } == [4, 1, 16])
    }

    @Test("nothing kept, and key frames alone, are named as such")
    func kept() throws {
        let none = EvidenceManifest.ClipGaps(file: nil, entries: [], wanted: Self.wanted(0, 30))
        #expect(none.file == nil && none.gaps.map(\.reason) == [.notKept] && none.gaps[0].milliseconds == 30_000)
        let keys = try Self.entries(from: 0, to: 20).entries.filter(\.packet.isKey)
        let thinned = EvidenceManifest.ClipGaps(file: "clip.mp4", entries: keys, wanted: Self.wanted(0, 20), isThinned: true)
        #expect(thinned.gaps.map(\.reason) == [.keyFramesOnly])
    }

    @Test("starts are kept until they are asked for, and never beyond the limit: first whole, then by key frames, then not at all")
    func startClips() throws {
        let (entries, stream) = try Self.entries(from: 0, to: 20)
        let size = entries.reduce(0) { $0 + $1.packet.byteCount }
        let keySize = entries.filter(\.packet.isKey).reduce(0) { $0 + $1.packet.byteCount }
        func run(_ limit: Int) -> StartClips.Clip? {
            var clips = StartClips(limitBytes: limit)
            clips.begin(1, StartClips.Clip(stream: stream, wanted: Self.wanted(0, 15), entries: Array(entries.prefix(50))))
            for entry in entries.dropFirst(50) {
                clips.append(entry)
                #expect(clips.bytes <= limit)
            }
            defer { #expect(clips.bytes == 0) }
            return clips.remove(1)
        }
        let whole = try #require(run(size))
        #expect(!whole.isThinned && whole.entries.last.map { (14.9...15).contains($0.time.seconds) } == true)
        let thinned = try #require(run(keySize + 1000))
        #expect(thinned.isThinned && thinned.entries.allSatisfy(\.packet.isKey) && thinned.entries.count >= 7)
        #expect(try #require(run(100)).entries.isEmpty)
    }
}
