import Casework
import Foundation

/// Times as the store keeps them: whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Rounded to the nearest, so that a time read back and stored again stays the same.
enum StoreTime {
    /// Through the year 9999, the last that ISO 8601 writes with four digits.
    private static let milliseconds: ClosedRange<Double> = 0...253_402_300_799_999

    static func milliseconds(_ date: Date) throws(CaseStoreError) -> Int64 {
        let value = (date.timeIntervalSince1970 * 1_000).rounded()
        guard milliseconds.contains(value) else {
            throw .refused(
                "\(date.timeIntervalSince1970) s since 1970 is no time from 1970 through 9999; check the clock")
        }
        return Int64(value)
    }

    static func milliseconds(ifAny date: Date?) throws(CaseStoreError) -> Int64? {
        guard let date else { return nil }
        return try milliseconds(date)
    }

    static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }
}
