public import Casework
import Dispatch
public import Evidence
public import Foundation
public import Logging
public import ServiceLifecycle

/// Removes what is past its longest time, once a day: certificate, then the case's line and row, then the files.
///
/// What may go is `RetentionPolicy`'s word, whether the clock can be trusted `RetentionPrudence`'s; this is the hands. A held or
/// open case is refused three times: by the policy, by the store within its transaction, and by the certificate it would need.
public actor RetentionKeeper: Service, RetentionControl {
    /// The points of one deletion between which a crash must leave nothing half there; tests stop there.
    package enum Step: String, Sendable, CaseIterable { case certified, recorded, discarded }

    private static let page = 200
    private static let lookEvery = Duration.seconds(1800)

    private let store: any CaseStore
    private let evidence: EvidenceStore
    private let policy: RetentionPolicy
    private let timeZone: TimeZone
    private let program: String
    private let pictureKeepDays: Int
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let caseChanged: @Sendable (String) -> Void
    private let onStep: @Sendable (Step) throws -> Void
    private let queue = DispatchQueue(label: "xunjie.retention")

    public init(
        store: any CaseStore, evidence: EvidenceStore, policy: RetentionPolicy, timeZone: TimeZone, program: String,
        pictureKeepDays: Int = 90, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger,
        caseChanged: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.init(
            store: store, evidence: evidence, policy: policy, timeZone: timeZone, program: program, pictureKeepDays: pictureKeepDays,
            now: now, logger: logger, caseChanged: caseChanged, onStep: { _ in })
    }

    package init(
        store: any CaseStore, evidence: EvidenceStore, policy: RetentionPolicy, timeZone: TimeZone, program: String,
        pictureKeepDays: Int, now: @escaping @Sendable () -> Date, logger: Logger, caseChanged: @escaping @Sendable (String) -> Void,
        onStep: @escaping @Sendable (Step) throws -> Void
    ) {
        self.store = store
        self.evidence = evidence
        self.policy = policy
        self.timeZone = timeZone
        self.program = program
        self.pictureKeepDays = pictureKeepDays
        self.now = now
        self.logger = logger
        self.caseChanged = caseChanged
        self.onStep = onStep
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: Self.lookEvery)
            }
        }
    }

    // MARK: At start

    /// Finishes deletions that a crash cut short, and takes certificates back that no case's log knows of. To be called before
    /// files and rows are compared.
    public func recover() async throws {
        let deleted = try await store.deletions()
        var known: Set<String> = []
        for one in deleted {
            guard let packageID = PackageID(String(one.packagePath.split(separator: "/").last ?? "")) else { continue }
            known.insert(packageID.text)
            try await queue.blocking { [evidence] in
                if try evidence.certificateDocument(of: packageID) == nil {
                    try evidence.keep(certificate: Array(one.detail.certificate.utf8))
                }
                try evidence.discard(packageID)
            }
            removeBundles(of: one.id)
        }
        for certificate in evidence.certificates where !known.contains(certificate.packageID.text) {
            logger.notice("a deletion was not carried out; its certificate is taken back", metadata: ["case": "\(certificate.caseID)"])
            try await queue.blocking { [evidence] in try evidence.withdraw(certificateOf: certificate.packageID) }
        }
    }

    // MARK: Once a day

    /// Goes through all cases if that was not done today and the clock can be trusted.
    public func look() async {
        do {
            let now = now()
            let runs = try await store.retentionRuns(limit: 20)
            let last = runs.first { $0.kind != .waits }
            if let last, last.kind == .ran, LocalDay(last.at, in: timeZone) == LocalDay(now, in: timeZone) { return }
            switch RetentionPrudence.answer(runs: runs, now: now) {
            case .early: return
            case .goesOn: try await removeAll(by: confirmer(runs), at: now)
            case .waits(let since):
                // A store's very first run may go on if it would delete nothing.
                if since == nil, try await firstDue(at: now) == nil { return try await removeAll(by: CaseActor.machine.id, at: now) }
                guard runs.first?.kind != .waits else { return }
                logger.warning("retention waits for an administrator: the clock is far ahead of its last run")
                try await store.appendRetentionRun(.waits, by: CaseActor.machine.id, at: now, detail: "{}")
            }
        } catch {
            logger.error("retention could not be carried out", metadata: ["reason": "\(error)"])
        }
    }

    /// An administrator says that the clock is right; what is due goes now.
    public func confirm(by userID: String) async throws {
        try await store.appendRetentionRun(.confirmed, by: userID, at: now(), detail: "{}")
        await look()
    }

    /// Whose word the run rests on.
    private func confirmer(_ runs: [RetentionRun]) -> String {
        runs.first.flatMap { $0.kind == .confirmed ? $0.actor : nil } ?? CaseActor.machine.id
    }

    private func removeAll(by actor: String, at now: Date) async throws {
        var (seen, removed, failed) = (0, 0, 0)
        var cursor: SettledCursor?
        while !Task.isCancelled {
            let records = try await store.settledCases(after: cursor, limit: Self.page)
            guard let last = records.last, let settled = last.standing.settledAt else { break }
            cursor = SettledCursor(settledAt: settled, id: last.id)
            for record in records {
                seen += 1
                guard case .mustDelete(let row, _) = policy.verdict(record, at: now) else { continue }
                do {
                    if try await remove(record, row, by: actor, at: now) { removed += 1 }
                } catch let stop as CancellationError {
                    throw stop
                } catch let error as EvidenceError {
                    failed += 1
                    logger.error("a package past its time could not be removed", metadata: ["case": "\(record.id)", "reason": "\(error)"])
                }
            }
        }
        removeOldPictures(at: now)
        try await store.appendRetentionRun(
            .ran, by: actor, at: now, detail: "{\"deleted\":\(removed),\"failed\":\(failed),\"seen\":\(seen)}")
        if removed > 0 { logger.notice("packages past their time were removed", metadata: ["count": "\(removed)"]) }
    }

    private func remove(_ record: CaseRecord, _ row: RetentionRules.Row, by actor: String, at now: Date) async throws -> Bool {
        guard let settled = record.standing.settledAt, let most = row.maxDays else { return false }
        let ground = DeletionCertificate.Ground(
            rule: row.id, article: "\(row.article.zh) / \(row.article.en)",
            state: record.state.rawValue + (record.standing.outcome.map { " (\($0.rawValue))" } ?? ""),
            settledAt: WallTime(settled, in: timeZone), minimumDays: row.minDays, maximumDays: most,
            deletedAt: WallTime(now, in: timeZone), deletedBy: actor)
        let (certificate, document) = try await queue.blocking { [evidence, program] in
            let made = try evidence.certify(package: record.packagePath, ground: ground, program: program)
            try evidence.keep(certificate: made.document)
            return made
        }
        try onStep(.certified)
        let detail = DeletionDetail(
            rule: row.id, files: certificate.files.count, bytes: certificate.files.reduce(0) { $0 + $1.bytes },
            manifestSHA256: certificate.manifestSHA256.hex, certificate: String(decoding: document, as: UTF8.self),
            certificateSHA256: ContentHash(of: document).hex)
        guard try await store.recordDeletion(of: record, detail: detail, by: actor, at: now) else {
            try await queue.blocking { [evidence] in try evidence.withdraw(certificateOf: certificate.packageID) }
            return false
        }
        caseChanged(record.id)
        try onStep(.recorded)
        try await queue.blocking { [evidence] in try evidence.discard(certificate.packageID) }
        removeBundles(of: record.id)
        try onStep(.discarded)
        return true
    }

    private func removeBundles(of caseID: String) {
        for path in HandoverReceiver.bundles(of: caseID, storeFolder: evidence.root) { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Pictures that other patrols sent; their lines stay.
    private func removeOldPictures(at now: Date) {
        let folder = ExternalPictures.folder(of: evidence.root)
        let oldest = now.addingTimeInterval(-Double(pictureKeepDays) * 86_400)
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            let path = folder + "/" + name
            guard let made = (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date, made < oldest else {
                continue
            }
            try? FileManager.default.removeItem(atPath: path)
        }
    }

    // MARK: Telling

    public func plan(limit: Int) async throws -> RetentionPlan {
        let now = now()
        var plan = RetentionPlan(at: now)
        var cursor: SettledCursor?
        while plan.seen < limit {
            let records = try await store.settledCases(after: cursor, limit: min(Self.page, limit - plan.seen))
            guard let last = records.last, let settled = last.standing.settledAt else {
                plan.isComplete = true
                break
            }
            cursor = SettledCursor(settledAt: settled, id: last.id)
            for record in records { plan.add(record, policy.verdict(record, at: now)) }
        }
        plan.held = try await store.heldCases(limit: 100)
        plan.runs = try await store.retentionRuns(limit: 10)
        plan.answer = RetentionPrudence.answer(runs: plan.runs, now: now)
        plan.rows = policy.rules.rows
        return plan
    }

    public func certificate(caseID: String) async throws -> [UInt8]? {
        guard let record = try await store.caseRecord(id: caseID), record.deletedAt != nil,
            let packageID = PackageID(String(record.packagePath.split(separator: "/").last ?? ""))
        else { return nil }
        return try await queue.blocking { [evidence] in try evidence.certificateDocument(of: packageID) }
    }

    private func firstDue(at now: Date) async throws -> CaseRecord? {
        var cursor: SettledCursor?
        while true {
            let records = try await store.settledCases(after: cursor, limit: Self.page)
            guard let last = records.last, let settled = last.standing.settledAt else { return nil }
            cursor = SettledCursor(settledAt: settled, id: last.id)
            for record in records {
                if case .mustDelete = policy.verdict(record, at: now) { return record }
            }
        }
    }
}
