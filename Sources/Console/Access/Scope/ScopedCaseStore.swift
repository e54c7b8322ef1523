import Casework
import Foundation

/// The store as the user whose request is answered may see it: what hangs on a camera outside their groups is not there.
///
/// Stands in for the store in every desk and route, so that none of them has to think of it. A function that is added to `CaseStore`
/// must be given its place here before the program compiles.
struct ScopedCaseStore: CaseStore {
    let base: any CaseStore
    /// The unit of users who have none of their own.
    let unit: String

    var scope: AccessScope { RequestAccess.current.scope }

    func holdsCase(_ id: String) async throws -> Bool {
        guard scope.isConfined else { return true }
        return try await caseRecord(id: id) != nil
    }

    func requireCase(_ id: String) async throws {
        guard try await holdsCase(id) else { throw CaseStoreError.notFound("case \(id)") }
    }

    /// What looks at the whole store is not for somebody who may see a part of it.
    func requireAll() throws(CaseStoreError) {
        guard !scope.isConfined else { throw .refused("only who may see all cameras may ask for this") }
    }

    // MARK: Incidents and cases

    func recordIncident(_ incident: IncidentRecord) async throws {
        guard scope.holds(incident.channelID) else { throw CaseStoreError.notFound("channel “\(incident.channelID)”") }
        try await base.recordIncident(incident)
    }

    func addCase(_ record: CaseRecord, actor: String) async throws -> Bool {
        guard scope.holds(record.incident.channelID) else { throw CaseStoreError.notFound("channel “\(record.incident.channelID)”") }
        return try await base.addCase(record, actor: actor)
    }

    func caseRecord(id: String) async throws -> CaseRecord? {
        guard let record = try await base.caseRecord(id: id), scope.holds(record.incident.channelID) else { return nil }
        return record
    }

    func cases(_ filter: CaseFilter, after cursor: CaseCursor?, limit: Int) async throws -> Casework.CasePage {
        var filter = filter
        filter.scope = filter.scope.intersection(scope)
        return try await base.cases(filter, after: cursor, limit: limit)
    }

    func counts() async throws -> CaseCounts { try await base.counts(within: scope) }

    func counts(within asked: AccessScope) async throws -> CaseCounts { try await base.counts(within: asked.intersection(scope)) }

    func packagePaths() async throws -> [String: String] {
        try requireAll()
        return try await base.packagePaths()
    }

    // MARK: Decisions

    func act(caseID: String, _ action: CaseAction, by userID: String, at: Date) async throws -> CaseRecord {
        try await requireCase(caseID)
        return try await base.act(caseID: caseID, action, by: userID, at: at)
    }

    func appendEvent(caseID: String, at: Date, actor: String, kind: String, detail: String) async throws {
        try await requireCase(caseID)
        try await base.appendEvent(caseID: caseID, at: at, actor: actor, kind: kind, detail: detail)
    }

    func events(caseID: String) async throws -> [CaseEvent] {
        try await holdsCase(caseID) ? try await base.events(caseID: caseID) : []
    }

    func firstBrokenEvent() async throws -> Int64? {
        try requireAll()
        return try await base.firstBrokenEvent()
    }

    func problems() async throws -> [StoreProblem] {
        try requireAll()
        return try await base.problems()
    }
}
