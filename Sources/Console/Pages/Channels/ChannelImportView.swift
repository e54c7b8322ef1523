import Casework
import Foundation
import Pipeline

/// `/channels/import`, before a list is handed in.
struct ChannelImportPage: Sendable {
    var failure: String?
}

struct ChannelImportView: Sendable {
    let t: Wording
    let frame: PageFrame
    let failure: String?

    init(_ model: ChannelImportPage, _ context: PageContext) {
        t = Wording(language: context.language)
        frame = PageFrame(
            context, page: "channel-import", title: t[.importMany], scripts: ["channel-import.js"], place: "/channels")
        failure = model.failure
    }
}

/// What a list would do, row by row, while its addresses are tried and afterwards.
struct ChannelImportPlanView: Sendable {
    struct Problem: Sendable {
        let field: String
        let reason: String
        let advice: String
    }

    struct Row: Sendable {
        let rowID: String
        let line: String
        let channelID: String
        let name: String
        let place: String?
        let source: String
        /// `good`, `bad` or `busy`.
        let health: String
        let changeText: String
        let problems: [Problem]
        let hints: [String]
        let facts: String
        let mainStill: String?
        let subStill: String?
    }

    let t: Wording
    let frame: PageFrame
    let failure: String?
    let planID: String
    let sourceName: String
    let isRunning: Bool
    let progress: String
    let toTry: Int
    let tried: Int
    let summary: String
    let applied: String?
    let mayApplyAll: Bool
    let applyGood: String?
    let nothingToDo: Bool
    let rows: [Row]
    let notes: [String]
    let hasNotes: Bool

    init(_ session: ImportDesk.Session, failure: String?, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        self.failure = failure
        frame = PageFrame(
            context, page: "channel-import", title: t[.importMany], scripts: ["channel-import.js"], place: "/channels")
        planID = session.id
        sourceName = session.name
        isRunning = session.isRunning
        toTry = session.toTry
        tried = session.tried
        progress = t.text(.importProgress, ["n": String(session.tried), "all": String(session.toTry)])
        let plan = session.plan
        let bad = plan.badCount
        let edits = plan.edits
        summary = t.text(
            .importSummary,
            [
                "all": String(plan.rows.count), "new": String(Self.count(plan) { $0 == .new }),
                "changed": String(Self.count(plan) { if case .changed = $0 { true } else { false } }),
                "same": String(Self.count(plan) { $0 == .same }), "bad": String(bad),
            ])
        applied = session.applied.map { t.text(.importApplied, ["n": String($0)]) }
        let isOpen = !session.isRunning && session.applied == nil
        mayApplyAll = isOpen && bad == 0 && !edits.isEmpty
        applyGood = isOpen && bad > 0 && !edits.isEmpty ? t.text(.applyOnlyGood, ["n": String(edits.count)]) : nil
        nothingToDo = isOpen && edits.isEmpty
        rows = plan.rows.enumerated().map { Self.row($1, at: $0, of: session, t) }
        notes = plan.notes.map { t.text(.importLine, ["n": String($0.line)]) + $0.text.text(context.language) }
        hasNotes = !notes.isEmpty
    }

    private static func count(_ plan: ChannelPlan, _ isMeant: (ChannelPlan.Change) -> Bool) -> Int {
        plan.rows.count { $0.problems.isEmpty && isMeant($0.change) }
    }

    private static func row(_ row: ChannelPlan.Row, at index: Int, of session: ImportDesk.Session, _ t: Wording) -> Row {
        let change: String =
            switch row.change {
            case .new: t[.importNew]
            case .same: t[.importSame]
            case .changed(let fields): t.text(.importChanged, ["what": fields.map { t[$0.phrase] }.joined(separator: t[.listSeparator])])
            }
        let isWaiting = session.isRunning && row.problems.isEmpty && !row.isTried
        let facts = [row.main, row.sub].compactMap { $0 }.map {
            "\($0.codec.uppercased()) \($0.width)×\($0.height) · " + t.text(.framesPerSecond, ["n": t.number($0.frameRate, digits: 1)])
        }
        let stills = "/channels/import/\(session.id)/\(index)"
        return Row(
            rowID: "row-\(index)", line: String(row.line), channelID: row.channel.id, name: row.channel.name,
            place: row.channel.place.isEmpty ? nil : row.channel.place, source: SourceAddress.redacted(row.channel.url),
            health: isWaiting ? "busy" : row.problems.isEmpty ? "good" : "bad", changeText: isWaiting ? t[.importTrying] : change,
            problems: row.problems.map {
                Problem(
                    field: $0.field.map { t[$0.phrase] } ?? "", reason: $0.reason.text(t.language),
                    advice: $0.advice.text(t.language))
            },
            hints: row.hints.map { $0.text(t.language) }, facts: facts.joined(separator: " ＋ "),
            mainStill: row.main.map { _ in stills + "/main.jpg" }, subStill: row.sub.map { _ in stills + "/sub.jpg" })
    }
}
