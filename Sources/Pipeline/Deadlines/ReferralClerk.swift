public import Casework
public import Foundation

/// Tells other bodies of a case: copies with a review, and what becomes of a referral.
public struct ReferralClerk: Sendable {
    /// What could not be said of a referral.
    public enum Failure: Error, Sendable, Hashable {
        case noReferral(body: String)
        case notNow(Referral.Step, Referral.Status)
        case textTooLong(characters: Int)
        case textMissing(Referral.Step)
    }

    private let store: any CaseStore
    private let routing: RoutingTable

    public init(store: any CaseStore, routing: RoutingTable) {
        self.store = store
        self.routing = routing
    }

    /// Adds the copies that the case's review calls for and that are not there yet; answers how many.
    ///
    /// Done again it adds none, so a program that ended in between makes them up at its next look.
    @discardableResult
    public func copy(_ record: CaseRecord, at now: Date) async throws -> Int {
        guard let decision = record.decision else { return 0 }
        let copies = routing.copies(record.incident.violation, on: decision.verdict).filter { $0.body != decision.reason }
        guard !copies.isEmpty else { return 0 }
        let standing = Referral.all(in: try await store.events(caseID: record.id)).filter { $0.status != .withdrawn }
        let missing = copies.filter { copy in !standing.contains { $0.body == copy.body } }
        for copy in missing {
            try await store.appendEvent(
                caseID: record.id, at: now, actor: CaseActor.machine.id, kind: Referral.copiedLine,
                detail: CaseLine.text(of: Referral.CopyLine(body: copy.body, article: copy.article)))
        }
        return missing.count
    }

    /// Adds the line that a referral was sent, acknowledged, answered or returned.
    /// - Parameter text: the other body's words or file number; needed for `answered` and `returned`.
    /// - Throws: `Failure`, `CaseStoreError`; nothing has changed.
    public func mark(
        _ step: Referral.Step, caseID: String, body: String, text: String, by userID: String, at now: Date
    ) async throws -> [Referral] {
        guard text.count <= Referral.textLimit else { throw Failure.textTooLong(characters: text.count) }
        if text.allSatisfy(\.isWhitespace), step == .answered || step == .returned { throw Failure.textMissing(step) }
        let events = try await store.events(caseID: caseID)
        guard let referral = Referral.all(in: events).last(where: { $0.body == body && $0.status != .withdrawn }) else {
            throw Failure.noReferral(body: body)
        }
        guard referral.nextSteps.contains(step) else { throw Failure.notNow(step, referral.status) }
        try await store.appendEvent(
            caseID: caseID, at: now, actor: userID, kind: step.eventKind,
            detail: CaseLine.text(of: Referral.Line(body: body, text: text)))
        return Referral.all(in: try await store.events(caseID: caseID))
    }
}
