public import Casework
public import Evidence
public import Foundation
public import Logging

/// Asks the ledgers about each new case: a hit that a permit covers is marked exempt by the machine and kept for audit; whose
/// frontage it is goes into the log as a suggestion.
///
/// The case is there before it is asked about, and stays a candidate whenever the ledgers cannot answer: nothing is exempted by
/// mistake, and an officer sees the same answer on the case page.
public struct LedgerScreen: Sendable {
    /// Kind of the log's line that holds what the ledgers said.
    public static let eventKind = "ledgers-asked"
    /// Code of `Config/reasons.yaml`.
    static let reason = "permit"

    private struct Detail: Encodable {
        var shop: String?
        var permit: String?
        /// Number of the permit, for whoever reads the log without the ledger.
        var permitNumber: String?
    }

    private let store: any CaseStore
    private let policy: ExemptionPolicy
    private let now: @Sendable () -> Date
    private let logger: Logger

    public init(store: any CaseStore, policy: ExemptionPolicy, now: @escaping @Sendable () -> Date = { Date() }, logger: Logger) {
        self.store = store
        self.policy = policy
        self.now = now
        self.logger = logger
    }

    /// For a case that was just added. What goes wrong is logged and leaves the case as it is.
    public func screen(_ manifest: EvidenceManifest) async {
        do {
            try await ask(manifest)
        } catch {
            logger.error(
                "the ledgers were not asked about a case; it waits for an officer",
                metadata: ["case": "\(manifest.caseID)", "channel": "\(manifest.channel.id)", "reason": "\(error)"])
        }
    }

    private func ask(_ manifest: EvidenceManifest) async throws {
        guard let record = try await store.caseRecord(id: manifest.caseID), record.state == .candidate else { return }
        let ledgers = try await CaseLedgers.read(store)
        if !ledgers.unreadable.isEmpty {
            logger.error(
                "ledger entries cannot be read; correct them", metadata: ["entries": "\(ledgers.unreadable.joined(separator: ", "))"])
        }
        let place = IncidentPlace(
            channelID: manifest.channel.id, box: record.incident.box, pictureWidth: manifest.channel.width,
            pictureHeight: manifest.channel.height)
        let answer = ledgers.answer(on: record.incident, at: place, policy)
        guard answer.shopID != nil || answer.permitID != nil else { return }
        let at = now()
        let permit = answer.permitID.flatMap { ledgers.permits[$0] }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let detail = try encoder.encode(Detail(shop: answer.shopID, permit: answer.permitID, permitNumber: permit?.number))
        try await store.appendEvent(
            caseID: record.id, at: at, actor: CaseActor.machine.id, kind: Self.eventKind, detail: String(decoding: detail, as: UTF8.self))
        guard let permitID = answer.permitID, let permit else { return }
        let action = CaseAction(
            .exempt, reason: Self.reason, note: "\(permit.kind.name.zh) \(permit.number)", shopID: answer.shopID, permitID: permitID)
        _ = try await store.act(caseID: record.id, action, by: CaseActor.machine.id, at: at)
        logger.notice(
            "a hit is covered by a permit",
            metadata: ["case": "\(record.id)", "channel": "\(manifest.channel.id)", "permit": "\(permit.number)"])
    }
}
