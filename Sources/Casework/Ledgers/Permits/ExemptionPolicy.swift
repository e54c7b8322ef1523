public import Foundation

/// Which permit, if any, makes a hit none: it stands in the permitted place, at a permitted hour, on a day on which it holds.
public struct ExemptionPolicy: Sendable, Hashable {
    public var settings: LedgerSettings
    /// Where the cameras stand.
    public var timeZone: TimeZone

    public init(settings: LedgerSettings, timeZone: TimeZone) {
        self.settings = settings
        self.timeZone = timeZone
    }

    /// Id of the permit that covers it; of several the one that ends last, for its number goes into the record.
    /// - Parameters:
    ///   - date: when the violation was confirmed: goods that stay out beyond the permitted hours are not covered any more.
    ///   - permits: those in use, by id.
    public func permit(
        covering place: IncidentPlace, violation: String, at date: Date, of permits: [String: PermitRecord]
    ) -> String? {
        permits.filter { covers($0.value, place, violation, date) }
            .max { ($0.value.validUntil?.description ?? "", $1.key) < ($1.value.validUntil?.description ?? "", $0.key) }?.key
    }

    private func covers(_ permit: PermitRecord, _ place: IncidentPlace, _ violation: String, _ date: Date) -> Bool {
        let covered = permit.violations.isEmpty ? settings.permitViolations[permit.kind] ?? [] : permit.violations
        // Hours that cannot be read cover nothing: an officer looks.
        guard covered.contains(violation), let from = permit.validFrom, let until = permit.validUntil,
            let hours = try? WeeklyHours(permit.hours), place.stands(within: permit.places)
        else { return false }
        return hours.days(of: date, in: timeZone).contains { day in from <= day && day <= until }
    }
}
