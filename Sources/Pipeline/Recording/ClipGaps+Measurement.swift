package import Evidence
import FFmpegIO
package import FrameCore

extension EvidenceManifest.ClipGaps {
    /// A pause of this many usual steps is none of the camera's own.
    private static let pauseSteps = 2.5
    /// Shorter pauses are jitter, whatever the frame rate, milliseconds.
    private static let leastPause = 100.0
    /// A clip that begins or ends within this of what it should is whole, milliseconds: key frames are apart.
    private static let slack = 500.0
    /// Stamps that differ by this from what the clock made of them have jumped, milliseconds.
    private static let leastJump = 500.0

    /// What a clip of these packets lacks of the time it should show.
    ///
    /// - Parameters:
    ///   - file: nil where no clip could be kept.
    ///   - isThinned: only key frames are left.
    package init(file: String?, entries: [PacketRing.Entry], wanted: ClosedRange<FrameTime>, isThinned: Bool = false) {
        let times = entries.map(\.time).sorted()
        let steps = zip(times, times.dropFirst()).map { ($1 - $0).inSeconds * 1000 }
        let usual = steps.isEmpty ? 0 : steps.sorted()[steps.count / 2]
        var gaps: [EvidenceManifest.Gap] = []
        func add(_ from: FrameTime, _ milliseconds: Double, _ reason: EvidenceManifest.Gap.Reason) {
            gaps.append(
                EvidenceManifest.Gap(
                    fromMicroseconds: from.microseconds, milliseconds: (milliseconds * 10).rounded() / 10, reason: reason))
        }
        if let first = times.first, let last = times.last, file != nil {
            let late = (first - wanted.lowerBound).inSeconds * 1000
            if late > Self.slack { add(wanted.lowerBound, late, .startNotHeld) }
            if isThinned {
                add(first, (last - first).inSeconds * 1000, .keyFramesOnly)
            } else {
                for (index, step) in steps.enumerated() where step > max(Self.leastPause, usual * Self.pauseSteps) {
                    add(times[index], step - usual, .missingPackets)
                }
                for (before, entry) in zip(entries, entries.dropFirst()) {
                    guard let from = before.packet.dts ?? before.packet.pts, let to = entry.packet.dts ?? entry.packet.pts else {
                        continue
                    }
                    let jump = ((to - from) - (entry.time - before.time)).inSeconds * 1000
                    if abs(jump) > Self.leastJump { add(before.time, abs(jump), .stampsJumped) }
                }
            }
            for entry in entries where entry.packet.isCorrupt { add(entry.time, usual, .damagedPacket) }
            let early = (wanted.upperBound - last).inSeconds * 1000 - usual
            if early > Self.slack { add(last, early, .streamEnded) }
        } else {
            add(wanted.lowerBound, (wanted.upperBound - wanted.lowerBound).inSeconds * 1000, .notKept)
        }
        self.init(
            file: times.isEmpty ? nil : file, wantedFromMicroseconds: wanted.lowerBound.microseconds,
            wantedToMicroseconds: wanted.upperBound.microseconds, fromMicroseconds: times.first?.microseconds,
            toMicroseconds: times.last?.microseconds, packets: times.count,
            usualStepMilliseconds: (usual * 10).rounded() / 10, gaps: gaps.sorted { $0.fromMicroseconds < $1.fromMicroseconds })
    }
}
