import FFmpegIO
import FrameCore

/// What one archived file holds of a finding: the packets around its confirmation, and the key frames that show it.
///
/// The file is read from its start, so that its times are those that the analysis had, whatever jumps its stamps make.
struct ArchiveExcerpt {
    /// A key frame with the stream that it is of.
    struct Picture {
        var entry: PacketRing.Entry
        var stream: VideoStream
    }

    /// Which moments are wanted, seconds from the start of the file; a nil one is not looked for.
    struct Wish {
        var before: Double?
        var start: Double?
        var confirmed: Double?
        var clip: ClosedRange<Double>?

        fileprivate var last: Double { max(before ?? 0, start ?? 0, confirmed ?? 0, clip?.upperBound ?? 0) }
    }

    /// The last at or before the wished moment.
    var before: Picture?
    /// The first at or after.
    var start: Picture?
    var confirmed: Picture?
    /// From a key frame on; empty where none was wished or none came.
    var clip: [PacketRing.Entry] = []
    /// Of the clip.
    var stream: VideoStream?

    static func read(_ path: String, _ wish: Wish) throws -> ArchiveExcerpt {
        var demuxer = try Demuxer(MediaURL(path))
        var clock = StreamClock(frameRate: demuxer.video.averageFrameRate)
        var excerpt = ArchiveExcerpt()
        var lastKey: Picture?
        var isCut = false
        while let packet = try demuxer.next() {
            let shared = packet.intoShared()
            let entry = PacketRing.Entry(packet: shared, time: clock.time(of: shared.dts ?? shared.pts))
            let seconds = entry.time.seconds
            if shared.streamChanged, !excerpt.clip.isEmpty {
                // No clip can hold two sizes: what comes after the change is left out, or what came before it.
                if seconds > wish.confirmed ?? .infinity { isCut = true } else { excerpt.clip = [] }
            }
            if shared.isKey {
                let picture = Picture(entry: entry, stream: demuxer.video)
                if let moment = wish.before, seconds <= moment { excerpt.before = picture }
                if let moment = wish.start, seconds >= moment, excerpt.start == nil { excerpt.start = picture }
                if let moment = wish.confirmed, seconds >= moment, excerpt.confirmed == nil { excerpt.confirmed = picture }
                lastKey = picture
                if let clip = wish.clip, seconds <= clip.lowerBound { excerpt.clip = [] }
            }
            if let clip = wish.clip, seconds <= clip.upperBound, !isCut, shared.isKey || !excerpt.clip.isEmpty {
                if excerpt.clip.isEmpty { excerpt.stream = demuxer.video }
                excerpt.clip.append(entry)
            }
            if seconds > wish.last, wish.start == nil || excerpt.start != nil, wish.confirmed == nil || excerpt.confirmed != nil { break }
        }
        // A recording that ends with the confirmation still has the key frame before it.
        if wish.confirmed != nil, excerpt.confirmed == nil { excerpt.confirmed = lastKey }
        return excerpt
    }
}
