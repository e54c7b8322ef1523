import Casework
import Foundation

/// A ledger's document as its form sends and shows it: one or more form fields for each field of the ledger.
///
/// Names: `f-key`; `f-key-number`, `-date`, `-expiry`, `-file` for a paper; `f-key-id` for each choice of several. Places are
/// lines such as `c1: 0.1,0.2 0.8,0.2 0.8,0.9`.
enum LedgerFormFields {
    static let paperParts = ["number", "date", "expiry", "file"]

    static func name(_ field: LedgerField) -> String { "f-\(field.key)" }

    /// - Throws: `Refusal` for a place that is no list of points; all else is for the ledger to judge.
    static func document(_ form: FormFields, _ book: LedgerBook) throws(Refusal) -> String {
        var members: [String: JSONValue] = [:]
        for field in book.fields { members[field.key] = try value(form, field) }
        return JSONValue.object(members).document
    }

    private static func value(_ form: FormFields, _ field: LedgerField) throws(Refusal) -> JSONValue {
        let name = name(field)
        let filled = form.filled(name)
        switch field.kind {
        case .text: return .text(filled ?? "")
        case .day: return filled.map { .text($0) } ?? .null
        case .choice(let choices): return .text(filled ?? choices.first?.id ?? "")
        case .choices(let choices): return .list(choices.filter { form["\(name)-\($0.id)"] != nil }.map { .text($0.id) })
        case .list, .hours: return .list(lines(filled).map { .text($0) })
        case .boolean: return .boolean(form[name] != nil)
        case .paper:
            let parts = paperParts.map { ($0, form.filled("\(name)-\($0)")) }
            guard parts.contains(where: { $0.1 != nil }) else { return .null }
            return .object(
                Dictionary(
                    uniqueKeysWithValues: parts.map { part, text in
                        (part, text.map { .text($0) } ?? (part == "date" || part == "expiry" ? .null : .text("")))
                    }))
        case .shapes:
            var shapes: [String: JSONValue] = [:]
            for line in lines(filled) {
                guard let (channelID, points) = shape(line), shapes[channelID] == nil else {
                    throw .invalid(
                        field.key, zh: "“\(line.prefix(60))”应如“通道: 0.1,0.2 0.8,0.2 0.8,0.9”，每路一行。",
                        en: "“\(line.prefix(60))”: write “channel: 0.1,0.2 0.8,0.2 0.8,0.9”, one line a channel.")
                }
                shapes[channelID] = .list(points.map { .list($0.map { .number($0) }) })
            }
            return .object(shapes)
        }
    }

    private static func lines(_ text: String?) -> [String] {
        (text ?? "").split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }

    private static func shape(_ line: String) -> (channelID: String, points: [[Double]])? {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        var points: [[Double]] = []
        for pair in parts[1].split(separator: " ") {
            let numbers = pair.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
            guard numbers.count == 2, let x = numbers[0], let y = numbers[1], x.isFinite, y.isFinite else { return nil }
            points.append([x, y])
        }
        return (parts[0].trimmingCharacters(in: .whitespaces), points)
    }

    /// The lines of a field of places.
    static func lines(ofShapes value: JSONValue?) -> String {
        guard case .object(let shapes) = value else { return "" }
        return shapes.sorted { $0.key < $1.key }.map { channelID, points in
            let pairs = points.items.map { $0.items.compactMap(\.number).map { String($0) }.joined(separator: ",") }
            return "\(channelID): \(pairs.joined(separator: " "))"
        }.joined(separator: "\n")
    }
}
