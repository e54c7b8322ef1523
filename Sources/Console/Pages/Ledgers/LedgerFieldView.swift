import Casework

/// One field of a ledger's form.
struct LedgerFieldView: Sendable {
    struct Option: Sendable {
        let optionName: String
        let optionValue: String
        let optionLabel: String
        let isChosen: Bool
    }

    let fieldName: String
    let fieldLabel: String
    let fieldNote: String?
    let fieldValue: String
    let isRequired: Bool
    let isWrong: Bool
    let isReadOnly: Bool
    let limit: Int
    let isText: Bool
    let isDay: Bool
    let isChoice: Bool
    let isChoices: Bool
    let isLines: Bool
    let isBoolean: Bool
    let isPaper: Bool
    let isShapes: Bool
    let isOn: Bool
    let isLocked: Bool
    let options: [Option]
    let paperNumber: String
    let paperDate: String
    let paperExpiry: String
    let paperFile: String

    /// - Parameter lock: why a switch that is off cannot be put on; nil for others.
    init(_ field: LedgerField, _ value: JSONValue?, wrongField: String?, lock: String?, isReadOnly: Bool, _ t: Wording) {
        fieldName = LedgerFormFields.name(field)
        fieldLabel = field.label.text(t.language)
        isOn = value?.isTrue ?? false
        isLocked = lock != nil && !isOn && !isReadOnly
        fieldNote = lock != nil && !isOn ? lock : field.note?.text(t.language)
        isRequired = field.isRequired
        isWrong = wrongField == field.key
        self.isReadOnly = isReadOnly
        isDay = field.kind == .day
        isBoolean = field.kind == .boolean
        isPaper = field.kind == .paper
        isShapes = field.kind == .shapes
        isLines = field.kind == .list || field.kind == .hours
        if case .text(let characters) = field.kind { (isText, limit) = (true, characters) } else { (isText, limit) = (false, 0) }
        switch field.kind {
        case .choice(let choices):
            (isChoice, isChoices) = (true, false)
            options = Self.options(choices, name: fieldName, chosen: [value?.text ?? ""], t)
        case .choices(let choices):
            (isChoice, isChoices) = (false, true)
            options = Self.options(choices, name: fieldName, chosen: Set(value?.items.compactMap(\.text) ?? []), t)
        default:
            (isChoice, isChoices) = (false, false)
            options = []
        }
        switch field.kind {
        case .list, .hours: fieldValue = (value?.items.compactMap(\.text) ?? []).joined(separator: "\n")
        case .shapes: fieldValue = LedgerFormFields.lines(ofShapes: value)
        default: fieldValue = value?.text ?? ""
        }
        paperNumber = value?["number"]?.text ?? ""
        paperDate = value?["date"]?.text ?? ""
        paperExpiry = value?["expiry"]?.text ?? ""
        paperFile = value?["file"]?.text ?? ""
    }

    private static func options(_ choices: [LedgerField.Choice], name: String, chosen: Set<String>, _ t: Wording) -> [Option] {
        choices.map {
            Option(
                optionName: "\(name)-\($0.id)", optionValue: $0.id, optionLabel: $0.name.text(t.language), isChosen: chosen.contains($0.id))
        }
    }
}
