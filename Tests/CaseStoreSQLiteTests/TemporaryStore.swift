import CaseStoreSQLite
import Casework
import Foundation

/// A store in a folder of its own, with a channel and two officers.
struct TemporaryStore {
    let folder: URL
    let store: SQLiteCaseStore

    static let start = Date(timeIntervalSince1970: 1_764_000_000)

    init(now: @escaping @Sendable () -> Date = { TemporaryStore.start }) async throws {
        folder = try Self.makeFolder()
        store = try SQLiteCaseStore.open(directory: folder, now: now)
        try await Self.populate(store)
    }

    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("xunjie-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Runs `body` on a fresh store, then closes and removes it.
    static func with(
        now: @escaping @Sendable () -> Date = { TemporaryStore.start }, _ body: (TemporaryStore) async throws -> Void
    ) async throws {
        let temporary = try await TemporaryStore(now: now)
        defer {
            try? temporary.store.close()
            try? FileManager.default.removeItem(at: temporary.folder)
        }
        try await body(temporary)
    }

    static func populate(_ store: SQLiteCaseStore) async throws {
        try await store.addChannel(channel("c1"))
        try await store.addUser(user("wang"))
        try await store.addUser(user("li"))
    }

    static func channel(_ id: String) -> ChannelRecord {
        ChannelRecord(id: id, name: "茸惠路口", url: "rtsp://admin:secret@10.0.0.9/1", createdAt: start)
    }

    static let certificate = OfficerCertificate(
        number: "沪0117-1", validFrom: LocalDay(start, in: .gmt).adding(days: -100), validUntil: LocalDay(start, in: .gmt).adding(days: 100))

    static func user(_ id: String, role: UserRecord.Role = .officer) -> UserRecord {
        UserRecord(
            id: id, login: id, displayName: "Officer \(id)", role: role, passwordHash: "scrypt$x", createdAt: start,
            certificate: certificate)
    }

    static func incident(
        _ id: String, channel: String = "c1", violation: String = "piled-goods",
        phase: IncidentRecord.Phase = .confirmed
    ) -> IncidentRecord {
        IncidentRecord(
            id: id, channelID: channel, violation: violation, zoneID: "z1", zonesVersion: 1, ruleVersion: "r1",
            phase: phase,
            openedAt: start - 600, confirmedAt: phase == .opened ? nil : start,
            clearedAt: phase == .cleared ? start + 60 : nil,
            box: [10, 20, 30, 40], score: 0.75)
    }

    static func record(
        _ id: String, channel: String = "c1", violation: String = "piled-goods", createdAt: Date = start
    ) -> CaseRecord {
        CaseRecord(
            id: id, incident: incident("i-\(id)", channel: channel, violation: violation), createdAt: createdAt,
            packagePath: "2025/11/\(id)", manifestSHA256: String(repeating: "a", count: 64))
    }

    /// A review with all that it needs.
    static func review(_ verdict: Decision.Verdict = .confirm) -> CaseAction {
        CaseAction(
            CaseAction.Kind(rawValue: verdict.rawValue) ?? .confirm, reason: verdict == .confirm ? nil : "delivery", note: "n",
            ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true)
    }
}
