/// One field of a ledger's entry, as forms, tables and lists of versions show it.
public struct LedgerField: Sendable, Hashable {
    /// How the field is entered and what its JSON value is.
    public enum Kind: Sendable, Hashable {
        /// A line of text of at most `limit` characters.
        case text(limit: Int)
        /// A `LocalDay`, or null.
        case day
        /// One of these, by its id.
        case choice([Choice])
        /// Any of these, by their ids; a list of texts.
        case choices([Choice])
        /// Lines of text; a list.
        case list
        /// `LedgerShapes`: for each channel a polygon on its picture.
        case shapes
        /// Lines of `WeeklyHours`; a list of texts.
        case hours
        case boolean
        /// A `LedgerPaper`, or null.
        case paper
    }

    public struct Choice: Sendable, Hashable {
        public var id: String
        public var name: BilingualText

        public init(id: String, name: BilingualText) {
            self.id = id
            self.name = name
        }
    }

    /// Member of the document's JSON object, and name of the form's field.
    public var key: String
    public var label: BilingualText
    /// One sentence for whoever fills it in.
    public var note: BilingualText?
    public var kind: Kind
    public var isRequired: Bool
    /// Whether the ledger's table has a column of it.
    public var isInTable: Bool

    public init(
        _ key: String, zh: String, en: String, note: BilingualText? = nil, _ kind: Kind, isRequired: Bool = false, isInTable: Bool = false
    ) {
        self.key = key
        label = BilingualText(zh: zh, en: en)
        self.note = note
        self.kind = kind
        self.isRequired = isRequired
        self.isInTable = isInTable
    }
}
