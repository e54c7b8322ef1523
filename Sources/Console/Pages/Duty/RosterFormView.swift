import Casework
import Foundation

/// The form of one entry of the roster.
struct RosterFormPage: Sendable {
    /// nil for a new one.
    var id: String?
    /// The version that the form was filled from; 0 for a new one.
    var version: Int
    var fields: RosterFields
    var grids: [GridTree.Node]
    var failure: String?
}

struct RosterFormView: Sendable {
    struct DayBox: Sendable {
        let dayName: String
        let dayField: String
        let isTicked: Bool
    }

    struct ShiftRow: Sendable {
        let days: [DayBox]
        let hoursField: String
        let hours: String
    }

    struct GridChoice: Sendable {
        let gridCode: String
        let gridLabel: String
        let isChosen: Bool
    }

    let t: Wording
    let frame: PageFrame
    let title: String
    let failure: String?
    let action: String
    let version: String
    let isExisting: Bool
    let grids: [GridChoice]
    let name: String
    let unit: String
    let telephone: String
    let shifts: [ShiftRow]
    let exceptions: String

    init(_ model: RosterFormPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        title = t[model.id == nil ? .rosterNew : .rosterEdit]
        frame = PageFrame(context, page: "roster", title: title, place: "/ledgers")
        failure = model.failure
        action = "/grid/roster" + (model.id.map { "/\(FormFields.encode($0))" } ?? "")
        version = String(model.version)
        isExisting = model.id != nil
        grids = model.grids.map {
            GridChoice(gridCode: $0.code, gridLabel: GridLabel.text($0, t), isChosen: $0.code == model.fields.grid)
        }
        name = model.fields.name
        unit = model.fields.unit
        telephone = model.fields.telephone
        shifts = model.fields.shifts.enumerated().map { index, shift in
            ShiftRow(
                days: Weekday.allCases.map {
                    DayBox(dayName: $0.name.text(t.language), dayField: "\($0.rawValue)-\(index)", isTicked: shift.days.contains($0))
                }, hoursField: "hours-\(index)", hours: shift.hours)
        }
        exceptions = model.fields.exceptions
    }
}

/// The roster form's fields as they were typed.
struct RosterFields: Sendable {
    struct Shift: Sendable {
        var days: Set<Weekday> = []
        var hours = ""
    }

    /// Rows beyond those that are filled.
    private static let emptyRows = 2
    private static let rowLimit = 20

    var grid = ""
    var name = ""
    var unit = ""
    var telephone = ""
    var shifts = Array(repeating: Shift(), count: emptyRows)
    var exceptions = ""

    init(grid: String) {
        self.grid = grid
    }

    init(_ document: RosterDocument) {
        grid = document.grid
        name = document.name
        unit = document.unit
        telephone = document.telephone
        shifts =
            document.weekly.map { Shift(days: Set($0.days), hours: $0.hours.description) }
            + Array(repeating: Shift(), count: Self.emptyRows)
        exceptions = document.exceptions.map { "\($0.day) \($0.hours?.description ?? "off")" }.joined(separator: "\n")
    }

    init(_ form: FormFields) {
        grid = form.filled("grid") ?? ""
        name = form.filled("name") ?? ""
        unit = form.filled("unit") ?? ""
        telephone = form.filled("telephone") ?? ""
        shifts = (0..<Self.rowLimit + Self.emptyRows).map { index in
            Shift(
                days: Set(Weekday.allCases.filter { form["\($0.rawValue)-\(index)"] != nil }), hours: form.filled("hours-\(index)") ?? "")
        }
        while shifts.count > Self.emptyRows, let last = shifts.last, last.days.isEmpty, last.hours.isEmpty { shifts.removeLast() }
        exceptions = form.filled("exceptions") ?? ""
    }

    /// - Throws: `Refusal` that names the field which cannot be read.
    func document() throws(Refusal) -> RosterDocument {
        var weekly: [RosterDocument.Shift] = []
        for shift in shifts where !shift.days.isEmpty || !shift.hours.isEmpty {
            guard let hours = ClockSpan(shift.hours) else {
                throw .invalid(
                    "weekly", zh: "时段“\(shift.hours.prefix(40))”无法识别，请写作 08:30-17:30。",
                    en: "The hours “\(shift.hours.prefix(40))” cannot be read; write them as 08:30-17:30.")
            }
            weekly.append(RosterDocument.Shift(days: Weekday.allCases.filter(shift.days.contains), hours: hours))
        }
        var days: [RosterDocument.Exception] = []
        for line in exceptions.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            let parts = line.split(separator: " ", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            let isOff = parts.count == 2 && ["off", "休"].contains(parts[1])
            let hours = parts.count == 2 ? ClockSpan(parts[1]) : nil
            guard parts.count == 2, let day = LocalDay(parts[0]), isOff || hours != nil else {
                throw .invalid(
                    "exceptions", zh: "“\(line.prefix(40))”无法识别，请写作 2026-12-24 休 或 2026-12-25 09:00-12:00。",
                    en: "“\(line.prefix(40))” cannot be read; write 2026-12-24 off or 2026-12-25 09:00-12:00.")
            }
            days.append(RosterDocument.Exception(day: day, hours: hours))
        }
        return RosterDocument(grid: grid, name: name, unit: unit, telephone: telephone, weekly: weekly, exceptions: days)
    }
}

/// Shifts in words.
enum RosterText {
    static func line(_ shift: RosterDocument.Shift, _ t: Wording) -> String {
        let days = shift.days.map { $0.name.text(t.language) }.joined(separator: t.language == .zh ? "、" : ", ")
        return "\(days) \(shift.hours)"
    }
}
