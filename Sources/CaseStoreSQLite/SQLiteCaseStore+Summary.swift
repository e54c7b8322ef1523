public import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// Cost: 1 row a day and violation, and 1 a day and channel, whatever the number of cases.
    public func summary(_ days: ClosedRange<LocalDay>, channels: Set<String>?) async throws -> CaseSummary {
        let (first, last) = (days.lowerBound, days.upperBound)
        let list = try JSONText.of(channels.map { $0.sorted() } ?? [""])
        return try await read { db in
            let range: StatementArguments = ["first": first.daysSince1970, "last": last.daysSince1970]
            let scoped = range + ["channels": list]
            let rows =
                try channels == nil
                ? Row.fetchAll(db, sql: CaseQuery.totalsByViolation, arguments: range)
                : Row.fetchAll(db, sql: CaseQuery.totalsOfChannels, arguments: scoped)
            // Numbers are added up first and named last: a row has fifteen, and a season a thousand rows.
            var byViolation: [String: [Int]] = [:]
            var byDay: [Int64: [Int]] = [:]
            for row in rows {
                let counts = Self.counts(row, from: 2)
                Self.add(counts, to: &byViolation[row[1], default: Self.none])
                Self.add(counts, to: &byDay[row[0], default: Self.none])
            }
            var byChannel: [String: CaseTally] = [:]
            for row in try Row.fetchAll(db, sql: CaseQuery.totalsByChannel, arguments: range) {
                let (id, tally): (String, CaseTally) = (row[0], Self.tally(Self.counts(row, from: 1)))
                if tally.found > 0, channels?.contains(id) ?? true { byChannel[id] = tally }
            }
            let minutes = try Row.fetchAll(db, sql: CaseQuery.reviewTimes, arguments: scoped).map {
                (minutes: $0[0] as Int, cases: $0[1] as Int)
            }
            let types = byViolation.mapValues(Self.tally).filter { $0.value.found > 0 }
            let days = byDay.map { day, counts in (LocalDay(daysSince1970: day).description, Self.tally(counts)) }
            return CaseSummary(
                from: first, to: last, total: types.values.reduce(into: CaseTally()) { $0 += $1 }, byViolation: types,
                byChannel: byChannel, byDay: Dictionary(uniqueKeysWithValues: days.filter { $0.1.found > 0 }),
                reviews: ReviewTimes(minutes: minutes))
        }
    }

    /// A row's counting columns but the first, which is the sum of the states'.
    private static let none = Array(repeating: 0, count: CaseTotals.columns.count)

    private static func counts(_ row: Row, from place: Int) -> [Int] {
        none.indices.map { row[place + 1 + $0] }
    }

    private static func add(_ counts: [Int], to sums: inout [Int]) {
        for index in counts.indices { sums[index] += counts[index] }
    }

    private static func tally(_ counts: [Int]) -> CaseTally {
        CaseTally(Dictionary(uniqueKeysWithValues: zip(CaseState.allCases, counts)), corrected: counts.last ?? 0)
    }
}

extension LocalDay {
    fileprivate var daysSince1970: Int64 { Int64((start(in: .gmt).timeIntervalSince1970 / 86_400).rounded()) }

    fileprivate init(daysSince1970 days: Int64) {
        self.init(Date(timeIntervalSince1970: Double(days) * 86_400), in: .gmt)
    }
}
