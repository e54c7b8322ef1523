import Evidence
import FFmpegIO
import FrameCore
import Logging
import Synchronization

/// Confirmed incidents whose clips are not complete yet.
///
/// The channel's thread adds packets; a clip whose time is over, or whose stream fell silent, goes to the `EvidenceWriter`.
/// Shared, because a silent stream is noticed in the middle of a read.
final class PendingClips: Sendable {
    private struct Pending {
        var draft: EvidenceDraft
        /// Where the clip should begin, and the picture it is about.
        var from: FrameTime
        var confirmed: FrameTime
        var until: FrameTime
    }

    private let writer: EvidenceWriter
    private let main: EvidenceStream?
    private let decoders: KeyFrameDecoders
    private let logger: Logger
    private let pending = Mutex<[Pending]>([])

    /// - Parameter main: where evidence comes from if it can; nil where the analysed stream is the only one.
    init(writer: EvidenceWriter, main: EvidenceStream?, decoders: KeyFrameDecoders, logger: Logger) {
        self.writer = writer
        self.main = main
        self.decoders = decoders
        self.logger = logger
    }

    var isEmpty: Bool { pending.withLock { $0.isEmpty } }

    /// - Parameter draft: with the analysed stream's packets so far, which stay the evidence if the main stream has none.
    func add(_ draft: EvidenceDraft, from: FrameTime, confirmed: FrameTime, until: FrameTime) {
        pending.withLock { $0.append(Pending(draft: draft, from: from, confirmed: confirmed, until: until)) }
    }

    /// Adds a packet to every clip, and hands over those that are complete with it.
    func append(_ entry: PacketRing.Entry) {
        let complete = pending.withLock { pending -> [Pending] in
            guard !pending.isEmpty else { return [] }
            for index in pending.indices { pending[index].draft.clip.append(entry) }
            let complete = pending.filter { entry.time >= $0.until }
            pending.removeAll { entry.time >= $0.until }
            return complete
        }
        for one in complete { handOver(one) }
    }

    /// Nothing more comes: each clip ends with what there is.
    func closeAll() {
        let all = pending.withLock { pending -> [Pending] in
            defer { pending = [] }
            return pending
        }
        for one in all { handOver(one) }
    }

    private func handOver(_ pending: Pending) {
        var draft = pending.draft
        if let main {
            do {
                let came = try takeFromMain(main, pending, &draft)
                if !came { useSub(&draft, main.problem ?? "the main stream had not come yet") }
            } catch {
                useSub(&draft, error.reason)
            }
        }
        writer.submit(draft)
    }

    private func useSub(_ draft: inout EvidenceDraft, _ reason: String) {
        draft.channel.stream = "sub"
        draft.channel.streamRemark = "all evidence is of the sub-stream: \(reason)"
        logger.warning("evidence comes from the sub-stream", metadata: ["channel": "\(draft.channel.id)", "reason": "\(reason)"])
    }

    /// False if the main stream has no picture of it.
    private func takeFromMain(_ main: EvidenceStream, _ pending: Pending, _ draft: inout EvidenceDraft) throws(AVError) -> Bool {
        guard let excerpt = main.excerpt(from: pending.from, confirmed: pending.confirmed) else { return false }
        var still: Frame?
        _ = try decoders.decode(excerpt.still.packet, of: excerpt.stream) { picture, _ throws(AVError) in
            if !picture.isCorrupt { still = try picture.picture(time: excerpt.still.time) }
        }
        guard let still else { return false }
        // What was on the street at the confirmation says little of a picture from seconds later.
        if !SceneLog.isSameMoment(excerpt.still.time, pending.confirmed) { draft.scene = nil }
        draft.afterDwell = still
        draft.stream = excerpt.stream
        draft.clip = excerpt.packets
        draft.channel.codec = excerpt.stream.codecName
        draft.channel.width = still.size.width
        draft.channel.height = still.size.height
        draft.channel.stream = "main"
        draft.channel.streamRemark = "scene-before, at-start and a clip of the start are of the sub-stream, which alone was open then"
        return true
    }
}
