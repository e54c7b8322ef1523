public import Foundation

/// Why a message cannot go out; nothing has changed.
public enum NoticeRefusal: Error, Sendable, Hashable {
    /// The same shop or number got a message a short while ago; an order is possible all the same.
    case coolDown(until: Date)
    case unknownTemplate(String)
    case wrongTemplate(String, CaseAction.Kind)
    case recipientMissing
    /// Is no telephone number.
    case recipientMalformed
    case textMissing
    case textTooLong(characters: Int)
    case factsMissing(template: String, [NoticeTemplate.Placeholder])
    /// Messages go with reminders and orders only.
    case noMessage(CaseAction.Kind)
    /// The message is not where this could be reported of it.
    case notNow(NoticeRecord.Status)

    /// Stable, for clients.
    public var code: String {
        switch self {
        case .coolDown: "cool-down"
        case .unknownTemplate: "unknown-template"
        case .wrongTemplate: "wrong-template"
        case .recipientMissing: "recipient-missing"
        case .recipientMalformed: "recipient-malformed"
        case .textMissing: "text-missing"
        case .textTooLong: "text-too-long"
        case .factsMissing: "facts-missing"
        case .noMessage: "no-message"
        case .notNow: "notice-not-now"
        }
    }

    public var text: BilingualText {
        switch self {
        case .coolDown(let until):
            let time = until.formatted(.iso8601.timeZone(separator: .colon))
            return BilingualText(
                zh: "该商户（号码）刚收到过提醒，\(time) 前不再重复发送；确有必要的，请改用“责令改正”。",
                en: "This shop or number got a message a short while ago; none goes again before \(time). Use an order if it must.")
        case .unknownTemplate(let id):
            return BilingualText(zh: "没有模板“\(id)”。", en: "There is no template “\(id)”.")
        case .wrongTemplate(let id, let kind):
            return BilingualText(
                zh: "模板“\(id)”不用于“\(kind.name.zh)”或本类事项。", en: "Template “\(id)” is not for “\(kind.name.en)” or this violation.")
        case .recipientMissing: return BilingualText(zh: "请填写接收人。", en: "The recipient is missing.")
        case .recipientMalformed:
            return BilingualText(zh: "接收号码须为 5–20 位数字，可有 + 或 -。", en: "The number has 5 to 20 digits, with + or - where needed.")
        case .textMissing: return BilingualText(zh: "消息内容为空。", en: "The message is empty.")
        case .textTooLong(let count):
            return BilingualText(
                zh: "消息有 \(count) 字，最多 \(NoticeTemplate.textLimit) 字。",
                en: "The message has \(count) characters; at most \(NoticeTemplate.textLimit) are sent.")
        case .factsMissing(_, let places):
            let names = places.map { "{\($0.rawValue)}" }.joined(separator: " ")
            return BilingualText(zh: "模板中的 \(names) 无法填写，请补充。", en: "Nothing is known for \(names) of the template; fill it in.")
        case .noMessage(let kind): return BilingualText(zh: "“\(kind.name.zh)”不发送消息。", en: "No message goes with “\(kind.name.en)”.")
        case .notNow(let status):
            return BilingualText(
                zh: "该消息状态为“\(status.name.zh)”，不能这样登记。", en: "The message is \(status.name.en); this cannot be said of it.")
        }
    }

    /// The field of the action that is wrong; nil where none is.
    public var field: String? {
        switch self {
        case .coolDown, .noMessage, .notNow: nil
        case .unknownTemplate, .wrongTemplate, .factsMissing: "notice.template"
        case .recipientMissing, .recipientMalformed: "notice.recipient"
        case .textMissing, .textTooLong: "notice.text"
        }
    }
}

extension NoticeRefusal: CustomStringConvertible {
    public var description: String { text.en }
}
