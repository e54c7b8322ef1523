package import FFmpegIO
package import FrameCore

/// What a channel remembers of its stream, still compressed: the last seconds whole, the minutes before by key frames.
///
/// Owned by one thread.
package struct PreRoll {
    private var ring: PacketRing
    private var shelf: KeyFrameShelf

    package init(_ settings: IngestSettings) {
        ring = PacketRing(seconds: .seconds(settings.preRollSeconds), byteLimit: settings.ringBytes)
        shelf = KeyFrameShelf(reach: .seconds(settings.shelfSeconds), byteLimit: settings.shelfBytes)
    }

    /// Of the last seconds and the minutes before.
    package var bytes: Int { ring.bytes + shelf.bytes }
    package var span: Duration { ring.span }
    package var holdsWholeGroup: Bool { ring.holdsWholeGroup }
    package var crowdedOut: Int { ring.crowdedOut }

    package mutating func append(_ packet: SharedPacket, time: FrameTime) {
        for entry in ring.append(packet, time: time) { shelf.append(entry.packet, time: entry.time) }
    }

    /// After a break in the stream.
    package mutating func removeAll() {
        ring.removeAll()
        shelf.removeAll()
    }

    /// See `PacketRing.packets(from:)`.
    package func packets(from time: FrameTime) -> [PacketRing.Entry] { ring.packets(from: time) }

    /// The last key frame at or before `time`, or the oldest.
    package func lastKey(before time: FrameTime) -> PacketRing.Entry? {
        ring.lastKey(before: time) ?? shelf.last(before: time) ?? ring.firstKey(after: time)
    }

    /// The first key frame at or after `time`, or the newest.
    package func firstKey(after time: FrameTime) -> PacketRing.Entry? {
        if let shelved = shelf.first(after: time), shelved.time >= time { return shelved }
        return ring.firstKey(after: time) ?? ring.lastKey(before: time)
    }
}
