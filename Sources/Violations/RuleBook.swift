/// All rules in force, with the version that evidence names.
public struct RuleBook: Sendable, Hashable {
    /// Content hash of the profiles, so that two books with the same numbers have the same version.
    public let version: String
    public let person: PersonRule
    public let street: StreetRules
    private var rules: [ViolationKind: ViolationRule]
    private let nightRules: [ViolationKind: ViolationRule]

    /// - Parameter nightRules: rules that replace those of the day in infrared pictures.
    public init(
        version: String, rules: [ViolationKind: ViolationRule], nightRules: [ViolationKind: ViolationRule] = [:],
        person: PersonRule, street: StreetRules
    ) {
        self.version = version
        self.rules = rules
        self.nightRules = nightRules
        self.person = person
        self.street = street
    }

    /// The same book with another rule for `kind`, to try numbers; its version still names the book that it came from.
    public func replacing(_ rule: ViolationRule, for kind: ViolationKind) -> RuleBook {
        var book = self
        book.rules[kind] = rule
        return book
    }

    public subscript(_ kind: ViolationKind) -> ViolationRule? { rules[kind] }

    /// The rule for infrared pictures: the day's where the profile has no night part.
    public subscript(night kind: ViolationKind) -> ViolationRule? { nightRules[kind] ?? rules[kind] }
}
