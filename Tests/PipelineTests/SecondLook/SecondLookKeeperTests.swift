import CaseStoreSQLite
import Casework
import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Logging
import Pipeline
import SceneAnalysis
import Synchronization
import Testing

/// The whole way on a rendered street: sealed case, reminder, look, proposal; pictures of now come out of the same clip.
@Suite("The second look", .serialized)
struct SecondLookKeeperTests {
    /// Shows the pictures it was given, one after the other.
    private final class ReelViews: ViewSource {
        private let reel: Mutex<[LiveView]>
        private let status: ChannelStatus?

        init(_ reel: [LiveView], status: ChannelStatus? = nil) {
            self.reel = Mutex(reel)
            self.status = status
        }

        func view(channelID: String, within patience: Duration) async -> LiveView? {
            reel.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        }

        func channelStatuses() async -> [ChannelStatus] { status.map { [$0] } ?? [] }
    }

    /// A case of the clip whose rubbish is taken away at 52.2 s, reminded and due.
    private struct Due {
        let bench: PatrolBench
        let record: CaseRecord
        let dueAt: Date
    }

    private static let certificate = OfficerCertificate(
        number: "1", validFrom: LocalDay(Date(), in: .gmt).adding(days: -9), validUntil: LocalDay(Date(), in: .gmt).adding(days: 9))

    private static func due() async throws -> Due {
        let bench = try PatrolBench()
        try await bench.addSample("s3_rubbish.mp4", id: "lane")
        try await bench.waitForEnd(of: "lane", seconds: 60)
        await bench.supervisor.stopAll()
        let store = bench.store
        let first = try #require(try await store.cases(CaseFilter(), after: nil, limit: 9).cases.last)
        try await store.addUser(
            UserRecord(
                id: "wang", login: "wang", displayName: "w", role: .officer, passwordHash: "x", createdAt: Date(), certificate: certificate)
        )
        let now = Date()
        _ = try await store.act(
            caseID: first.id, CaseAction(.confirm, ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true), by: "wang", at: now)
        let record = try await store.act(caseID: first.id, CaseAction(.remind, dueAt: now + 60), by: "wang", at: now)
        return Due(bench: bench, record: record, dueAt: now + 60)
    }

    /// Key frames of the clip from so many seconds on, in full resolution.
    private static func reel(from seconds: Double, count: Int = 5, fault: String = "") throws -> [LiveView] {
        let path = ShippedSettingsTests.root.path + "/SampleStreams/s3_rubbish.mp4"
        var demuxer = try Demuxer(try MediaURL(path), options: InputOptions(stop: StopFlag()))
        let decoders = KeyFrameDecoders(limit: 1)
        var views: [LiveView] = []
        var start: FrameTime?
        while views.count < count, let packet = try demuxer.next() {
            let shared = packet.intoShared()
            guard shared.isKey, let pts = shared.pts else { continue }
            start = start ?? pts
            guard let start, (pts - start) >= .seconds(seconds) else { continue }
            var frame: Frame?
            _ = try decoders.decode(shared, of: demuxer.video) { picture, _ throws(AVError) in frame = try picture.picture(time: pts) }
            if let frame { views.append(LiveView(frame: frame, at: Date(), fault: fault)) }
        }
        return views
    }

    private static func look(_ due: Due, _ views: ReelViews, after seconds: Double = 1) async throws -> CaseRecord {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let now = due.dueAt + seconds
        let keeper = SecondLookKeeper(
            store: due.bench.store, views: views, keeping: due.bench.evidence, evidencePath: due.bench.evidence.evidencePath,
            policy: RecheckPolicy(), settings: try SecondLookSettings.load(folder: ShippedSettingsTests.root.path + "/Models"),
            timeZone: .gmt, now: { now }, pause: { _ in }, logger: logger, caseChanged: { _ in })
        await keeper.lookAtDue()
        return try #require(try await due.bench.store.caseRecord(id: due.record.id))
    }

