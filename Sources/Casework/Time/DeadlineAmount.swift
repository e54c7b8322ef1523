public import Foundation

/// How long something may take.
public struct DeadlineAmount: Codable, Sendable, Hashable {
    public enum Unit: String, Codable, Sendable, CaseIterable {
        /// By the clock, day and night.
        case minutes
        case workingHours = "working-hours"
        /// “2, 3, 5 and 7 days” of the administrative penalty law are working days (art. 85).
        case workingDays = "working-days"
        case days, years
    }

    public var amount: Int
    public var unit: Unit

    public init(_ amount: Int, _ unit: Unit) {
        self.amount = amount
        self.unit = unit
    }

    public func due(from start: Date, in calendar: WorkingCalendar) -> Date {
        switch unit {
        case .minutes: start.addingTimeInterval(Double(amount) * 60)
        case .workingHours: calendar.adding(workingHours: Double(amount), to: start)
        case .workingDays: calendar.adding(workingDays: amount, to: start)
        case .days: calendar.adding(days: amount, to: start)
        case .years: calendar.adding(years: amount, to: start)
        }
    }

    /// nil for an amount that a deadline can have.
    var problem: String? {
        let limit =
            switch unit {
            case .minutes: 100_000
            case .workingHours, .workingDays, .days: 2_000
            case .years: 30
            }
        return (0...limit).contains(amount) ? nil : "\(amount) \(unit.rawValue): give 0 to \(limit)"
    }
}
