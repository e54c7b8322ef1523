import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import FrameCore
import Pipeline
import Synchronization
import Testing

/// A case store with sealed packages in a folder of its own, officers for every role, and a clock that a test sets.
final class SealedCases: Sendable {
    static let start = Date(timeIntervalSince1970: 1_795_464_000)

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sealed-cases-\(UUID().uuidString)").path
    let store: SQLiteCaseStore
    let evidence: EvidenceStore
    let key: SigningKey
    private let clock = Mutex(SealedCases.start)

    var now: Date {
        get { clock.withLock { $0 } }
        set { clock.withLock { $0 = newValue } }
    }

    init() async throws {
        store = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: folder))
        key = try SigningKey.loadOrCreate(at: folder + "/key.pem")
        evidence = try EvidenceStore(root: folder, key: key)
        _ = try evidence.recover()
        try await store.addChannel(ChannelRecord(id: "c1", name: "一号", url: "rtsp://10.0.0.1/1", place: "茸惠路", createdAt: Self.start))
        let day = LocalDay(Self.start, in: .gmt)
        let certificate = OfficerCertificate(number: "沪-1", validFrom: day.adding(days: -9), validUntil: day.adding(days: 4000))
        for (id, role) in [("wang", UserRecord.Role.officer), ("qian", .secondOfficer), ("sun", .legalReview)] {
            try await store.addUser(
                UserRecord(
                    id: id, login: id, displayName: id, role: role, passwordHash: "scrypt$x", createdAt: Self.start,
                    certificate: certificate))
        }
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// A candidate with its package, made some minutes after the start.
    func add(_ index: Int = 0, still: [UInt8]? = nil, utcOffsetMinutes: Int = 480) async throws -> CaseRecord {
        let made = Self.start + Double(index) * 60
        var generator = SystemRandomNumberGenerator()
        let id = PackageID(milliseconds: Int64(made.timeIntervalSince1970 * 1000), using: &generator)
        let staged = try evidence.begin(id)
        try staged.add("after-dwell.jpg", role: .afterDwell, bytes: still ?? Array("still \(index)".utf8))
        let clock = EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: id.milliseconds * 1000, source: "receive-time", utcOffsetMinutes: utcOffsetMinutes)
        let sealed = try evidence.seal(
            staged,
            manifest: EvidenceManifest(
                packageID: id, caseID: id.text, incidentID: "i-\(id.text)", program: "test",
                channel: .init(id: "c1", name: "一号", codec: "h264", width: 1280, height: 720), violation: "piled-goods",
                zone: .init(
                    id: "z1", kind: "pavement",
                    polygon: try Polygon([UnitPoint(x: 0.1, y: 0.1), UnitPoint(x: 0.9, y: 0.1), UnitPoint(x: 0.5, y: 0.9)]), zonesVersion: 1
                ),
                rule: .init(version: "r1", profile: "piled-goods", dwellSeconds: 10, measurements: ["scorePart": 0.8]),
                box: PixelRect(x: 100, y: 120, width: 80, height: 60), clock: clock,
                times: [.init(name: "confirmed", pts: .zero, clock: clock)]))
        let incident = IncidentRecord(
            id: "i-\(id.text)", channelID: "c1", violation: "piled-goods", zoneID: "z1", zonesVersion: 1, ruleVersion: "r1",
            phase: .confirmed, openedAt: made - 10, confirmedAt: made, box: [100, 120, 80, 60], score: 0.8)
        let record = CaseRecord(
            id: id.text, incident: incident, createdAt: made, packagePath: sealed.relativePath, manifestSHA256: sealed.manifestSHA256.hex)
        try await store.addCase(record, actor: "machine")
        return record
    }

    @discardableResult
    func act(_ id: String, _ action: CaseAction, by user: String = "wang", after seconds: Double = 0) async throws -> CaseRecord {
        try await store.act(caseID: id, action, by: user, at: Self.start + seconds)
    }

    static func review(_ kind: CaseAction.Kind) -> CaseAction {
        CaseAction(
            kind, reason: kind == .confirm ? nil : "delivery", note: "n", ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true)
    }

    /// Brings a candidate to its hand-over.
    func handOver(_ id: String) async throws {
        try await act(id, Self.review(.confirm), after: 10)
        try await act(
            id,
            CaseAction(
                .remind, dueAt: Self.start + 60, notice: NoticeText(template: "t", medium: "sms", recipient: "13800001111", text: "请改正")),
            after: 20)
        try await act(id, CaseAction(.notCorrected, note: "秘密说明", declaresNoConflict: true), after: 70)
        try await act(id, Self.review(.agree), by: "qian", after: 80)
    }

    func path(_ record: CaseRecord) -> String { folder + "/evidence/" + record.packagePath }
}
