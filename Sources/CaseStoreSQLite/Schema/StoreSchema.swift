/// The steps that bring an empty or older store to the present form, oldest first.
///
/// ```
/// channels ─┬─< zones_versions          users ─┬─< sessions
///           ├─< channel_versions               │
///           └─< incidents ──1:1── cases >──────┘ (decided_by)
///                                   └─< case_events   (hash chain over all lines)
///                                       access_log    (stands alone: a refused login has no user)
///
/// channels ─┬─< health_days
///           └─< faults ─< fault_notes
///
/// zones_versions ──0:1── zones_notes
/// ```
///
/// A step that has shipped is never edited: SQLite keeps the text of `CREATE TABLE` with its comments, and a store in the
/// field must read like a fresh one. Add the next step instead. Every column says what it holds in a `--` comment.
package enum StoreSchema {
    /// One named step; the names of the steps applied are kept in the store.
    package struct Step: Sendable {
        package let name: String
        package let sql: String
    }

    package static let steps: [Step] = [
        Step(name: "001-channels-cases-users", sql: firstStep),
        Step(name: "002-channel-registry", sql: channelRegistry),
        Step(name: "003-health", sql: healthStep),
        Step(name: "004-zones-notes", sql: zonesNotes),
    ]

    /// `PRAGMA application_id` of a store: the letters XJIE, so that `file` and this program tell it from other databases.
    package static let applicationID: Int32 = 0x584A_4945
}
