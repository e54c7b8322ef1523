import Casework
import Evidence
import Foundation

/// What lists and pages need beside the records: names of channels and violations, and the log of who looked.
struct CaseListing: Sendable {
    let store: any CaseStore
    let catalogue: ViolationCatalogue
    let looks: LookMemory
    let now: @Sendable () -> Date

    /// Those in service, by id.
    func channels() async throws -> [String: ChannelRecord] {
        try await store.channels().reduce(into: [:]) { $0[$1.id] = $1 }
    }

    /// Display names by user id.
    func userNames() async throws -> [String: String] {
        try await store.users().reduce(into: [:]) { $0[$1.id] = $1.displayName }
    }

    func row(
        _ record: CaseRecord, channels: [String: ChannelRecord], userNames: [String: String], filter: QueueFilter
    ) -> CaseRow {
        let channel = channels[record.incident.channelID]
        return CaseRow(
            record: record, entry: catalogue.entry(record.incident.violation),
            channelName: channel?.name ?? record.incident.channelID, place: channel?.place ?? "",
            deciderName: record.decision.map { userNames[$0.userID] ?? $0.userID }, filter: filter)
    }

    // MARK: The log of looks

    /// The law wants every look logged: who, when, what, from where.
    func log(_ action: String, _ subject: String, _ context: ConsoleContext) async throws {
        try await store.appendAccess(
            AccessRecord(
                at: now(), userID: context.requireVisit().user.id, action: action, subject: subject,
                address: context.address))
    }

    /// A case with the stills that its page shows: one line for all of them.
    func logCase(_ record: CaseRecord, _ context: ConsoleContext) async throws {
        try await log("case-viewed", record.id, context)
        let stills = EvidenceManifest.Role.allCases.filter { !$0.isClip }.map { Self.subject(record, $0.fileName) }
        try looks.add(stills, by: context.requireVisit(), at: now())
    }

    /// The one still of each case that the queue shows: a line for each, all in one transaction.
    func logQueue(_ records: [CaseRecord], _ context: ConsoleContext) async throws {
        let visit = try context.requireVisit()
        let name = EvidenceManifest.Role.afterDwell.fileName
        let fresh = records.filter { !looks.holds(Self.subject($0, name), by: visit, at: now()) }
        guard !fresh.isEmpty else { return }
        try await store.appendAccess(
            fresh.map {
                AccessRecord(
                    at: now(), userID: visit.user.id, action: "queue-viewed", subject: $0.id, reason: AccessRules.list,
                    address: context.address)
            })
        looks.add(fresh.map { Self.subject($0, name) }, by: visit, at: now())
    }

    /// Pictures of stored footage that belong to no case.
    func logPast(_ subject: String, _ context: ConsoleContext) async throws {
        let visit = try context.requireVisit()
        guard !looks.holds("past/\(subject)", by: visit, at: now()) else { return }
        try await log("past-viewed", subject, context)
        looks.add(["past/\(subject)"], by: visit, at: now())
    }

    func logFile(_ name: String, of record: CaseRecord, _ context: ConsoleContext) async throws {
        let visit = try context.requireVisit()
        let subject = Self.subject(record, name)
        guard !looks.holds(subject, by: visit, at: now()) else { return }
        try await log("file-viewed", subject, context)
        looks.add([subject], by: visit, at: now())
    }

    private static func subject(_ record: CaseRecord, _ name: String) -> String { "\(record.id)/\(name)" }
}
