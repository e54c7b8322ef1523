import Casework
import Crypto
import Foundation
import GRDB

/// The hash chain over all lines of an append-only table.
///
/// A line's hash is SHA-256 over these texts in order, each written as its length in UTF-8 bytes in decimal, a colon and
/// its bytes (so that no two different lines make the same input): the hash of the line before (64 zeros before the first),
/// sequence, then the table's columns. Anyone can recompute it with a short script.
///
/// The chain shows a line that was changed, taken out, put in or cut off the end. It cannot show a log whose whole tail was
/// rewritten together with its hashes by someone who can write the file; comparing with a hash kept elsewhere does.
struct HashChain: Sendable {
    static let origin = String(repeating: "0", count: 64)

    /// The table, with columns `sequence` (AUTOINCREMENT) and `hash` beside those below.
    let table: String
    /// The hashed columns after `sequence`, in order. Numbers are hashed as decimal text, NULL as nothing.
    let columns: [String]

    static let caseEvents = HashChain(table: "case_events", columns: ["case_id", "at", "actor", "kind", "detail"])
    static let retentionRuns = HashChain(table: "retention_runs", columns: ["kind", "actor", "at", "detail"])
    static let externals = HashChain(
        table: "external_findings",
        columns: ["source", "id", "violation", "at", "finding", "received_at", "duplicate_case", "duplicate_of"])
    static let ledger = HashChain(
        table: "ledger_entries", columns: ["kind", "id", "version", "document", "is_retired", "author", "at"])
    static let access = HashChain(
        table: "access_log", columns: ["at", "user_id", "unit", "action", "subject", "reason", "address"])

    static func hash(previous: String, sequence: Int64, fields: [String]) -> String {
        var sha = SHA256()
        for field in [previous, String(sequence)] + fields {
            let bytes = Data(field.utf8)
            sha.update(data: Data("\(bytes.count):".utf8))
            sha.update(data: bytes)
        }
        return sha.finalize().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Appends one line within the caller's transaction; `values` in the order of `columns`.
    @discardableResult
    func append(_ db: Database, _ values: [any DatabaseValueConvertible]) throws -> (sequence: Int64, hash: String) {
        let last = try String.fetchOne(db, sql: "SELECT hash FROM \(table) ORDER BY sequence DESC LIMIT 1") ?? Self.origin
        // One more than was ever given, not than is there: a line written after lines were cut off must not fill their place.
        let sequence = try highestSequence(db) + 1
        let stored = values.map(\.databaseValue)
        let hash = Self.hash(previous: last, sequence: sequence, fields: stored.map(Self.text))
        let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
        try db.execute(
            sql: "INSERT INTO \(table) (sequence, \(columns.joined(separator: ", ")), hash) VALUES (\(marks))",
            arguments: StatementArguments([sequence.databaseValue] + stored + [hash.databaseValue]))
        return (sequence, hash)
    }

    /// The first sequence number at which the log does not stand; nil if all of it does.
    func firstBroken(_ db: Database) throws -> Int64? {
        var previous = Self.origin
        var expected: Int64 = 1
        let rows = try Row.fetchCursor(
            db, sql: "SELECT sequence, hash, \(columns.joined(separator: ", ")) FROM \(table) ORDER BY sequence")
        while let row = try rows.next() {
            let sequence: Int64 = row[0]
            guard sequence == expected else { return min(sequence, expected) }
            let stored: String = row[1]
            let fields = (2..<(2 + columns.count)).map { Self.text(row[$0] as DatabaseValue) }
            guard stored == Self.hash(previous: previous, sequence: sequence, fields: fields) else { return sequence }
            previous = stored
            expected += 1
        }
        return try highestSequence(db) >= expected ? expected : nil
    }

    private func highestSequence(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = ?", arguments: [table]) ?? 0
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .null: ""
        case .int64(let number): String(number)
        case .double(let number): String(number)
        case .string(let text): text
        case .blob(let bytes): bytes.base64EncodedString()
        }
    }
}
