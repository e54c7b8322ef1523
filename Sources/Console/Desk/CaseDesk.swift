import Casework
import Evidence
import Foundation
import HTTPTypes

/// What officers do with cases, the same for pages and API.
struct CaseDesk: Sendable {
    /// How far back from the newest case a case's newer neighbour is looked for.
    private static let neighbourReach = 200
    /// The reason whose meaning is only in the note.
    private static let otherReason = "other"

    let store: any CaseStore
    let evidence: EvidenceFolder
    let reasons: DecisionReasons
    let life: CaseLife
    let feed: ConsoleFeed
    let now: @Sendable () -> Date
    /// nil where this program sends no messages.
    var notices: NoticeDesk?
    var routing = RoutingTable.empty

    func record(_ id: String) async throws -> CaseRecord {
        guard let record = try await store.caseRecord(id: id) else { throw Refusal.notFound }
        return record
    }

    /// The case's log as this viewer may read it, oldest line first.
    func events(of record: CaseRecord, for visit: Visit) async throws -> [CaseEvent] {
        BlindReview.events(try await store.events(caseID: record.id), of: record, for: visit.user)
    }

    // MARK: Actions

    /// Doing the same again (a second click) answers what stands.
    /// - Throws: `CaseLife.Refusal`, `Refusal` for a reason that is not in the list.
    func act(_ id: String, _ action: CaseAction, by visit: Visit) async throws -> CaseRecord {
        var action = action
        action.note = action.note.trimmingCharacters(in: .whitespacesAndNewlines)
        action.reason = action.reason?.trimmingCharacters(in: .whitespacesAndNewlines)
        try check(action)
        try await checkLedgers(action)
        action = try await notices?.completed(action, caseID: id) ?? action
        try await checkRouting(id, action)
        do {
            return try await take(id, action, by: visit)
        } catch CaseLife.Refusal.decidedAlready {
            let standing = try await record(id)
            // It was undone in between: whoever asks now is the next.
            guard let other = standing.decision else { return try await take(id, action, by: visit) }
            if other.userID == visit.user.id, other.verdict.rawValue == action.kind.rawValue, other.reason == action.reason {
                return standing
            }
            throw try await decidedAlready(standing, by: other.userID)
        }
    }

    private func take(_ id: String, _ action: CaseAction, by visit: Visit) async throws -> CaseRecord {
        let record = try await store.act(caseID: id, action, by: visit.user.id, at: now())
        feed.publish(.caseChanged(id: id))
        return record
    }

    /// What this viewer could do now.
    func possible(for visit: Visit, on record: CaseRecord) -> [CaseAction.Kind] {
        guard record.deletedAt == nil else { return [] }
        let possible = life.possible(for: CaseActor(visit.user), at: now(), from: record.standing)
        return routing.offered(possible, violation: record.incident.violation)
    }

    /// Why this officer cannot review the case; nil if they can.
    func refusalToReview(for visit: Visit, on record: CaseRecord) -> CaseLife.Refusal? {
        let confirm = CaseAction(.confirm, ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true)
        do {
            _ = try life.standing(after: confirm, by: CaseActor(visit.user), at: now(), from: record.standing)
            return nil
        } catch { return error }
    }

    /// Until when this viewer may take the standing decision back; nil if not at all.
    func undoUntil(of record: CaseRecord, for visit: Visit) -> Date? {
        guard possible(for: visit, on: record).contains(.undo), let decision = record.decision else { return nil }
        return decision.at.addingTimeInterval(TimeInterval(life.undoWindow.components.seconds))
    }

    /// Reasons are codes of the list; “other” means what the note says.
    private func check(_ action: CaseAction) throws(Refusal) {
        guard let verdict = action.suggestion ?? Decision.Verdict(rawValue: action.kind.rawValue), verdict != .confirm else { return }
        guard let reason = action.reason, reasons.reason(reason, for: verdict) != nil else {
            let known = reasons.reasons(for: verdict).map(\.code).joined(separator: ", ")
            throw .invalid("reason", zh: "请选择理由（\(known)）。", en: "A reason is needed, one of: \(known).")
        }
        guard reason != Self.otherReason || !action.note.isEmpty else {
            throw .invalid("note", zh: "选择“其他”时请写备注。", en: "“Other” needs a note that says what.")
        }
    }

    /// A case points at entries that are in use.
    private func checkLedgers(_ action: CaseAction) async throws {
        if let id = action.shopID, try await store.ledgerEntry(.shop, id: id)?.isRetired ?? true {
            throw Refusal.invalid("shopID", zh: "商铺台账中没有“\(id)”。", en: "The shop ledger holds no “\(id)”.")
        }
        if let id = action.permitID, try await store.ledgerEntry(.permit, id: id)?.isRetired ?? true {
            throw Refusal.invalid("permitID", zh: "许可台账中没有“\(id)”。", en: "The permit ledger holds no “\(id)”.")
        }
    }

    private func decidedAlready(_ standing: CaseRecord, by userID: String) async throws -> Refusal {
        let officer = try await store.user(id: userID)?.displayName ?? userID
        let state = standing.state.name
        return Refusal(
            .conflict, "decided-already", zh: "\(officer)已先作出决定：\(state.zh)。",
            en: "\(officer) decided first: “\(state.en)”.")
    }

    // MARK: Neighbours

    /// The next older case under the filter.
    func nextID(after record: CaseRecord, _ filter: QueueFilter) async throws -> String? {
        let cursor = CaseCursor(createdAt: record.createdAt, id: record.id)
        return try await store.cases(filter.caseFilter, after: cursor, limit: 1).cases.first?.id
    }

    /// The next newer case under the filter; nil for one that lies deeper in the queue than anybody pages.
    func previousID(before record: CaseRecord, _ filter: QueueFilter) async throws -> String? {
        let page = try await store.cases(filter.caseFilter, after: nil, limit: Self.neighbourReach).cases
        guard let index = page.firstIndex(where: { ($0.createdAt, $0.id) <= (record.createdAt, record.id) }) else {
            return page.count < Self.neighbourReach ? page.last?.id : nil
        }
        return index > 0 ? page[index - 1].id : nil
    }

    /// What to look at after a decision: the next older one, or else the newest of those that came in meanwhile.
    func idAfterDecision(on record: CaseRecord, _ filter: QueueFilter) async throws -> String? {
        if let next = try await nextID(after: record, filter) { return next }
        return try await store.cases(filter.caseFilter, after: nil, limit: 2).cases.first { $0.id != record.id }?.id
    }

    // MARK: Evidence

    /// Reads every byte of the package; what is broken goes into the case's log once.
    func seal(of record: CaseRecord) async throws -> CasePage.Seal {
        // Gone by the rules of retention, which its log tells of.
        guard record.deletedAt == nil else { return .unchecked }
        let problem: String?
        if let report = try await evidence.verify(record) {
            if let first = report.problems.first {
                problem = first.description
            } else if report.manifestSHA256?.hex != record.manifestSHA256 {
                problem = "manifest.json is not the one that the case was made with"
            } else {
                problem = nil
            }
        } else {
            problem = "the package's path “\(record.packagePath)” is no path within the store"
        }
        guard let problem else { return .sound }
        let known = try await store.events(caseID: record.id)
        if known.last(where: { $0.kind == "found-broken" || $0.kind == "repaired" })?.kind != "found-broken" {
            let detail = String(decoding: try JSONAnswer.encode(["problem": problem]), as: UTF8.self)
            try await store.appendEvent(
                caseID: record.id, at: now(), actor: "machine", kind: "found-broken", detail: detail)
        }
        return .broken(problem)
    }
}
