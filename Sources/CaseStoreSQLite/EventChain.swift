import Casework
import Crypto
import Foundation
import GRDB

/// The hash chain over all lines of `case_events`.
///
/// A line's hash is SHA-256 over these texts in order, each written as its length in UTF-8 bytes in decimal, a colon and
/// its bytes (so that no two different lines make the same input): the hash of the line before (64 zeros before the first),
/// sequence, case id, time in milliseconds, actor, kind, detail. Anyone can recompute it with a short script.
///
/// The chain shows a line that was changed, taken out, put in or cut off the end. It cannot show a log whose whole tail was
/// rewritten together with its hashes by someone who can write the file; comparing with a hash kept elsewhere does.
enum EventChain {
    static let origin = String(repeating: "0", count: 64)

    static func hash(
        previous: String, sequence: Int64, caseID: String, atMilliseconds: Int64, actor: String, kind: String,
        detail: String
    ) -> String {
        var sha = SHA256()
        for field in [previous, String(sequence), caseID, String(atMilliseconds), actor, kind, detail] {
            let bytes = Data(field.utf8)
            sha.update(data: Data("\(bytes.count):".utf8))
            sha.update(data: bytes)
        }
        return sha.finalize().map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }

    /// Appends one line within the caller's transaction.
    static func append(
        _ db: Database, caseID: String, at: Date, actor: String, kind: String, detail: String
    ) throws {
        let last = try String.fetchOne(db, sql: "SELECT hash FROM case_events ORDER BY sequence DESC LIMIT 1") ?? origin
        // One more than was ever given, not than is there: a line written after lines were cut off must not fill their place.
        let sequence = try highestSequence(db) + 1
        let milliseconds = try StoreTime.milliseconds(at)
        let hash = hash(
            previous: last, sequence: sequence, caseID: caseID, atMilliseconds: milliseconds, actor: actor, kind: kind,
            detail: detail)
        try db.execute(
            sql: """
                INSERT INTO case_events (sequence, case_id, at, actor, kind, detail, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [sequence, caseID, milliseconds, actor, kind, detail, hash])
    }

    /// The first sequence number at which the log does not stand; nil if all of it does.
    static func firstBroken(_ db: Database) throws -> Int64? {
        var previous = origin
        var expected: Int64 = 1
        let rows = try Row.fetchCursor(
            db, sql: "SELECT sequence, case_id, at, actor, kind, detail, hash FROM case_events ORDER BY sequence")
        while let row = try rows.next() {
            let sequence: Int64 = row["sequence"]
            guard sequence == expected else { return min(sequence, expected) }
            let stored: String = row["hash"]
            let recomputed = hash(
                previous: previous, sequence: sequence, caseID: row["case_id"], atMilliseconds: row["at"],
                actor: row["actor"], kind: row["kind"], detail: row["detail"])
            guard stored == recomputed else { return sequence }
            previous = stored
            expected += 1
        }
        return try highestSequence(db) >= expected ? expected : nil
    }

    private static func highestSequence(_ db: Database) throws -> Int64 {
        try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'case_events'") ?? 0
    }
}
