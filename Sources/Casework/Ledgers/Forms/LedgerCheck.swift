/// Checks that several documents share.
enum LedgerCheck {
    static func length(_ text: String, field: String, limit: Int) -> [LedgerProblem] {
        text.count <= limit
            ? []
            : [LedgerProblem(field: field, text: BilingualText(zh: "最多 \(limit) 字。", en: "It has at most \(limit) characters."))]
    }

    static func filled(_ text: String, field: String, limit: Int) -> [LedgerProblem] {
        text.isBlank
            ? [LedgerProblem(field: field, text: BilingualText(zh: "此项必填。", en: "This is needed."))]
            : length(text, field: field, limit: limit)
    }
}
