import Casework
import Foundation
import GRDB

/// The rows of `case_totals` and `review_times`: how they are counted anew, and read.
enum CaseTotals {
    /// The counting columns after `cases`, each with what a case must be to be counted.
    static let columns: [(name: String, condition: String)] =
        CaseState.allCases.map { (column(of: $0), "state = '\($0.rawValue)'") }
        + [("corrected", "state = 'closed' AND COALESCE(outcome, '') IN (\(outcomes))")]

    static let names = (["cases"] + columns.map(\.name)).joined(separator: ", ")

    /// Sums of all counting columns.
    static let sums = (["cases"] + columns.map(\.name)).map { "SUM(\($0)) AS \($0)" }.joined(separator: ", ")

    private static let outcomes = CaseAction.Outcome.allCases.filter(\.isCorrection).map { "'\($0.rawValue)'" }.joined(separator: ", ")

    static func column(of state: CaseState) -> String { state.rawValue.replacing("-", with: "_") }

    /// What `cut = 'both'` must hold.
    private static let recount = """
        SELECT 'both' AS cut, \(StoreSchema.day(of: "cases")) AS day, channel_id, violation, COUNT(*),
            \(columns.map { "SUM(\($0.condition))" }.joined(separator: ", "))
        FROM cases GROUP BY day, channel_id, violation
        """

    /// What the other cuts must hold, given that one.
    private static let rollUps = [
        "SELECT 'channel' AS cut, day, channel_id, '' AS violation, \(sums) FROM case_totals WHERE cut = 'both' GROUP BY day, channel_id",
        "SELECT 'violation' AS cut, day, '' AS channel_id, violation, \(sums) FROM case_totals WHERE cut = 'both' GROUP BY day, violation",
        "SELECT 'store' AS cut, 0 AS day, '' AS channel_id, violation, \(sums) FROM case_totals WHERE cut = 'both' GROUP BY violation",
    ]

    private static let reviewRecount = """
        SELECT channel_id, \(StoreSchema.day(of: "reviewed")) AS day, \(StoreSchema.minutes(of: "reviewed")) AS minutes, COUNT(*) AS cases
        FROM (SELECT channel_id, created_at, json_extract(standing, '$.decision.at') AS decided_at FROM cases) AS reviewed
        WHERE decided_at IS NOT NULL GROUP BY channel_id, day, minutes
        """

    private static let reviewRollUp = """
        SELECT '' AS channel_id, day, minutes, SUM(cases) FROM review_times WHERE channel_id <> '' GROUP BY day, minutes
        """

    /// Counts all cases anew: seconds for a million.
    static func rebuild(_ db: Database) throws {
        try db.execute(sql: "DELETE FROM case_totals; DELETE FROM review_times")
        for select in [recount] + rollUps { try db.execute(sql: "INSERT INTO case_totals \(select)") }
        for select in [reviewRecount, reviewRollUp] { try db.execute(sql: "INSERT INTO review_times \(select)") }
    }

    /// Makes days begin where the zone's do; counts anew if that is another place than before.
    static func useZone(_ zone: TimeZone, _ db: Database) throws {
        let wanted = offsets(of: zone)
        let stored = try Row.fetchAll(db, sql: "SELECT from_ms, offset_ms FROM local_offsets ORDER BY from_ms").map { row in
            Offset(from: row[0], offset: row[1])
        }
        guard wanted != stored else { return }
        try db.execute(sql: "DELETE FROM local_offsets")
        for row in wanted {
            try db.execute(sql: "INSERT INTO local_offsets VALUES (?, ?)", arguments: [row.from, row.offset])
        }
        try rebuild(db)
    }

    private struct Offset: Equatable {
        var from: Int64
        var offset: Int64
    }

    /// The zone's offsets from 2020, before which there were no cases, to 2100.
    private static func offsets(of zone: TimeZone) -> [Offset] {
        var moment = Date(timeIntervalSince1970: 1_577_836_800)
        let end = Date(timeIntervalSince1970: 4_102_444_800)
        var offsets = [Offset(from: 0, offset: Int64(zone.secondsFromGMT(for: moment)) * 1_000)]
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next > moment, next < end {
            offsets.append(
                Offset(from: Int64(next.timeIntervalSince1970 * 1_000), offset: Int64(zone.secondsFromGMT(for: next)) * 1_000))
            moment = next
        }
        return offsets
    }

    // MARK: Checking

    /// Rows that are not what a count of all cases gives.
    static func problems(_ db: Database) throws -> [StoreProblem] {
        var problems: [StoreProblem] = []
        let name: (Row) -> String = { row in
            "case_totals \(row["cut"] as String) of day \(row["day"] as Int64)"
                + [row["channel_id"] as String, row["violation"]].filter { !$0.isEmpty }.map { ", \($0)" }.joined()
        }
        for (cut, select) in zip(["both", "channel", "violation", "store"], [recount] + rollUps) {
            problems += try differences(
                select, "SELECT * FROM case_totals WHERE cut = '\(cut)'", keyColumns: 4, db, named: name)
        }
        for (condition, select) in [("<>", reviewRecount), ("=", reviewRollUp)] {
            problems += try differences(
                select, "SELECT * FROM review_times WHERE channel_id \(condition) ''", keyColumns: 3, db
            ) { row in
                "review_times \(row["channel_id"] as String) of day \(row["day"] as Int64), \(row["minutes"] as Int64) minutes"
            }
        }
        return problems
    }

    private static func differences(
        _ expected: String, _ stored: String, keyColumns: Int, _ db: Database, named name: (Row) -> String
    ) throws -> [StoreProblem] {
        var left: [[DatabaseValue]: [DatabaseValue]] = [:]
        var names: [[DatabaseValue]: String] = [:]
        let rows = try Row.fetchCursor(db, sql: expected)
        while let row = try rows.next() {
            let values = Array(row.databaseValues)
            left[Array(values.prefix(keyColumns))] = Array(values.dropFirst(keyColumns))
            names[Array(values.prefix(keyColumns))] = name(row)
        }
        var problems: [StoreProblem] = []
        func report(_ subject: String) {
            problems.append(StoreProblem(subject: subject, what: "was edited: it is not what a count of the cases gives"))
        }
        let found = try Row.fetchCursor(db, sql: stored)
        while let row = try found.next() {
            let values = Array(row.databaseValues)
            let key = Array(values.prefix(keyColumns))
            let counts = Array(values.dropFirst(keyColumns))
            let told = left.removeValue(forKey: key)
            // What was counted out again leaves zeros.
            if told != counts, told != nil || counts.contains(where: { $0 != 0.databaseValue }) { report(name(row)) }
        }
        // A count of nothing but zeros, as of no minutes, is never among those told.
        for key in left.keys { report(names[key] ?? "case_totals") }
        return problems.sorted { $0.subject < $1.subject }
    }
}

extension CaseAction.Outcome {
    /// Whether the violation was put right.
    var isCorrection: Bool {
        switch self {
        case .corrected, .firstOffence, .minor: true
        case .dropped, .withdrawn, .revoked: false
        }
    }
}
