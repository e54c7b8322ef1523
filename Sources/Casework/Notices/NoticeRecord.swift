public import Foundation

/// A message that an officer released, and what became of it.
public struct NoticeRecord: Codable, Sendable, Hashable, Identifiable {
    public enum Status: String, Codable, Sendable, CaseIterable {
        /// Released, not yet taken by the gateway, or for a person to hand over.
        case waiting
        /// The gateway took it.
        case sent
        /// It reached the party, as the gateway or a person says.
        case delivered
        case failed
        /// The party answered.
        case replied

        public var name: BilingualText {
            switch self {
            case .waiting: BilingualText(zh: "待发送", en: "waiting")
            case .sent: BilingualText(zh: "已发送", en: "sent")
            case .delivered: BilingualText(zh: "已送达", en: "delivered")
            case .failed: BilingualText(zh: "发送失败", en: "failed")
            case .replied: BilingualText(zh: "已回复", en: "answered")
            }
        }
    }

    /// The place of the releasing action in the cases' log: what the gateway tells repeated requests by.
    public var id: Int64
    public var caseID: String
    public var shopID: String?
    public var notice: NoticeText
    /// `remind` or `order`.
    public var kind: CaseAction.Kind
    public var releasedBy: String
    public var releasedAt: Date
    public var status: Status
    /// When the status became what it is.
    public var statusAt: Date
    /// Tries of the present sending.
    public var attempts: Int
    public var nextAttemptAt: Date?
    /// Why the last try failed; empty if none did. Holds no credentials.
    public var lastError: String
    /// The gateway's own name for it.
    public var reference: String
    /// The party's latest answer; empty without one.
    public var reply: String

    public init(
        id: Int64, caseID: String, shopID: String?, notice: NoticeText, kind: CaseAction.Kind, releasedBy: String, releasedAt: Date
    ) {
        self.id = id
        self.caseID = caseID
        self.shopID = shopID
        self.notice = notice
        self.kind = kind
        self.releasedBy = releasedBy
        self.releasedAt = releasedAt
        status = .waiting
        statusAt = releasedAt
        attempts = 0
        nextAttemptAt = releasedAt
        lastError = ""
        reference = ""
        reply = ""
    }
}

/// What is said of a message: by the sender, the gateway, or a person.
public struct NoticeReport: Codable, Sendable, Hashable {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        case sent, delivered, failed, replied
        /// An officer wants it tried again.
        case retried

        /// The kind of line in the case's log.
        public var eventKind: String { "notice-\(rawValue)" }

        public var name: BilingualText {
            switch self {
            case .sent: BilingualText(zh: "消息已发送", en: "message sent")
            case .delivered: BilingualText(zh: "消息已送达", en: "message delivered")
            case .failed: BilingualText(zh: "消息发送失败", en: "message failed")
            case .replied: BilingualText(zh: "当事人回复", en: "the party answered")
            case .retried: BilingualText(zh: "重新发送消息", en: "message to be sent again")
            }
        }
    }

    /// The most that is kept of a reply or a reason, in characters.
    public static let textLimit = 1_000

    public var kind: Kind
    /// The reply, or why it failed.
    public var text: String
    /// The gateway's own name for the message.
    public var reference: String

    public init(_ kind: Kind, text: String = "", reference: String = "") {
        self.kind = kind
        self.text = String(text.prefix(Self.textLimit))
        self.reference = String(reference.prefix(200))
    }
}

extension NoticeRecord {
    /// What stands after a report; nil if the report says nothing new.
    ///
    /// ```
    /// waiting ──sent──► sent ──delivered──► delivered ──replied──► replied
    ///    ▲ │             │ failed                        (a person may report “delivered” of what waits)
    ///    │ └──failed──►  failed
    ///    └────retried─────┘
    /// ```
    public func taking(_ report: NoticeReport, at: Date) throws(NoticeRefusal) -> NoticeRecord? {
        var next = self
        switch (report.kind, status) {
        case (.sent, .waiting): next.status = .sent
        case (.delivered, .waiting), (.delivered, .sent): next.status = .delivered
        // Gateways change their mind: a report of failure is often only late.
        case (.delivered, .failed): next.status = .delivered
        case (.failed, .waiting), (.failed, .sent): next.status = .failed
        case (.replied, .sent), (.replied, .delivered), (.replied, .replied), (.replied, .failed):
            guard !report.text.allSatisfy(\.isWhitespace) else { throw .textMissing }
            if status == .replied, reply == report.text { return nil }
            next.status = .replied
        case (.retried, .failed): next.status = .waiting
        case (.sent, .sent), (.sent, .delivered), (.sent, .replied), (.delivered, .delivered), (.delivered, .replied),
            (.failed, .failed):
            return nil
        default: throw .notNow(status)
        }
        next.statusAt = at
        next.nextAttemptAt = next.status == .waiting ? at : nil
        if !report.reference.isEmpty { next.reference = report.reference }
        switch report.kind {
        case .replied: next.reply = report.text
        case .failed: next.lastError = report.text
        case .retried: next.attempts = 0
        case .sent, .delivered: next.lastError = ""
        }
        return next
    }
}
