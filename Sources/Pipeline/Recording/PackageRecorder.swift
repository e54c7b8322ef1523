public import Casework
import Dispatch
public import Evidence
public import Foundation
public import Logging

/// Adds to each package what people said of its case: reviews with their ticks, messages and their answers, words of the party;
/// and, once an officer has seen the violation, masked copies of the stills.
///
/// So a package tells the whole of its case by itself. What it adds is named in the case's log (`added`), which alone can tell
/// that the newest were removed. The lines are the log's own: adding them again after a crash answers what stands.
public struct PackageRecorder: LogReceiver {
    /// The kind of log line that names an addendum.
    public static let addedLine = "added"

    /// The detail of such a line.
    struct Added: Codable {
        var addendum: String
        /// Lower-case hex, of `addendum.json`.
        var sha256: String
    }

    public let name = ExchangeSettings.packages
    public let startsAtEnd = false
    private let store: any CaseStore
    private let evidence: EvidenceStore
    private let timeZone: TimeZone
    private let logger: Logger
    private let queue = DispatchQueue(label: "xunjie.package-records", qos: .utility)

    public init(store: any CaseStore, evidence: EvidenceStore, timeZone: TimeZone, logger: Logger) {
        self.store = store
        self.evidence = evidence
        self.timeZone = timeZone
        self.logger = logger
    }

    public func wants(_ event: CaseEvent) -> Bool { Self.kind(of: event) != nil }

    public func take(_ event: CaseEvent) async throws {
        guard let kind = Self.kind(of: event), let record = try await store.caseRecord(id: event.caseID), record.deletedAt == nil else {
            return
        }
        do {
            try await add(draft(kind, event), to: record, at: event.at)
            if CaseLog.action(of: event)?.kind == .confirm { try await addMasked(to: record, event) }
        } catch let error as EvidenceError {
            switch error {
            // Nothing is added to a package that was changed, and it holds up no other case.
            case .damaged, .invalid, .file(_, _, ENOENT):
                logger.critical(
                    "a package cannot take what was said of its case",
                    metadata: ["case": "\(event.caseID)", "line": "\(event.sequence)", "reason": "\(error)"])
            default: throw error
            }
        }
    }

    /// Adds whatever the case's log holds up to a line and its package does not: for a bundle that is made next.
    func catchUp(_ caseID: String, upTo sequence: Int64) async throws {
        for event in try await store.events(caseID: caseID) where event.sequence <= sequence && wants(event) {
            try await take(event)
        }
    }

    /// nil for lines that are no part of a package: the machine's own, which have packages or addenda of their own.
    static func kind(of event: CaseEvent) -> Addendum.Kind? {
        if NoticeReport.Kind.allCases.contains(where: { $0.eventKind == event.kind }) { return .notice }
        switch CaseLog.action(of: event)?.kind {
        case .screen, .confirm, .falseAlarm, .exempt, .transfer, .undo, .reopen, .corrected, .notCorrected, .cannotSee, .agree, .disagree,
            .handOver, .drop, .withdraw, .uphold, .revoke:
            return .review
        case .remind, .order: return .notice
        case .object, .recuse, .hold, .release: return .note
        case .look, nil: return nil
        }
    }

    private func draft(_ kind: Addendum.Kind, _ event: CaseEvent) async throws -> AddendumDraft {
        var members: [String: JSONValue] = [
            "line": .integer(event.sequence), "kind": .string(event.kind), "hash": .string(event.hash),
            "detail": (try? JSONDecoder().decode(JSONValue.self, from: Data(event.detail.utf8))) ?? .string(event.detail),
        ]
        if let user = try await store.user(id: event.actor) {
            members["name"] = .string(user.displayName)
            members["role"] = .string(user.role.rawValue)
            if let certificate = user.certificate { members["certificate"] = .string(certificate.number) }
        }
        return AddendumDraft(
            kind: kind, createdAt: wall(event.at), author: event.actor, token: "line-\(event.sequence)", record: .object(members))
    }

    private func addMasked(to record: CaseRecord, _ event: CaseEvent) async throws {
        let path = evidence.evidencePath + "/" + record.packagePath
        let files: [MaskedDerivative.File]
        do {
            files = try await queue.blocking { try MaskedDerivative.make(package: path) }
        } catch let error as JPEGError {
            logger.error("a still cannot be masked", metadata: ["case": "\(record.id)", "reason": "\(error)"])
            return
        }
        let draft = AddendumDraft(masked: files, createdAt: wall(event.at), author: CaseActor.machine.id, token: "masked")
        try await add(draft, to: record, at: event.at)
    }

    private func add(_ draft: AddendumDraft, to record: CaseRecord, at date: Date) async throws {
        let evidence = evidence
        let added = try await queue.blocking { try evidence.append(draft, to: record.packagePath) }
        let detail = try CaseLine.text(of: Added(addendum: added.folder, sha256: added.sha256.hex))
        let isLogged = try await store.events(caseID: record.id).contains { $0.kind == Self.addedLine && $0.detail == detail }
        guard !isLogged else { return }
        try await store.appendEvent(
            caseID: record.id, at: date, actor: CaseActor.machine.id, kind: Self.addedLine, detail: detail)
    }

    private func wall(_ date: Date) -> WallTime {
        WallTime(
            millisecondsSince1970: Int64((date.timeIntervalSince1970 * 1_000).rounded()),
            utcOffsetMinutes: timeZone.secondsFromGMT(for: date) / 60)
    }
}
