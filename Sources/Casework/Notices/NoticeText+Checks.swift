extension NoticeText {
    /// Whether it can go out at all: recipient, text and medium.
    public func check() throws(NoticeRefusal) {
        guard let known = NoticeTemplate.Medium(rawValue: medium) else { throw .unknownTemplate(template) }
        guard !recipient.isBlank else { throw .recipientMissing }
        guard !text.isBlank else { throw .textMissing }
        guard text.count <= NoticeTemplate.textLimit else { throw .textTooLong(characters: text.count) }
        guard known != .paper else {
            if recipient.count > 100 { throw .recipientMalformed }
            return
        }
        let digits = recipient.filter { ("0"..."9").contains($0) }.count
        guard (5...20).contains(digits), recipient.allSatisfy({ ("0"..."9").contains($0) || "+- ".contains($0) }) else {
            throw .recipientMalformed
        }
    }

    /// The recipient with most of a number hidden: `138****5678`; a name keeps its first letter.
    public var maskedRecipient: String {
        guard recipient.count > 7 else { return recipient.prefix(1) + "**" }
        return recipient.prefix(3) + "****" + recipient.suffix(4)
    }
}
