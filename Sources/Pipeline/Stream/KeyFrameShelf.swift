import DequeModule
package import FFmpegIO
package import FrameCore

/// Key frames of the minutes before the ring: the scene before an object came, when that is known only later.
///
/// Thins out as it fills (every second one goes), so that it reaches far back in little memory. Owned by one thread.
package struct KeyFrameShelf {
    private let reach: Duration
    private let byteLimit: Int
    private var entries: Deque<PacketRing.Entry> = []
    package private(set) var bytes = 0

    package init(reach: Duration, byteLimit: Int) {
        self.reach = reach
        self.byteLimit = byteLimit
    }

    package mutating func append(_ packet: SharedPacket, time: FrameTime) {
        entries.append(PacketRing.Entry(packet: packet, time: time))
        bytes += packet.byteCount
        while let first = entries.first, first.time < time - reach { dropFirst() }
        while bytes > byteLimit && entries.count > 2 { thin() }
    }

    package mutating func removeAll() {
        entries.removeAll()
        bytes = 0
    }

    /// The last one at or before `time`, or the oldest.
    package func last(before time: FrameTime) -> PacketRing.Entry? {
        entries.last { $0.time <= time } ?? entries.first
    }

    /// The first one at or after `time`, or the newest.
    package func first(after time: FrameTime) -> PacketRing.Entry? {
        entries.first { $0.time >= time } ?? entries.last
    }

    private mutating func dropFirst() {
        bytes -= entries.removeFirst().packet.byteCount
    }

    /// Takes every second entry out of the older half: the newest are asked for most.
    private mutating func thin() {
        let half = entries.count / 2
        var kept: Deque<PacketRing.Entry> = []
        for (index, entry) in entries.enumerated() {
            if index < half && index % 2 == 1 || (half < 2 && index == 0) {
                bytes -= entry.packet.byteCount
            } else {
                kept.append(entry)
            }
        }
        entries = kept
    }
}
