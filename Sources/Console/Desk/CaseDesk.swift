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
    let feed: ConsoleFeed
    let now: @Sendable () -> Date

    func record(_ id: String) async throws -> CaseRecord {
        guard let record = try await store.caseRecord(id: id) else { throw Refusal.notFound }
        return record
    }

    // MARK: Decisions

    /// Doing the same again (a second click) answers what stands.
    func decide(
        _ id: String, verdict: Decision.Verdict, reason: String?, note: String, by visit: Visit
    ) async throws -> CaseRecord {
        let note = note.trimmingCharacters(in: .whitespacesAndNewlines)
        let reason = verdict == .confirm ? nil : reason?.trimmingCharacters(in: .whitespacesAndNewlines)
        try check(verdict: verdict, reason: reason, note: note)
        let decision = Decision(verdict: verdict, reason: reason, note: note, userID: visit.user.id, at: now())
        do {
            let record = try await store.decide(caseID: id, decision)
            feed.publish(.caseChanged(id: id))
            return record
        } catch CaseStoreError.conflict {
            let standing = try await record(id)
            guard let other = standing.decision else { return try await decideAgain(id, decision) }
            if other.userID == decision.userID, other.verdict == verdict, other.reason == reason { return standing }
            throw try await decidedAlready(standing, by: other.userID)
        }
    }

    func undo(_ id: String, by visit: Visit) async throws -> CaseRecord {
        let standing = try await record(id)
        guard let decision = standing.decision else {
            throw Refusal(.conflict, "nothing-to-undo", zh: "该案件没有可撤销的决定。", en: "There is no decision to take back.")
        }
        guard decision.userID == visit.user.id else {
            throw Refusal(
                .forbidden, "other-officers-decision", zh: "只能由作出决定的人员本人撤销。",
                en: "Only the officer who decided can take it back.")
        }
        let at = now()
        guard undoUntil(of: standing, for: visit) != nil else {
            let seconds = CaseLife.undoWindow.components.seconds
            throw Refusal(
                .conflict, "undo-too-late", zh: "已超过 \(seconds) 秒，不能再撤销。",
                en: "More than \(seconds) s have passed; it can no longer be taken back.")
        }
        let record = try await store.undoDecision(caseID: id, userID: visit.user.id, at: at)
        feed.publish(.caseChanged(id: id))
        return record
    }

    /// Until when this viewer may take the standing decision back; nil if not at all.
    func undoUntil(of record: CaseRecord, for visit: Visit) -> Date? {
        guard let decision = record.decision, decision.userID == visit.user.id else { return nil }
        let end = decision.at.addingTimeInterval(TimeInterval(CaseLife.undoWindow.components.seconds))
        return end > now() ? end : nil
    }

    /// It was undone in between: whoever asks now is the next.
    private func decideAgain(_ id: String, _ decision: Decision) async throws -> CaseRecord {
        let record = try await store.decide(caseID: id, decision)
        feed.publish(.caseChanged(id: id))
        return record
    }

    private func check(verdict: Decision.Verdict, reason: String?, note: String) throws(Refusal) {
        guard note.count <= CaseLife.noteLimit else {
            throw .invalid(
                "note", zh: "备注最多 \(CaseLife.noteLimit) 字。", en: "A note has at most \(CaseLife.noteLimit) characters.")
        }
        guard verdict != .confirm else { return }
        guard let reason, reasons.reason(reason, for: verdict) != nil else {
            let known = reasons.reasons(for: verdict).map(\.code).joined(separator: ", ")
            throw .invalid("reason", zh: "请选择理由（\(known)）。", en: "A reason is needed, one of: \(known).")
        }
        guard reason != Self.otherReason || !note.isEmpty else {
            throw .invalid("note", zh: "选择“其他”时请写备注。", en: "“Other” needs a note that says what.")
        }
    }

    private func decidedAlready(_ standing: CaseRecord, by userID: String) async throws -> Refusal {
        let officer = try await store.user(id: userID)?.displayName ?? userID
        let state = standing.state.name
        return Refusal(
            .conflict, "decided-already", zh: "\(officer)已先作出决定：\(state.zh)。",
            en: "\(officer) decided first: \(state.en).")
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

extension CaseState {
    /// In messages; the pages have their own table.
    var name: BilingualText {
        switch self {
        case .candidate: BilingualText(zh: "待处理", en: "waiting")
        case .confirmed: BilingualText(zh: "已确认", en: "confirmed")
        case .falseAlarm: BilingualText(zh: "误报", en: "false alarm")
        case .exempt: BilingualText(zh: "豁免", en: "exempt")
        case .transferred: BilingualText(zh: "已移送", en: "transferred")
        }
    }
}
