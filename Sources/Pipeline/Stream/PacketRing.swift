import DequeModule
package import FFmpegIO
package import FrameCore

/// The last seconds of a stream, still compressed, ready to become a clip.
///
/// Bounded by time and by bytes; the oldest group of pictures goes first, so what is kept always begins with a key frame.
/// Packets are shared, not copied. Owned by one thread.
package struct PacketRing {
    /// A packet with its place on the stream's clock.
    package struct Entry: Sendable {
        package let packet: SharedPacket
        package let time: FrameTime
    }

    private let seconds: Duration
    private let byteLimit: Int
    private var entries: Deque<Entry> = []
    package private(set) var bytes = 0
    /// Packets that went because of the byte limit before their time was up.
    package private(set) var crowdedOut = 0

    /// - Parameters:
    ///   - seconds: how far back a clip may begin.
    ///   - byteLimit: never more than this, whatever the bit rate; one group of pictures is always kept.
    package init(seconds: Duration, byteLimit: Int) {
        self.seconds = seconds
        self.byteLimit = byteLimit
    }

    package mutating func append(_ packet: SharedPacket, time: FrameTime) {
        // Nothing before the first key frame can be shown.
        guard packet.isKey || !entries.isEmpty else { return }
        entries.append(Entry(packet: packet, time: time))
        bytes += packet.byteCount
        while let next = secondGroup, entries[next].time < time - seconds || bytes > byteLimit {
            if entries[next].time >= time - seconds { crowdedOut += next }
            for _ in 0..<next { bytes -= entries.removeFirst().packet.byteCount }
        }
    }

    /// Forgets everything: after a break in the stream.
    package mutating func removeAll() {
        entries.removeAll()
        bytes = 0
    }

    /// The packets from the last key frame at or before `time`, or from the oldest one there is.
    package func packets(from time: FrameTime) -> [Entry] {
        guard !entries.isEmpty else { return [] }
        let start = entries.lastIndex { $0.packet.isKey && $0.time <= time } ?? 0
        return Array(entries[start...])
    }

    /// Where the second group of pictures begins.
    private var secondGroup: Int? {
        guard entries.count > 1 else { return nil }
        return entries.indices.dropFirst().first { entries[$0].packet.isKey }
    }
}
