import Casework
import GRDB

/// The steps that bring an empty or older store to the present form, oldest first.
///
/// ```
/// channels ─┬─< zones_versions          users ─┬─< sessions
///           ├─< channel_versions               │
///           └─< incidents ──1:1── cases >──────┘ (sessions only)
///                                   └─< case_events   (hash chain over all lines)
///                                        └─0:1─ notices   (the line that released the message)
///                                       access_log    (stands alone: a refused login has no user; one hash chain)
///
/// channels ─┬─< health_days
///           └─< faults ─< fault_notes
///
/// zones_versions ──0:1── zones_notes
///
/// cases ··> case_totals, review_times         (counts, kept by triggers; local_offsets says where days begin)
///
/// ledger_entries                              (stands alone: every version of every ledger, one hash chain)
///
/// retention_runs                              (stands alone: what retention did, one hash chain)
///
/// cases ─0:n─< external_findings               (what other patrols told, one hash chain)
/// delivery_cursors                            (how far others were told of case_events)
/// ```
///
/// A step that has shipped is never edited: SQLite keeps the text of `CREATE TABLE` with its comments, and a store in the
/// field must read like a fresh one. Add the next step instead. Every column says what it holds in a `--` comment.
package enum StoreSchema {
    /// One named step; the names of the steps applied are kept in the store.
    package struct Step: Sendable {
        package let name: String
        package let sql: String
        /// What SQL cannot do, in the same transaction.
        var then: (@Sendable (Database) throws -> Void)?
    }

    package static let steps: [Step] = [
        Step(name: "001-channels-cases-users", sql: firstStep),
        Step(name: "002-channel-registry", sql: channelRegistry),
        Step(name: "003-health", sql: healthStep),
        Step(name: "004-zones-notes", sql: zonesNotes),
        Step(name: "005-case-life", sql: caseLife),
        Step(name: "006-ledgers", sql: ledgers) { db in
            for row in try Row.fetchAll(db, sql: "SELECT * FROM users ORDER BY id") {
                let user = try SQLiteCaseStore.user(row)
                try SQLiteCaseStore.logUser(user, at: user.createdAt, db)
            }
        },
        Step(name: "007-notices", sql: notices),
        Step(name: "008-access", sql: access, then: chainAccessLog),
        Step(name: "009-retention", sql: retention),
        Step(name: "010-exchange", sql: exchange),
        // After every step that makes `cases` anew: its triggers go with the table.
        Step(name: "011-totals", sql: totals) { db in try CaseTotals.rebuild(db) },
    ]

    /// `PRAGMA application_id` of a store: the letters XJIE, so that `file` and this program tell it from other databases.
    package static let applicationID: Int32 = 0x584A_4945
}
