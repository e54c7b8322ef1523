package import FFmpegIO
package import FrameCore

/// What was shown around the start of incidents that are not confirmed yet, still compressed.
///
/// A dwell may last half an hour and most candidates go away, so this is bounded for each channel: of what is too much only
/// key frames are kept, and then nothing. Owned by the channel's thread.
package struct StartClips {
    package struct Clip: Sendable {
        package var stream: VideoStream
        /// What it should show.
        package var wanted: ClosedRange<FrameTime>
        package var entries: [PacketRing.Entry]
        /// Key frames alone, for want of memory.
        package var isThinned = false
        /// Whether more may come.
        package var isOpen = true

        package init(stream: VideoStream, wanted: ClosedRange<FrameTime>, entries: [PacketRing.Entry]) {
            self.stream = stream
            self.wanted = wanted
            self.entries = entries
        }

        var bytes: Int { entries.reduce(0) { $0 + $1.packet.byteCount } }
    }

    private let limitBytes: Int
    private var clips: [Int: Clip] = [:]
    /// Of all; a packet that two clips share counts twice.
    package private(set) var bytes = 0

    package init(limitBytes: Int) {
        self.limitBytes = limitBytes
    }

    package mutating func begin(_ id: Int, _ clip: Clip) {
        clips[id] = clip
        bytes += clip.bytes
        fit()
    }

    package mutating func append(_ entry: PacketRing.Entry) {
        guard !clips.isEmpty else { return }
        for id in Array(clips.keys) {
            guard clips[id]?.isOpen == true else { continue }
            if let until = clips[id]?.wanted.upperBound, entry.time > until {
                clips[id]?.isOpen = false
            } else if clips[id]?.isThinned == false || entry.packet.isKey {
                clips[id]?.entries.append(entry)
                bytes += entry.packet.byteCount
            }
        }
        if bytes > limitBytes { fit() }
    }

    /// The stream broke off: no clip may reach over the gap.
    package mutating func closeAll() {
        for id in Array(clips.keys) { clips[id]?.isOpen = false }
    }

    /// Takes the clip out; nil where none was begun. Without entries it was too much to keep.
    package mutating func remove(_ id: Int) -> Clip? {
        guard let clip = clips.removeValue(forKey: id) else { return nil }
        bytes -= clip.bytes
        return clip
    }

    package mutating func discard(_ id: Int) { _ = remove(id) }

    private mutating func fit() {
        while bytes > limitBytes, let (id, clip) = clips.max(by: { $0.value.bytes < $1.value.bytes }), clip.bytes > 0 {
            var smaller = clip
            smaller.entries = clip.isThinned ? [] : clip.entries.filter(\.packet.isKey)
            if clip.isThinned { smaller.isOpen = false }
            smaller.isThinned = true
            bytes += smaller.bytes - clip.bytes
            clips[id] = smaller
        }
    }
}
