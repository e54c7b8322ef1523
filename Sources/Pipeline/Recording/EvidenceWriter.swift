public import Casework
import Dispatch
public import Evidence
import FFmpegIO
import Foundation
import FrameCore
public import Logging
import SceneAnalysis
import Synchronization
import Violations

/// Turns drafts into sealed packages and then into cases, one after the other: file, fsync, then row.
///
/// Its own thread encodes, hashes and waits for the disk, so that no channel does. A draft that cannot be stored (disk
/// full) is kept and tried again. The queue is bounded: a channel that finds it full waits two seconds, then its draft is
/// dropped and counted, with an alarm. Sealed packages whose row failed are found again by `StoreReconciler`.
public final class EvidenceWriter: Sendable {
    /// Adds the row of a package that is on the disk.
    public typealias Intake = @Sendable (SealedPackage, IncidentRecord) async throws -> Void

    private static let capacity = 32
    private static let patience = DispatchTimeInterval.seconds(2)
    private static let retryDelay = DispatchTimeInterval.seconds(20)

    private let store: EvidenceStore
    private let program: String
    private let intake: Intake
    private let logger: Logger
    private let queue = DispatchQueue(label: "xunjie.evidence")
    private let slots = DispatchSemaphore(value: capacity)
    private let problemText = Mutex<String?>(nil)
    private let droppedCount = Atomic<Int>(0)
    private let waitingCount = Atomic<Int>(0)

    /// - Parameter program: name and version for the manifests.
    public init(store: EvidenceStore, program: String, logger: Logger, intake: @escaping Intake) {
        self.store = store
        self.program = program
        self.logger = logger
        self.intake = intake
    }

    /// Why evidence cannot be stored at present; nil while all is well.
    public var problem: String? { problemText.withLock { $0 } }

    /// Drafts that found the queue full.
    public var dropped: Int { droppedCount.load(ordering: .relaxed) }

    /// How it is going at this moment.
    public var reading: EvidenceReading {
        EvidenceReading(waiting: waitingCount.load(ordering: .relaxed), dropped: dropped, problem: problem)
    }

    /// Hands a draft over; waits while the queue is full, two seconds at most. Never call it from async code.
    func submit(_ draft: EvidenceDraft) {
        guard slots.wait(timeout: .now() + Self.patience) == .success else {
            droppedCount.add(1, ordering: .relaxed)
            logger.critical(
                "evidence dropped: the queue is full because earlier evidence cannot be stored",
                metadata: [
                    "channel": "\(draft.channel.id)", "reason": "\(problem ?? "the disk is too slow")",
                ])
            return
        }
        waitingCount.add(1, ordering: .relaxed)
        queue.async { self.write(draft) }
    }

    /// Returns when everything that was handed over so far is sealed or waits for another try.
    func drain() {
        queue.sync {}
    }

    private func write(_ draft: EvidenceDraft) {
        do {
            let sealed = try seal(draft)
            problemText.withLock { $0 = nil }
            slots.signal()
            waitingCount.subtract(1, ordering: .relaxed)
            record(sealed, draft)
        } catch {
            problemText.withLock { $0 = "\(error)" }
            logger.error(
                "evidence not stored, will try again",
                metadata: [
                    "channel": "\(draft.channel.id)", "case": "\(draft.caseID)", "reason": "\(error)",
                ])
            queue.asyncAfter(deadline: .now() + Self.retryDelay) { self.write(draft) }
        }
    }

    private func record(_ sealed: SealedPackage, _ draft: EvidenceDraft) {
        let incident = IncidentRecord(manifest: sealed.manifest, score: draft.incident.score)
        let done = DispatchSemaphore(value: 0)
        let intake = intake
        let logger = logger
        Task {
            do {
                try await intake(sealed, incident)
            } catch {
                logger.error(
                    "case row not written; the sealed package is found again at the next start",
                    metadata: [
                        "case": "\(sealed.packageID)", "reason": "\(error)",
                    ])
            }
            done.signal()
        }
        done.wait()
    }

    /// Seals at once, beside the queue. Blocks on the disk.
    func seal(_ draft: EvidenceDraft) throws -> SealedPackage {
        let staged = try store.begin(draft.caseID)
        do {
            if let before = draft.before {
                try staged.add(EvidenceManifest.Role.sceneBefore.fileName, role: .sceneBefore, bytes: before.jpeg)
            }
            if let atStart = draft.atStart {
                try staged.add(EvidenceManifest.Role.atStart.fileName, role: .atStart, bytes: atStart.jpeg)
            }
            let picture = draft.afterDwell
            let box = draft.sourceBox
            let margin = max(16, max(box.width, box.height) / 4)
            try staged.add(
                EvidenceManifest.Role.afterDwell.fileName, role: .afterDwell, bytes: JPEGEncoder.encode(picture))
            try staged.add(
                EvidenceManifest.Role.closeUp.fileName, role: .closeUp,
                bytes: JPEGEncoder.encode(picture, crop: box.inset(by: -margin, within: picture.size)))
            let drawn = AnnotatedStill.draw(Annotation(zone: draft.zone.polygon, box: box), on: picture)
            try staged.add(
                EvidenceManifest.Role.annotated.fileName, role: .annotated, bytes: JPEGEncoder.encode(drawn),
                derivedFrom: EvidenceManifest.Role.afterDwell.fileName)
            let clipTimes = try writeClip(draft, to: staged)
            return try store.seal(staged, manifest: draft.manifest(program: program, clip: clipTimes))
        } catch {
            // Sealing abandons by itself; here it may have failed before.
            try? staged.abandon()
            throw error
        }
    }

    private func writeClip(_ draft: EvidenceDraft, to staged: StagedPackage) throws -> ClosedRange<FrameTime>? {
        guard let first = draft.clip.first, let last = draft.clip.last else { return nil }
        let name = EvidenceManifest.Role.clip.fileName
        var writer = try ClipWriter(path: staged.path(for: name), stream: draft.stream)
        for entry in draft.clip { try writer.append(entry.packet) }
        _ = try writer.finish()
        try staged.adopt(name, role: .clip)
        return first.time...max(first.time, last.time)
    }
}

extension EvidenceDraft {
    /// The object in pixels of the full picture.
    var sourceBox: PixelRect { incident.box.scaled(from: incident.frameSize, to: afterDwell.size) }

    func manifest(program: String, clip: ClosedRange<FrameTime>?) -> EvidenceManifest {
        let confirmed = incident.confirmedAt ?? afterDwell.time
        var moments: [(String, FrameTime)] = [("still", incident.firstStill), ("confirmed", confirmed)]
        if let before { moments.append(("scene-before", before.time)) }
        if let atStart { moments.append(("at-start", atStart.time)) }
        moments.append(("after-dwell", afterDwell.time))
        if let clip { moments += [("clip-start", clip.lowerBound), ("clip-end", clip.upperBound)] }
        return EvidenceManifest(
            packageID: caseID, caseID: caseID.text, incidentID: incidentID, program: program, channel: channel,
            violation: incident.kind.rawValue,
            zone: EvidenceManifest.Zone(
                id: zone.id, kind: zone.kind.rawValue, polygon: zone.polygon, zonesVersion: zonesVersion),
            rule: EvidenceManifest.Rule(
                version: ruleVersion, profile: incident.kind.rawValue, dwellSeconds: incident.dwell.inSeconds,
                measurements: measurements ?? incident.measurements),
            box: sourceBox, clock: clock, clocks: clocks, archive: archive,
            times: moments.sorted { $0.1 < $1.1 }.map { EvidenceManifest.Moment(name: $0.0, pts: $0.1, clock: clock) })
    }
}