    @Test("what still lies there is proposed as not corrected; the pair is sealed with the package, and its hash is in the log")
    func stillThere() async throws {
        let due = try await Self.due()
        let before = try await Self.look(due, ReelViews(Self.reel(from: 40)), after: -5)
        #expect(before.state == .awaitingCorrection)
        let looked = try await Self.look(due, ReelViews(Self.reel(from: 36)))
        #expect(looked.state == .recheckDue)
        let findings = try #require(looked.standing.look?.findings)
        #expect(findings.proposal == .notCorrected, "\(findings)")
        #expect(findings.reason.zh.contains("%"))
        let addenda = try due.bench.evidence.addenda(of: due.record.packagePath)
        let addendum = try #require(addenda.last)
        #expect(addendum.folder == findings.addendum)
        #expect(addendum.sha256.hex == findings.addendumSHA256)
        #expect(addendum.addendum.files.map(\.role).contains("now"))
        #expect(addendum.addendum.files.map(\.role).contains("place-then"))
        let report = EvidenceVerifier().verify(package: due.bench.evidence.evidencePath + "/" + due.record.packagePath)
        #expect(report.problems.isEmpty)
        #expect(try await due.bench.store.problems().isEmpty)
    }

    @Test("what was taken away is proposed as corrected, and an officer's word closes the case")
    func gone() async throws {
        let due = try await Self.due()
        let looked = try await Self.look(due, ReelViews(Self.reel(from: 55)))
        #expect(looked.standing.look?.findings.proposal == .corrected, "\(String(describing: looked.standing.look))")
        let closed = try await due.bench.store.act(
            caseID: due.record.id, CaseAction(.corrected, outcome: .corrected), by: "wang", at: due.dueAt + 9)
        #expect(closed.state == .closed)
    }

    @Test("a camera that cannot be reached is waited for ten minutes, then the look says so with the reason")
    func unreachable() async throws {
        let due = try await Self.due()
        let status = ChannelStatus(id: "lane", state: .backingOff, reason: "source-silent", since: Date())
        #expect(try await Self.look(due, ReelViews([], status: status), after: 599).state == .awaitingCorrection)
        let looked = try await Self.look(due, ReelViews([], status: status), after: 601)
        let findings = try #require(looked.standing.look?.findings)
        #expect(findings.proposal == .cannotSee)
        #expect(findings.reason.en.contains("source-silent"))
        #expect(findings.addendum == nil)
    }

    @Test("a view that the analysis calls faulty is not compared, but kept as a picture of what was to be seen")
    func faulty() async throws {
        let due = try await Self.due()
        let looked = try await Self.look(due, ReelViews(try Self.reel(from: 36, fault: "view-blocked")), after: 700)
        let findings = try #require(looked.standing.look?.findings)
        #expect(findings.proposal == .cannotSee)
        #expect(findings.reason.en.contains("view-blocked"))
        #expect(findings.addendum != nil)
    }

    @Test("a look that was sealed by a process that died then is logged as it was sealed, not twice")
    func killed() async throws {
        let due = try await Self.due()
        let at = WallTime(millisecondsSince1970: 1_764_000_000_000, utcOffsetMinutes: 480)
        let sealed = SecondLook(proposal: .cannotSee, reason: BilingualText(zh: "甲", en: "a"), likeness: 0.25)
        let token = "look-\(Int64((try #require(due.record.standing.dueAt).timeIntervalSince1970 * 1000).rounded()))"
        let kept = try due.bench.evidence.keep(
            sealed, pictures: [LookPicture(role: "now", jpeg: [1, 2, 3])], of: due.record, token: token, at: at)
        let looked = try await Self.look(due, ReelViews(try Self.reel(from: 36)))
        #expect(looked.standing.look?.findings == kept)
        let addenda = try due.bench.evidence.addenda(of: due.record.packagePath)
        #expect(addenda.count { $0.addendum.kind == .secondLook } == 1)
    }

    @Test("a package whose picture was changed is not compared")
    func changedPackage() async throws {
        let due = try await Self.due()
        let path = due.bench.evidence.evidencePath + "/" + due.record.packagePath + "/after-dwell.jpg"
        #expect(chmod(path, 0o600) == 0)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let looked = try await Self.look(due, ReelViews(try Self.reel(from: 36)))
        #expect(looked.standing.look?.findings.proposal == .cannotSee)
        #expect(looked.standing.look?.findings.reason.en.contains("after-dwell.jpg") == true)
    }

    @Test("a running channel shows its view in full resolution when it is asked, and none when it does not run")
    func live() async throws {
        let bench = try PatrolBench()
        try await bench.addSample("s3_rubbish.mp4", id: "lane", loops: true)
        let view = try #require(await bench.supervisor.view(channelID: "lane", within: .seconds(15)))
        #expect(view.frame.size == PixelSize(width: 960, height: 540))
        #expect(view.fault.isEmpty)
        #expect(await bench.supervisor.view(channelID: "other", within: .seconds(1)) == nil)
        await bench.supervisor.stopAll()
    }
}
