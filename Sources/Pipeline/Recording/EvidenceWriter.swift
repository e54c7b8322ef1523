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
    private let disk: DiskWatch?
    private let program: String
    private let surroundings: EvidenceSurroundings
    private let intake: Intake
    private let logger: Logger
    private let queue = DispatchQueue(label: "xunjie.evidence")
    private let slots = DispatchSemaphore(value: capacity)
    private let problemText = Mutex<String?>(nil)
    private let droppedCount = Atomic<Int>(0)
    private let waitingCount = Atomic<Int>(0)

    /// - Parameters:
    ///   - program: name and version for the manifests.
    ///   - disk: stops new evidence while the disk is almost full; nil takes what the disk takes.
    ///   - surroundings: what only the rest of the station knows.
    public init(
        store: EvidenceStore, program: String, disk: DiskWatch? = nil, surroundings: EvidenceSurroundings = EvidenceSurroundings(),
        logger: Logger,
        intake: @escaping Intake
    ) {
        self.store = store
        self.disk = disk
        self.program = program
        self.surroundings = surroundings
        self.logger = logger
        self.intake = intake
    }

    /// Why evidence cannot be stored at present; nil while all is well.
    public var problem: String? { problemText.withLock { $0 } }

    /// Drafts that found the queue full.
    public var dropped: Int { droppedCount.load(ordering: .relaxed) }

    /// How it is going at this moment.
    public var reading: EvidenceReading {
        EvidenceReading(
            waiting: waitingCount.load(ordering: .relaxed), dropped: dropped, problem: problem, disk: disk?.state,
            diskFreePercent: disk?.freePercent)
    }

    /// - Throws: `EvidenceError.diskFull` while no new evidence is taken.
    package func admit() throws {
        if disk?.state == .stopped { throw EvidenceError.diskFull(path: store.root) }
    }

    /// Hands a draft over; waits while the queue is full, two seconds at most. Never call it from async code.
    func submit(_ draft: EvidenceDraft) {
        guard disk?.state != .stopped else {
            droppedCount.add(1, ordering: .relaxed)
            logger.critical("evidence not taken: the disk is almost full; make room", metadata: ["channel": "\(draft.channel.id)"])
            return
        }
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
            announce(sealed)
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

    /// Tells the rest of the station of a package whose case was added.
    func announce(_ sealed: SealedPackage) { surroundings.sealed(sealed) }

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
            let clip = try write(draft.clip, of: draft.stream, as: .clip, to: staged)
            var gaps = [EvidenceManifest.ClipGaps(file: clip?.file, entries: draft.clip, wanted: draft.clipWanted)]
            if let start = draft.startClip, draft.lacksStart {
                let written = try write(start.entries, of: start.stream, as: .clipAtStart, to: staged)
                gaps.append(
                    EvidenceManifest.ClipGaps(
                        file: written?.file, entries: start.entries, wanted: start.wanted, isThinned: start.isThinned))
            }
            var manifest = draft.manifest(program: program, clip: clip?.times, surroundings)
            manifest.gaps = gaps
            return try store.seal(staged, manifest: manifest)
        } catch {
            // Sealing abandons by itself; here it may have failed before.
            try? staged.abandon()
            throw error
        }
    }

    private func write(
        _ entries: [PacketRing.Entry], of stream: VideoStream, as role: EvidenceManifest.Role, to staged: StagedPackage
    ) throws -> (file: String, times: ClosedRange<FrameTime>)? {
        guard let first = entries.first, let last = entries.last else { return nil }
        let name = role.fileName
        var writer = try ClipWriter(path: staged.path(for: name), stream: stream)
        for entry in entries { try writer.append(entry.packet) }
        _ = try writer.finish()
        try staged.adopt(name, role: role)
        return (name, first.time...max(first.time, last.time))
    }
}
