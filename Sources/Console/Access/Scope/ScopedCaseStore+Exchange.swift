import Casework
import Evidence
import Foundation

/// What other systems are told, and tell, is the whole district's; a case's own lines and code follow its camera.
extension ScopedCaseStore {
    func events(after sequence: Int64, limit: Int) async throws -> [CaseEvent] {
        try requireAll()
        return try await base.events(after: sequence, limit: limit)
    }

    func lastEventSequence() async throws -> Int64 {
        try requireAll()
        return try await base.lastEventSequence()
    }

    func logLines(caseID: String) async throws -> [BundleLogLine] {
        try await requireCase(caseID)
        return try await base.logLines(caseID: caseID)
    }

    func deliveryCursors() async throws -> [DeliveryCursor] {
        scope.isConfined ? [] : try await base.deliveryCursors()
    }

    func deliveryCursor(_ name: String) async throws -> DeliveryCursor? {
        scope.isConfined ? nil : try await base.deliveryCursor(name)
    }

    func saveDeliveryCursor(_ cursor: DeliveryCursor) async throws {
        try requireAll()
        try await base.saveDeliveryCursor(cursor)
    }

    func addExternal(_ finding: ExternalFinding, match: ExternalMatch, at: Date) async throws -> (record: ExternalRecord, isNew: Bool) {
        try requireAll()
        return try await base.addExternal(finding, match: match, at: at)
    }

    func externals(before sequence: Int64?, limit: Int) async throws -> [ExternalRecord] {
        scope.isConfined ? [] : try await base.externals(before: sequence, limit: limit)
    }

    func issuePartyCode(caseID: String, by userID: String, at: Date) async throws -> PartyCode {
        try await requireCase(caseID)
        return try await base.issuePartyCode(caseID: caseID, by: userID, at: at)
    }

    func caseID(of code: PartyCode) async throws -> String? {
        guard let id = try await base.caseID(of: code), try await holdsCase(id) else { return nil }
        return id
    }
}
