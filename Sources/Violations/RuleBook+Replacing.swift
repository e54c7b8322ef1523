extension RuleBook {
    /// The same book with another rule for `kind`, to try numbers; its version still names the book that it came from.
    public func replacing(_ rule: ViolationRule, for kind: ViolationKind) -> RuleBook {
        var book = self
        book.rules[kind] = rule
        return book
    }
}
