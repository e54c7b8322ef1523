import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// Why somebody looks: a code of the list and, where it needs them, words of their own.
struct AccessReason: Sendable, Hashable {
    var code: String
    var words: String

    /// As the log holds it: `training`, or `other: a question of the district's`.
    var text: String { words.isEmpty ? code : "\(code): \(words)" }

    /// The longest header or query value that is read at all: a code and the words, each character as three escaped bytes.
    private static let rawLimit = 64 + AccessRules.textLimit * 12

    /// - Throws: `Refusal` for a code that is not in the list, words that are missing, too long or hold control characters.
    init(code: String, words: String, _ rules: AccessRules) throws(Refusal) {
        guard let reason = rules.reason(code) else { throw .reasonNeeded(rules) }
        let words = words.trimmingCharacters(in: .whitespacesAndNewlines)
        guard words.count <= AccessRules.textLimit else {
            throw .invalid(
                "reason", zh: "事由说明最多 \(AccessRules.textLimit) 字。",
                en: "The words of a reason have at most \(AccessRules.textLimit) characters.")
        }
        guard !words.unicodeScalars.contains(where: { CharacterSet.controlCharacters.contains($0) }) else {
            throw .invalid("reason", zh: "事由说明须为一行文字。", en: "The words of a reason are one line of text.")
        }
        guard !reason.needsText || !words.isEmpty else {
            throw .invalid("reason", zh: "选择“\(reason.name.zh)”时请写明事由。", en: "“\(reason.name.en)” needs words of your own.")
        }
        self.code = code
        self.words = words
    }

    /// Out of the header `X-Reason` or, for programs, the query's `reason`, such as `training` or `other: a question`; what is not ASCII is escaped as
    /// in addresses (RFC 3986 §2.1). nil where neither is there.
    ///
    /// In a browser's address it does not count: a link from elsewhere must not speak for whoever follows it.
    static func given(_ request: Request, _ visit: Visit, _ rules: AccessRules) throws(Refusal) -> AccessReason? {
        let query = visit.isByCookie ? nil : request.uri.queryParameters["reason"].map(String.init)
        guard let raw = request.headers[.reason] ?? query, !raw.isEmpty else { return nil }
        guard raw.utf8.count <= rawLimit else {
            throw .invalid("reason", zh: "事由过长。", en: "The reason is too long.")
        }
        let parts = (raw.removingPercentEncoding ?? raw).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let code = parts[0].trimmingCharacters(in: .whitespaces)
        return try AccessReason(code: code, words: parts.count == 2 ? String(parts[1]) : "", rules)
    }
}

extension Refusal {
    static func reasonNeeded(_ rules: AccessRules) -> Refusal {
        let codes = rules.reasons.map(\.code).joined(separator: ", ")
        return Refusal(
            .forbidden, "reason-needed", zh: "查看或导出证据须说明事由（\(codes)）。",
            en: "A reason is needed to see or export evidence, one of: \(codes).",
            field: "reason")
    }
}
