import Casework
import Foundation
import Pipeline

/// `/retention`: what goes when, what is held, what went and by which certificate.
struct RetentionPage: Sendable {
    var plan: RetentionPlan
    var deletions: [CaseEvent]
    var userNames: [String: String]
    var mayConfirm: Bool
}

struct RetentionView: Sendable {
    struct RowView: Sendable {
        let rowName: String
        let rowDays: String
        let rowCount: String
        let rowArticle: String
    }

    struct ItemView: Sendable {
        let itemHref: String
        let itemCase: String
        let itemText: String
        let itemTime: String
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let isWaiting: Bool
    let waitText: String
    let mayConfirm: Bool
    let rows: [RowView]
    let due: [ItemView]
    let hasDue: Bool
    let dueText: String
    let next: [ItemView]
    let hasNext: Bool
    let held: [ItemView]
    let hasHeld: Bool
    let deletions: [ItemView]
    let hasDeletions: Bool
    let runs: [ItemView]

    init(_ model: RetentionPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        let plan = model.plan
        frame = PageFrame(context, page: "retention", title: t[.retentionTitle])
        summary = t.text(plan.isComplete ? .retentionSummary : .retentionSummaryPart, ["n": String(plan.seen)])
        func time(_ date: Date) -> String { t.day(date, timeZone: context.timeZone) }
        switch plan.answer {
        case .waits(let since):
            isWaiting = since != nil || plan.dueCount > 0
            waitText = since.map { t.text(.retentionWaits, ["time": time($0)]) } ?? t[.retentionFirst]
        case .early, .goesOn:
            isWaiting = false
            waitText = ""
        }
        mayConfirm = model.mayConfirm && isWaiting
        rows = plan.rows.map { row in
            RowView(
                rowName: row.id,
                rowDays: row.maxDays.map { t.text(.retentionDays, ["least": String(row.minDays), "most": String($0)]) }
                    ?? t.text(.retentionArchive, ["least": String(row.minDays)]),
                rowCount: String(plan.countsByRow[row.id] ?? 0), rowArticle: row.article.text(t.language))
        }
        func items(_ list: [RetentionPlan.Item]) -> [ItemView] {
            list.map { ItemView(itemHref: "/cases/\($0.caseID)", itemCase: $0.caseID, itemText: $0.row.id, itemTime: time($0.since)) }
        }
        due = items(plan.due)
        hasDue = !due.isEmpty
        dueText = t.text(.retentionDueCount, ["n": String(plan.dueCount)])
        next = items(plan.next)
        hasNext = !next.isEmpty
        held = plan.held.map { record in
            ItemView(
                itemHref: "/cases/\(record.id)", itemCase: record.id, itemText: record.standing.hold?.note ?? "",
                itemTime: record.standing.hold.map { time($0.at) } ?? "")
        }
        hasHeld = !held.isEmpty
        deletions = model.deletions.map { event in
            let detail = try? JSONDecoder().decode(DeletionDetail.self, from: Data(event.detail.utf8))
            return ItemView(
                itemHref: "/retention/certificates/\(event.caseID)", itemCase: event.caseID,
                itemText: detail.map { "\($0.rule) · \(t.size(bytes: $0.bytes))" } ?? "–", itemTime: time(event.at))
        }
        hasDeletions = !deletions.isEmpty
        runs = plan.runs.map { run in
            ItemView(
                itemHref: "", itemCase: model.userNames[run.actor] ?? t[.machine], itemText: t[Self.phrase(run.kind)],
                itemTime: t.moment(run.at, now: context.now, timeZone: context.timeZone))
        }
    }

    private static func phrase(_ kind: RetentionRun.Kind) -> Phrase {
        switch kind {
        case .ran: .retentionRan
        case .waits: .retentionWaited
        case .confirmed: .retentionConfirmed
        }
    }
}
