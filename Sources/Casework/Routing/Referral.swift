public import Foundation

/// A case, or a copy of it, in another body's queue: what the case's log comes to.
public struct Referral: Codable, Sendable, Hashable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// 移送: the matter is theirs.
        case transfer
        /// 抄告: they are told.
        case copy
    }

    public enum Status: String, Codable, Sendable, CaseIterable {
        /// Not sent yet.
        case waiting
        case sent, acknowledged, answered
        /// Not theirs, or not enough: an officer reopens the case.
        case returned
        /// The review behind it was taken back.
        case withdrawn
    }

    /// What is said of a referral, each with its log line.
    public enum Step: String, Codable, Sendable, CaseIterable {
        case sent, acknowledged, answered, returned

        public var eventKind: String { "referral-\(rawValue)" }
    }

    /// The detail of such a line.
    public struct Line: Codable, Sendable, Hashable {
        public var body: String
        /// The other body's words or file number; may be empty.
        public var text: String

        public init(body: String, text: String) {
            self.body = body
            self.text = text
        }

        /// `note`, as other lines name what people wrote.
        private enum CodingKeys: String, CodingKey {
            case body
            case text = "note"
        }
    }

    /// The detail of a line `copied`.
    public struct CopyLine: Codable, Sendable, Hashable {
        public var body: String
        public var article: String

        public init(body: String, article: String) {
            self.body = body
            self.article = article
        }
    }

    public static let copiedLine = "copied"
    /// The most that a step's text may hold, in characters.
    public static let textLimit = 2_000

    /// Id of the violations catalogue.
    public var body: String
    public var kind: Kind
    public var status: Status
    /// When the review sent it their way.
    public var at: Date
    /// A user's id, or `machine`.
    public var by: String
    public var sentAt: Date?
    public var acknowledgedAt: Date?
    /// When it was answered or returned.
    public var endedAt: Date?
    public var withdrawnAt: Date?
    /// What was said last.
    public var text: String

    /// Whether somebody still has to do something, here or there.
    public var isOpen: Bool {
        switch status {
        case .waiting: true
        case .sent, .acknowledged: kind == .transfer
        case .returned: true
        case .answered, .withdrawn: false
        }
    }

    /// What can be said of it next.
    public var nextSteps: [Step] {
        switch (status, kind) {
        case (.waiting, _): [.sent]
        case (.sent, .transfer): [.acknowledged, .answered, .returned]
        case (.sent, .copy): [.acknowledged]
        case (.acknowledged, .transfer): [.answered, .returned]
        case (.acknowledged, .copy), (.answered, _), (.returned, _), (.withdrawn, _): []
        }
    }

    /// The referrals and copies of one case. A line that fits none of them, such as a step said twice, changes nothing.
    /// - Parameter events: oldest first.
    public static func all(in events: [CaseEvent]) -> [Referral] {
        var referrals: [Referral] = []
        func latest(_ body: String) -> Int? { referrals.lastIndex { $0.body == body && $0.status != .withdrawn } }
        for event in events {
            if let action = CaseLog.action(of: event) {
                switch action.kind {
                case .transfer:
                    referrals.append(Referral(action.reason ?? "", .transfer, event, text: action.note))
                case .undo, .reopen:
                    for index in referrals.indices where referrals[index].status != .withdrawn {
                        referrals[index].status = .withdrawn
                        referrals[index].withdrawnAt = event.at
                    }
                default: break
                }
            } else if event.kind == copiedLine, let line = CaseLine.decode(CopyLine.self, event.detail) {
                if latest(line.body) == nil { referrals.append(Referral(line.body, .copy, event, text: line.article)) }
            } else if let step = Step.allCases.first(where: { $0.eventKind == event.kind }),
                let line = CaseLine.decode(Line.self, event.detail), let index = latest(line.body)
            {
                referrals[index].take(step, line.text, at: event.at)
            }
        }
        return referrals
    }

    private init(_ body: String, _ kind: Kind, _ event: CaseEvent, text: String) {
        self.body = body
        self.kind = kind
        status = .waiting
        at = event.at
        by = event.actor
        self.text = text
    }

    private mutating func take(_ step: Step, _ words: String, at: Date) {
        guard nextSteps.contains(step) else { return }
        if !words.isEmpty { text = words }
        switch step {
        case .sent: (status, sentAt) = (.sent, at)
        case .acknowledged: (status, acknowledgedAt) = (.acknowledged, at)
        case .answered: (status, endedAt) = (.answered, at)
        case .returned: (status, endedAt) = (.returned, at)
        }
    }
}
