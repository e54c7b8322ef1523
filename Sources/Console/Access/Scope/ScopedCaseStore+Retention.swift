import Casework
import Foundation

/// Retention goes through the whole store: who may see some cameras only sees none of it.
extension ScopedCaseStore {
    func settledCases(after cursor: SettledCursor?, limit: Int) async throws -> [CaseRecord] {
        try requireAll()
        return try await base.settledCases(after: cursor, limit: limit)
    }

    func heldCases(limit: Int) async throws -> [CaseRecord] {
        try await base.heldCases(limit: limit).filter { scope.holds($0.incident.channelID) }
    }

    func recordDeletion(of record: CaseRecord, detail: DeletionDetail, by actor: String, at: Date) async throws -> Bool {
        try requireAll()
        return try await base.recordDeletion(of: record, detail: detail, by: actor, at: at)
    }

    func deletions() async throws -> [DeletedCase] {
        try requireAll()
        return try await base.deletions()
    }

    func deletionEvents(before sequence: Int64?, limit: Int) async throws -> [CaseEvent] {
        let events = try await base.deletionEvents(before: sequence, limit: limit)
        guard scope.isConfined else { return events }
        var seen: [CaseEvent] = []
        for event in events where try await holdsCase(event.caseID) { seen.append(event) }
        return seen
    }

    func retentionRuns(limit: Int) async throws -> [RetentionRun] {
        scope.isConfined ? [] : try await base.retentionRuns(limit: limit)
    }

    func appendRetentionRun(_ kind: RetentionRun.Kind, by actor: String, at: Date, detail: String) async throws {
        try requireAll()
        try await base.appendRetentionRun(kind, by: actor, at: at, detail: detail)
    }
}
