import DequeModule
package import FFmpegIO
package import FrameCore

/// The last seconds of a stream, still compressed, ready to become a clip.
///
/// Bounded by time and by bytes; the oldest group of pictures goes first, so what is kept always begins with a key frame.
/// Packets are shared, not copied; where the key frames lie is known, so nothing is searched through. Owned by one thread.
package struct PacketRing {
    /// A packet with its place on the stream's clock.
    package struct Entry: Sendable {
        package let packet: SharedPacket
        package let time: FrameTime
    }

    private let seconds: Duration
    private let byteLimit: Int
    private var entries: Deque<Entry> = []
    /// Where the key frames are, counted from the first packet ever; the first of them is the first entry.
    private var keys: Deque<Int> = []
    /// Packets that have gone.
    private var gone = 0
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

    /// What lies between the oldest packet and the newest.
    package var span: Duration {
        guard let first = entries.first, let last = entries.last else { return .zero }
        return max(.zero, last.time - first.time)
    }

    /// Whether a whole group of pictures is there.
    package var holdsWholeGroup: Bool { keys.count > 1 }

    /// - Returns: key frames that had to go, the oldest first.
    @discardableResult
    package mutating func append(_ packet: SharedPacket, time: FrameTime) -> [Entry] {
        // Nothing before the first key frame can be shown.
        guard packet.isKey || !entries.isEmpty else { return [] }
        if packet.isKey { keys.append(gone + entries.count) }
        entries.append(Entry(packet: packet, time: time))
        bytes += packet.byteCount
        var dropped: [Entry] = []
        while keys.count > 1 {
            let next = keys[1] - gone
            let isRecent = entries[next].time >= time - seconds
            guard !isRecent || bytes > byteLimit else { break }
            if isRecent { crowdedOut += next }
            dropped.append(entries[0])
            for entry in entries.prefix(next) { bytes -= entry.packet.byteCount }
            entries.removeFirst(next)
            gone += next
            keys.removeFirst()
        }
        return dropped
    }

    /// Forgets everything: after a break in the stream.
    package mutating func removeAll() {
        gone += entries.count
        entries.removeAll()
        keys.removeAll()
        bytes = 0
    }

    /// The packets from the last key frame at or before `time`, or from the oldest one there is.
    package func packets(from time: FrameTime) -> [Entry] {
        guard !entries.isEmpty else { return [] }
        let start = keys.last { entries[$0 - gone].time <= time }.map { $0 - gone } ?? 0
        return Array(entries[start...])
    }

    /// The last key frame at or before `time`.
    package func lastKey(before time: FrameTime) -> Entry? {
        keys.last { entries[$0 - gone].time <= time }.map { entries[$0 - gone] }
    }

    /// The first key frame at or after `time`.
    package func firstKey(after time: FrameTime) -> Entry? {
        keys.first { entries[$0 - gone].time >= time }.map { entries[$0 - gone] }
    }
}
