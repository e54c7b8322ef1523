public import Casework
public import Foundation
import GRDB

/// What a store's database holds, for whoever compares it with the packages.
public struct StoreInspection: Sendable {
    /// One case as its row has it.
    public struct Case: Sendable, Hashable {
        public var id: String
        public var incidentID: String
        public var channelID: String
        public var violation: String
        /// Relative to the store's evidence folder.
        public var packagePath: String
        public var manifestSHA256: String
        /// Whether retention has removed the package.
        public var isDeleted: Bool
        /// What was added to the package later, as the case's log names it.
        public var addenda: [Addendum] = []
    }

    public struct Addendum: Sendable, Hashable {
        /// Within the package.
        public var folder: String
        /// SHA-256, lower-case hex.
        public var sha256: String
    }

    public var problems: [StoreProblem] = []
    /// All cases, by id.
    public var cases: [Case] = []
    /// Whether there is a database at all.
    public var hasDatabase = true
    /// Whether its rows could be read.
    public var isReadable = true
}

extension SQLiteCaseStore {
    /// `problems()` of a store that this program does not hold, without writing to it and without its lock; none for a folder
    /// without a database. A store that is being worked on may be looked at too.
    public static func inspect(directory: URL) async throws -> [StoreProblem] {
        try await inspection(of: directory).problems
    }

    /// The same, with the rows that packages are compared with. What makes the file unreadable is a problem, and no error.
    public static func inspection(of directory: URL, life: CaseLife = CaseLife()) async throws -> StoreInspection {
        let path = directory.standardizedFileURL.path + "/xunjie.sqlite"
        guard access(path, F_OK) == 0 else { return StoreInspection(hasDatabase: false) }
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        do {
            // Of a store that was closed in order SQLite would only make files to read it.
            let isAtRest = isEmpty(path + "-wal") && isEmpty(directory.standardizedFileURL.path + "/lock")
            let queue = try DatabaseQueue(path: isAtRest ? immutable(path) : path, configuration: configuration)
            return try await queue.read { db in try inspection(db, life) }
        } catch let error as DatabaseError {
            return StoreInspection(
                problems: [StoreProblem(subject: "xunjie.sqlite", what: "\(CaseStoreError(error, path: path))")], isReadable: false)
        }
    }

    /// A log that holds nothing, a lock that nobody holds or died with; or no such file.
    private static func isEmpty(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) != 0 || status.st_size == 0
    }

    private static func immutable(_ path: String) -> String {
        "file:\(path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? path)?immutable=1"
    }

    private static func inspection(_ db: Database, _ life: CaseLife) throws -> StoreInspection {
        func refused(_ what: String) -> StoreInspection {
            StoreInspection(problems: [StoreProblem(subject: "xunjie.sqlite", what: what)], isReadable: false)
        }
        guard try Int32.fetchOne(db, sql: "PRAGMA application_id") == StoreSchema.applicationID else {
            return refused("is no store of this program")
        }
        let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard answer == "ok" else { return refused("is damaged (\(answer))") }
        let steps = try Set(String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations"))
        let known = StoreSchema.steps.map(\.name)
        guard steps.isSubset(of: known) else { return refused("was made by a newer version of this program: check it with that version") }
        guard steps.count == known.count else {
            return refused("was made by an older version of this program: open it once with this one, then check it again")
        }
        // A look's line holds it within, the others' details are the name and the hash.
        let added = try Row.fetchAll(
            db,
            sql: """
                SELECT case_id, COALESCE(json_extract(detail, '$.look.addendum'), json_extract(detail, '$.addendum')),
                    COALESCE(json_extract(detail, '$.look.addendumSHA256'), json_extract(detail, '$.sha256'))
                FROM case_events WHERE kind IN ('look', 'time-stamped', 'added') AND json_valid(detail) ORDER BY sequence
                """
        ).reduce(into: [String: [StoreInspection.Addendum]]()) { added, row in
            guard let folder = row[1] as String?, let sha256 = row[2] as String? else { return }
            added[row[0], default: []].append(StoreInspection.Addendum(folder: folder, sha256: sha256))
        }
        let cases = try Row.fetchAll(
            db, sql: "SELECT id, incident_id, channel_id, violation, package_path, manifest_sha256, deleted_at FROM cases ORDER BY id"
        ).map { row in
            StoreInspection.Case(
                id: row[0], incidentID: row[1], channelID: row[2], violation: row[3], packagePath: row[4], manifestSHA256: row[5],
                isDeleted: (row[6] as Int64?) != nil, addenda: added[row[0]] ?? [])
        }
        return StoreInspection(problems: try problems(life, db), cases: cases)
    }
}
