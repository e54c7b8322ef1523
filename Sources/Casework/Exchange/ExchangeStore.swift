public import Evidence
public import Foundation

/// What the store gives to and takes from other systems.
public protocol ExchangeStore: Sendable {
    /// The lines of all cases after one, oldest first.
    func events(after sequence: Int64, limit: Int) async throws -> [CaseEvent]
    /// The newest line's number; 0 in an empty log.
    func lastEventSequence() async throws -> Int64
    /// A case's lines with the hash of the line before each.
    func logLines(caseID: String) async throws -> [BundleLogLine]

    func deliveryCursors() async throws -> [DeliveryCursor]
    func deliveryCursor(_ name: String) async throws -> DeliveryCursor?
    func saveDeliveryCursor(_ cursor: DeliveryCursor) async throws

    /// Adds what another patrol saw, unless the same source told it before; tells whether it is an act that we know already,
    /// and if so says it in that case's log, in one transaction.
    /// - Throws: `CaseStoreError.conflict` if the source gave the same id to something else.
    func addExternal(_ finding: ExternalFinding, match: ExternalMatch, at: Date) async throws -> (record: ExternalRecord, isNew: Bool)
    /// Newest first.
    func externals(before sequence: Int64?, limit: Int) async throws -> [ExternalRecord]

    /// Makes a code for the case and adds the line that holds its hash.
    func issuePartyCode(caseID: String, by userID: String, at: Date) async throws -> PartyCode
    /// The case that a code was made for; nil for an unknown one.
    func caseID(of code: PartyCode) async throws -> String?
}
