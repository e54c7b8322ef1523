import Foundation

/// What the city's case system did with a case that was handed over, as entered from its papers.
///
/// The lines move no case here; `Config/deadlines.yaml` names them as those that stop the 90 days to decide and the 7 to serve
/// (administrative penalty law arts. 60 and 61).
public struct CityAnswer: Codable, Sendable, Hashable {
    public enum Step: String, Codable, Sendable, CaseIterable {
        /// The decision was made.
        case decided
        /// It was served on the party.
        case served

        public var eventKind: String { "exchange-\(rawValue)" }
    }

    /// The detail of such a line.
    struct Line: Codable {
        var day: LocalDay
        /// `note`, as other lines name what people wrote.
        var note: String
    }

    /// The most that the words may hold, in characters.
    public static let noteLimit = 2_000

    public var step: Step
    /// The day of the decision or of its service, which may lie before the day when it was entered.
    public var day: LocalDay
    /// Number of the paper, words; never empty for a decision.
    public var note: String

    public init(_ step: Step, on day: LocalDay, note: String) {
        self.step = step
        self.day = day
        self.note = note
    }

    /// The line that tells of it.
    public func detail() throws -> String { try CaseLine.text(of: Line(day: day, note: note)) }

    /// All answers in a case's log, oldest first. A line that says again what was said changes nothing.
    public static func all(in events: [CaseEvent]) -> [CityAnswer] {
        events.reduce(into: []) { answers, event in
            guard let answer = CityAnswer(event), next(after: answers) == answer.step else { return }
            answers.append(answer)
        }
    }

    /// What can be said next; nil once the decision is served.
    public static func next(after answers: [CityAnswer]) -> Step? {
        answers.count < Step.allCases.count ? Step.allCases[answers.count] : nil
    }

    init?(_ event: CaseEvent) {
        guard let step = Step.allCases.first(where: { $0.eventKind == event.kind }),
            let line = CaseLine.decode(Line.self, event.detail)
        else { return nil }
        self.init(step, on: line.day, note: line.note)
    }

    /// The moment that a clock counts from or to: within the day that the paper names.
    static func moment(of event: CaseEvent, in timeZone: TimeZone) -> Date {
        guard let answer = CityAnswer(event), answer.day != LocalDay(event.at, in: timeZone) else { return event.at }
        return answer.day.start(in: timeZone).addingTimeInterval(12 * 3_600)
    }
}

extension CityAnswer.Step {
    /// What people call it.
    public var name: BilingualText {
        switch self {
        case .decided: BilingualText(zh: "已作出处罚决定", en: "decision made")
        case .served: BilingualText(zh: "决定书已送达", en: "decision served")
        }
    }
}
