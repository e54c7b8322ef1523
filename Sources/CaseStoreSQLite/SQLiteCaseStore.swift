public import Casework
public import Foundation
package import GRDB
import Synchronization

/// The case store of one machine: an SQLite file in WAL mode, one writer, several readers.
///
/// `StoreSchema` holds the tables. A function returns once its transaction is on the disk (`synchronous = FULL`: the log is
/// fsynced on each commit). All times are kept in whole milliseconds. References are enforced: an incident needs its channel,
/// a case its incident, a decision its user.
///
/// Safe to use from any task; waits happen on GRDB's own queues, never on the cooperative pool.
public final class SQLiteCaseStore: CaseStore {
    /// The database file.
    public let path: String
    package let pool: DatabasePool
    let life: CaseLife
    let coolDown: CoolDown
    let now: @Sendable () -> Date
    private let lock: StoreLock
    private let isClosed = Mutex(false)

    private init(
        path: String, pool: DatabasePool, lock: StoreLock, life: CaseLife, coolDown: CoolDown, now: @escaping @Sendable () -> Date
    ) {
        self.path = path
        self.pool = pool
        self.lock = lock
        self.life = life
        self.coolDown = coolDown
        self.now = now
    }

    /// Opens `<directory>/xunjie.sqlite`, made if it is not there (folder mode 0700, file mode 0600: it holds camera passwords),
    /// and brings its schema to the present form.
    ///
    /// After a process died with the store open, the file is checked first (`PRAGMA quick_check`: its time grows with the file).
    ///
    /// - Parameters:
    ///   - directory: The store's folder; one process at a time holds it, by a lock on `<directory>/lock`.
    ///   - life: The rules by which cases move.
    ///   - timeZone: Where the days of the totals begin; nil leaves them as they are (UTC+8 in a new store).
    ///   - coolDown: For how long a shop or a number gets no second reminder.
    ///   - now: Tells which sessions have expired.
    /// - Throws: `CaseStoreError`: `.locked`, `.newerSchema`, `.readOnly`, `.diskFull`, `.damaged`.
    public static func open(
        directory: URL, life: CaseLife = CaseLife(), timeZone: TimeZone? = nil, coolDown: CoolDown = CoolDown(),
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws -> SQLiteCaseStore {
        let folder = directory.standardizedFileURL.path
        let path = folder + "/xunjie.sqlite"
        try makeFolder(directory.standardizedFileURL)
        let lock = try StoreLock(folder: folder)
        do {
            try makeFile(path)
            let pool = try openPool(path)
            do {
                try prepare(pool, path: path, check: lock.previousHolderDied)
                if let timeZone { try pool.write { db in try CaseTotals.useZone(timeZone, db) } }
            } catch {
                try? pool.close()
                throw error
            }
            return SQLiteCaseStore(path: path, pool: pool, lock: lock, life: life, coolDown: coolDown, now: now)
        } catch {
            // Nothing was written that a check would look at, unless the last holder died: then its mark must stay.
            lock.release(inOrder: !lock.previousHolderDied)
            throw CaseStoreError(error, path: path)
        }
    }

    /// Waits for what is under way, folds the log into the file and lets other processes open the store.
    ///
    /// Doing it twice is allowed. Every other function throws `CaseStoreError.refused` afterwards.
    public func close() throws {
        let wasClosed = isClosed.withLock { closed in
            defer { closed = true }
            return closed
        }
        guard !wasClosed else { return }
        do {
            try pool.writeWithoutTransaction { db in
                _ = try db.checkpoint(.truncate)
            }
            try pool.close()
            lock.release(inOrder: true)
        } catch {
            try? pool.close()
            lock.release(inOrder: false)
            throw CaseStoreError(error, path: path)
        }
    }

    // MARK: Opening

    /// Makes the folder and those above it, each on the disk before the next.
    private static func makeFolder(_ folder: URL) throws(CaseStoreError) {
        let (path, parent) = (folder.path, folder.deletingLastPathComponent())
        var code = mkdir(path, 0o700) == 0 ? 0 : errno
        if code == ENOENT, parent.path != path {
            try makeFolder(parent)
            code = mkdir(path, 0o700) == 0 ? 0 : errno
        }
        guard code != EEXIST else { return }
        guard code == 0 else { throw FileProblem(errno: code, path: path).error }
        let descriptor = Foundation.open(parent.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = Foundation.close(descriptor)
    }

    /// Makes the file before SQLite does, which would let everybody read it, and finds out whether it can be written.
    private static func makeFile(_ path: String) throws {
        let descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileProblem(errno: errno, path: path).error }
        _ = Foundation.close(descriptor)
    }

    private static func openPool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.label = "CaseStore"
        configuration.foreignKeysEnabled = true
        // Only a tool such as sqlite3 can hold the file for a moment: other processes are kept out by the lock.
        configuration.busyMode = .timeout(5)
        configuration.prepareDatabase { db in
            // Without this, INSERT OR REPLACE would replace a line of an append-only table past its triggers.
            try db.execute(sql: "PRAGMA recursive_triggers = ON")
        }
        let pool = try DatabasePool(path: path, configuration: configuration)
        // GRDB sets NORMAL for WAL, by which the last commits may be gone after a power cut.
        try pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
        }
        return pool
    }

    private static func prepare(_ pool: DatabasePool, path: String, check: Bool) throws {
        try pool.writeWithoutTransaction { db in
            try refuseForeignFile(db, path: path)
            if check { try quickCheck(db, path: path) }
        }
        var migrator = DatabaseMigrator()
        for step in StoreSchema.steps {
            migrator.registerMigration(step.name) { db in
                try db.execute(sql: step.sql)
                try step.then?(db)
            }
        }
        let known = Set(migrator.migrations)
        let unknown = try pool.read { db in try migrator.appliedIdentifiers(db) }.subtracting(known)
        if let newest = unknown.max() { throw CaseStoreError.newerSchema(found: newest) }
        try migrator.migrate(pool)
    }

    private static func refuseForeignFile(_ db: Database, path: String) throws {
        let found = try Int32.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        guard found != StoreSchema.applicationID else { return }
        let tables = try Int.fetchOne(
            db,
            sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
        guard found == 0, tables == 0 else {
            throw CaseStoreError.damaged(path: path, reason: "an SQLite file of another program")
        }
        try db.execute(sql: "PRAGMA application_id = \(StoreSchema.applicationID)")
    }

    private static func quickCheck(_ db: Database, path: String) throws {
        let answer = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer"
        guard answer == "ok" else { throw CaseStoreError.damaged(path: path, reason: answer) }
    }

    // MARK: Transactions

    func read<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw CaseStoreError.named(error, path: path)
        }
    }

    /// One transaction: all of `body` is on the disk when it returns, or none of it.
    func write<Value: Sendable>(_ body: @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.write(body)
        } catch {
            throw CaseStoreError.named(error, path: path)
        }
    }
}
