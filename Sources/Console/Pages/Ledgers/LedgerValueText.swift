import Casework

/// A value of a ledger's document in a few words, for tables and lists of changes.
enum LedgerValueText {
    static func text(_ value: JSONValue?, _ field: LedgerField, _ t: Wording) -> String {
        let none = t[.ledgerNothing]
        switch field.kind {
        case .text, .day: return value?.text.flatMap { $0.isEmpty ? nil : $0 } ?? none
        case .choice(let choices): return value?.text.map { name($0, choices, t) } ?? none
        case .choices(let choices): return joined(value?.items.compactMap(\.text).map { name($0, choices, t) } ?? [], none, t)
        case .list, .hours: return joined(value?.items.compactMap(\.text) ?? [], none, t)
        case .boolean: return t[value?.isTrue == true ? .ledgerYes : .ledgerNo]
        case .paper:
            guard case .object = value else { return none }
            let number = value?["number"]?.text ?? ""
            guard let expiry = value?["expiry"]?.text else { return number }
            return t.text(.ledgerPaperText, ["number": number, "day": expiry])
        case .shapes:
            guard case .object(let shapes) = value, !shapes.isEmpty else { return none }
            return joined(shapes.keys.sorted(), none, t)
        }
    }

    private static func name(_ id: String, _ choices: [LedgerField.Choice], _ t: Wording) -> String {
        choices.first { $0.id == id }?.name.text(t.language) ?? id
    }

    private static func joined(_ parts: [String], _ none: String, _ t: Wording) -> String {
        parts.isEmpty ? none : parts.joined(separator: t[.listSeparator])
    }
}
