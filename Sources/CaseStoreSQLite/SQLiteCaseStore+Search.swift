public import Casework
import Foundation
import GRDB

extension SQLiteCaseStore {
    /// More words than this, or longer ones, find nothing that fewer would not.
    private static let wordLimit = 6
    private static let letterLimit = 100
    /// Fewer letters of an id are no use to anybody.
    private static let idLetters = 4
    /// Names are few: each kind's list is read through, and at most this many of each are taken.
    private static let nameLimit = 100
    private static let caseLimit = 500

    /// Names are looked up among the channels and shops, which are few, and their cases by index; no text of a case is read through.
    public func search(_ text: String, limit: Int) async throws -> CaseSearch {
        let limit = min(max(limit, 1), Self.caseLimit)
        let words = text.split(whereSeparator: \.isWhitespace).prefix(Self.wordLimit).map { String($0.prefix(Self.letterLimit)) }
        guard !words.isEmpty else { return CaseSearch() }
        return try await read { db in
            var keys = words.count == 1 ? try Self.keys(startingWith: words[0], limit, db) : []
            let channels = try Self.channels(words, db)
            let shops = try Self.shops(words, db)
            for filter in channels.map({ CaseFilter(states: [], channelID: $0) }) + shops.map({ CaseFilter(states: [], shopID: $0) }) {
                let walk = try CaseWalk(filter, after: nil, limit: limit)
                keys.formUnion(try walk.keys(db))
            }
            let newest = keys.sorted(by: >).prefix(limit)
            return CaseSearch(
                cases: try newest.compactMap { try Self.caseRecord($0.id, db) }, channelIDs: channels, shopIDs: shops)
        }
    }

    private static func keys(startingWith text: String, _ limit: Int, _ db: Database) throws -> Set<CaseWalk.Key> {
        guard text.count >= idLetters else { return [] }
        let low = text.contains("/") ? text : text.lowercased()
        let columns = text.contains("/") ? ["package_path"] : ["id", "incident_id"]
        let arguments: StatementArguments = ["low": low, "high": low + "\u{10FFFF}", "limit": limit]
        return try columns.reduce(into: []) { keys, column in
            let rows = try Row.fetchAll(db, sql: CaseQuery.startingWith(column), arguments: arguments)
            keys.formUnion(rows.map { CaseWalk.Key(at: $0[0], id: $0[1]) })
        }
    }

    /// Those taken out of service too: their cases are still there.
    private static func channels(_ words: [String], _ db: Database) throws -> [String] {
        let conditions = words.indices.map { "(id || ' ' || name || ' ' || place) LIKE ?\($0 + 1) ESCAPE '\\'" }
        return try String.fetchAll(
            db, sql: "SELECT id FROM channels WHERE \(conditions.joined(separator: " AND ")) ORDER BY id LIMIT \(nameLimit)",
            arguments: StatementArguments(words.map(pattern)))
    }

    private static func shops(_ words: [String], _ db: Database) throws -> [String] {
        let named = "(id || ' ' || COALESCE(json_extract(document, '$.name'), ''))"
        let conditions = words.indices.map { "\(named) LIKE ?\($0 + 1) ESCAPE '\\'" }
        return try String.fetchAll(
            db,
            sql: """
                SELECT id FROM ledger_entries AS newest WHERE kind = 'shop' AND \(conditions.joined(separator: " AND "))
                    AND version = (SELECT MAX(version) FROM ledger_entries WHERE kind = newest.kind AND id = newest.id)
                ORDER BY id LIMIT \(nameLimit)
                """, arguments: StatementArguments(words.map(pattern)))
    }

    private static func pattern(_ word: String) -> String {
        var pattern = word
        for special in ["\\", "%", "_"] { pattern = pattern.replacing(special, with: "\\" + special) }
        return "%\(pattern)%"
    }
}
