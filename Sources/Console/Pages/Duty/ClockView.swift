import Casework
import Foundation
import Pipeline

/// One clock as a bar: how much of its time is gone.
struct ClockView: Sendable {
    let clockName: String
    let statusID: String
    let statusName: String
    /// Time left, or for how long it has been over, in the unit that it counts in.
    let left: String
    /// When it began and when it is over.
    let span: String
    let dueISO: String
    /// Of a hundred.
    let part: Int
    /// Law and article.
    let source: String?

    init(_ clock: CaseClock, _ settings: DutySettings, _ catalogue: ViolationCatalogue, _ t: Wording, _ context: PageContext) {
        let now = context.now
        let rule = clock.rule.flatMap { settings.rules.rule(id: $0) }
        let body = clock.body.map { " · " + (catalogue.body($0)?.name.text(t.language) ?? $0) } ?? ""
        clockName = (rule?.name ?? clock.kind.name).text(t.language) + body
        let status = clock.status(at: now)
        statusID = status.rawValue
        statusName = t[status.phrase]
        left = Self.left(clock, status, settings.calendar, t, now)
        span = t.text(
            .clockSpan,
            [
                "start": t.moment(clock.startedAt, now: now, timeZone: context.timeZone),
                "due": t.moment(Self.shownDue(clock), now: now, timeZone: context.timeZone),
            ])
        dueISO = t.iso(clock.dueAt)
        let whole = clock.dueAt.timeIntervalSince(clock.startedAt)
        let gone = (clock.stoppedAt ?? now).timeIntervalSince(clock.startedAt)
        part = whole > 0 ? Int((min(max(gone / whole, 0), 1) * 100).rounded()) : 100
        source = rule?.source
    }

    /// A day's end is its midnight, which people read as the next day.
    private static func shownDue(_ clock: CaseClock) -> Date {
        switch clock.unit {
        case .minutes, .workingHours: clock.dueAt
        case .workingDays, .days, .years: clock.dueAt.addingTimeInterval(-60)
        }
    }

    private static func left(
        _ clock: CaseClock, _ status: CaseClock.Status, _ calendar: WorkingCalendar, _ t: Wording, _ now: Date
    ) -> String {
        switch status {
        case .met, .late: t[status.phrase]
        case .running, .breached, .over:
            amount(clock.left(at: now, in: calendar), clock.unit, isOver: status != .running, t)
        }
    }

    private static func amount(_ seconds: TimeInterval, _ unit: DeadlineAmount.Unit, isOver: Bool, _ t: Wording) -> String {
        let length = abs(seconds)
        let isWorking = unit == .workingHours && length < 31 * 86_400
        let text =
            length >= 2 * 86_400 && !isWorking ? t.text(.clockDays, ["n": String(Int(length / 86_400))]) : t.duration(seconds: length)
        let phrase: Phrase =
            isOver ? (isWorking ? .clockOverWorking : .clockOver) : isWorking ? .clockLeftWorking : .clockLeft
        return t.text(phrase, ["time": text])
    }
}

extension CaseClock.Status {
    var phrase: Phrase {
        switch self {
        case .running: .clockRunning
        case .breached: .clockBreached
        case .over: .clockTimeOver
        case .met: .clockMet
        case .late: .clockLate
        }
    }
}
