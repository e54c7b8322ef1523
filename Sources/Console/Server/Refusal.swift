import Casework
import HTTPTypes
import Hummingbird

/// Why a request is not done, in the asker's language: an error object in the API, a page or a line beside the field elsewhere.
struct Refusal: Error, Sendable {
    var status: HTTPResponse.Status
    /// For programs; never changed once given.
    var code: String
    var message: BilingualText
    /// The part of the request that is wrong, such as `login` or `zones[2]`.
    var field: String?
    var retryAfterSeconds: Int?
    /// A page of this console that says more; nil for none.
    var link: String?

    init(
        _ status: HTTPResponse.Status, _ code: String, zh: String, en: String, field: String? = nil,
        retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.code = code
        message = BilingualText(zh: zh, en: en)
        self.field = field
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// A value that is there and cannot be taken.
    static func invalid(_ field: String, zh: String, en: String) -> Refusal {
        Refusal(.unprocessableContent, "invalid", zh: zh, en: en, field: field)
    }

    static let notFound = Refusal(.notFound, "not-found", zh: "没有找到，可能已被移除。", en: "Not found; it may have been removed.")
    static let loginNeeded = Refusal(
        .unauthorized, "login-needed", zh: "请先登录。", en: "Log in first.")
    static let roleMissing = Refusal(
        .forbidden, "role-missing", zh: "您的角色没有这项权限。", en: "Your role does not allow this.")
    static let busy = Refusal(
        .serviceUnavailable, "busy", zh: "登录请求过多，请稍候再试。", en: "Too many log-ins at once; try again in a moment.",
        retryAfterSeconds: 2)
    static let foreignOrigin = Refusal(
        .forbidden, "foreign-origin", zh: "请求来自其他网站，已拒绝。", en: "The request comes from another site and was refused.")
    static let forged = Refusal(
        .forbidden, "csrf", zh: "页面已过期，请刷新后重试。", en: "This page is out of date; reload it and try again.")
    static let tooLarge = Refusal(
        .contentTooLarge, "too-large", zh: "内容过大。", en: "The request is too large.")
    static let internalFailure = Refusal(
        .internalServerError, "internal", zh: "系统出错，未作任何更改；原因已写入日志。",
        en: "Something failed here and nothing was changed; the log says why.")
}

extension Refusal {
    /// Any error that a handler threw, as a refusal; nil for those that are nobody's business but the log's.
    init?(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self = refusal
        case let error as CaseStoreError: self.init(error)
        case let refusal as CaseLife.Refusal: self.init(refusal)
        case let refusal as NoticeRefusal: self.init(refusal)
        case let error as HTTPError: self.init(status: error.status, words: error.body)
        case let error as any HTTPResponseError: self.init(status: error.status, words: nil)
        default: return nil
        }
    }

    private init(_ refusal: CaseLife.Refusal) {
        let status: HTTPResponse.Status =
            switch refusal {
            case .roleMissing, .certificateMissing, .certificateInvalid, .recused, .screenedByYourself, .involvedAlready,
                .otherOfficersDecision:
                .forbidden
            case .decidedAlready, .notNow, .nothingToUndo, .undoTooLate: .conflict
            case .conflictUndeclared, .ticksMissing, .reasonMissing, .noteMissing, .noteTooLong, .suggestionMissing, .dueMissing,
                .outcomeMissing, .lookMissing:
                .unprocessableContent
            }
        self.init(status, refusal.code, zh: refusal.text.zh, en: refusal.text.en, field: refusal.field)
    }

    private init(_ refusal: NoticeRefusal) {
        let status: HTTPResponse.Status =
            switch refusal {
            case .coolDown, .notNow: .conflict
            default: .unprocessableContent
            }
        self.init(status, refusal.code, zh: refusal.text.zh, en: refusal.text.en, field: refusal.field)
    }

    private init?(_ error: CaseStoreError) {
        switch error {
        case .notFound: self = .notFound
        case .exists(let what):
            self.init(.conflict, "exists", zh: "已存在：\(what)", en: "\(what) exists already.")
        case .conflict(let what):
            self.init(.conflict, "conflict", zh: "已被他人更改：\(what)", en: "Somebody else changed it first: \(what)")
        case .refused(let why): self.init(.unprocessableContent, "refused", zh: "未被接受：\(why)", en: "Refused: \(why)")
        case .diskFull:
            self.init(
                .insufficientStorage, "disk-full", zh: "磁盘已满，未能保存；已保存的内容没有丢失。",
                en: "The disk is full and this was not saved; nothing saved before is lost.")
        case .newerSchema, .locked, .readOnly, .damaged: return nil
        }
    }

    /// What the server itself refused, such as a body that is too large.
    private init(status: HTTPResponse.Status, words: String?) {
        switch status {
        case .notFound: self = .notFound
        case .contentTooLarge: self = .tooLarge
        default:
            let why = words ?? status.reasonPhrase
            self.init(status, "bad-request", zh: "请求有误：\(why)", en: "The request is wrong: \(why)")
        }
    }
}

extension HTTPResponse.Status {
    /// RFC 4918 §11.5
    static let insufficientStorage = HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
}
