/// A document whose entries people keep by the generic ledger pages: it describes its own fields.
///
/// The JSON of a document is an object with exactly the members that `fields(_:)` names.
public protocol LedgerForm: LedgerDocument {
    /// Of the ledger as a whole.
    static var about: LedgerAbout { get }
    static func fields(_ choices: LedgerChoices) -> [LedgerField]

    /// What the entry is called where it is pointed at.
    var title: String { get }
    /// The days on which something of it ends.
    var expiries: [LedgerExpiry] { get }
    /// What is wrong with it as the successor of `old`, on a day; `problems` unless more is known.
    func problems(replacing old: Self?, on day: LocalDay) -> [LedgerProblem]
}

extension LedgerForm {
    public var expiries: [LedgerExpiry] { [] }

    public func problems(replacing old: Self?, on day: LocalDay) -> [LedgerProblem] { problems }
}

/// What a ledger is, in words.
public struct LedgerAbout: Sendable, Hashable {
    public var name: BilingualText
    /// One sentence.
    public var purpose: BilingualText

    public init(name: BilingualText, purpose: BilingualText) {
        self.name = name
        self.purpose = purpose
    }
}

/// What the choices of a form are made of: lists that are known only when the program runs.
public struct LedgerChoices: Sendable, Hashable {
    /// Of the catalogue in `Config/violations.yaml`.
    public var violations: [LedgerField.Choice]

    public init(violations: [LedgerField.Choice] = []) {
        self.violations = violations
    }

    public init(_ catalogue: ViolationCatalogue) {
        violations = catalogue.violations.map { LedgerField.Choice(id: $0.id, name: $0.name) }
    }
}

/// The last day of something that an entry holds.
public struct LedgerExpiry: Sendable, Hashable {
    /// Which field it belongs to.
    public var field: String
    /// The last day on which it holds.
    public var day: LocalDay

    public init(field: String, day: LocalDay) {
        self.field = field
        self.day = day
    }
}
