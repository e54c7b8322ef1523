import CaseStoreSQLite
import Casework
import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Logging
import Pipeline
import Testing
import Violations

@Suite("Making a case of an archived finding")
struct FindingPromoterTests {
    @Test("the package is sealed, verifies, plays from before the confirmation, and says where it comes from")
    func package() async throws {
        let bench = try await PromotionBench()
        let promoted = try await bench.promoter.promote(bench.finding(), of: bench.run, reason: "摆了一夜", by: "u1")
        #expect(promoted.isNew)
        let record = try #require(try await bench.store.caseRecord(id: promoted.caseID))
        #expect(record.state == .candidate && record.incident.channelID == "c1")
        // New in the queue, though it happened long ago.
        #expect(abs(record.createdAt.timeIntervalSinceNow) < 60)
        let package = bench.evidence.evidencePath + "/" + record.packagePath
        let report = EvidenceVerifier(trustedKeys: [bench.key.publicKey]).verify(package: package)
        #expect(report.isIntact, "\(report.problems)")
        let manifest = try EvidenceManifest.read(of: record, evidencePath: bench.evidence.evidencePath)
        let archive = try #require(manifest.archive)
        #expect(archive.runID == bench.run.id && archive.findingID == "f1" && archive.reason == "摆了一夜" && archive.promotedBy == "u1")
        #expect(archive.fileSHA256 == (try ContentHash(ofFile: PromotionBench.sample)))
        #expect(archive.timeSource == "pattern" && archive.file == "s1_goods_out.mp4")
        #expect(manifest.clock.source == "archive-pattern")
        #expect(Set(manifest.files.map(\.role)) == Set(EvidenceManifest.Role.allCases.filter { $0 != .clipAtStart }))
        // On the wall clock that the finding has.
        let confirmed = try #require(manifest.times.first { $0.name == "confirmed" })
        #expect(confirmed.wall.millisecondsSince1970 == Int64((PromotionBench.start.timeIntervalSince1970 + 30) * 1000))
        // Only what is known of it is told.
        #expect(manifest.rule.measurements == ["stillSeconds": 12, "areaPart": 0.02])
        let clip = try Probe.run(MediaURL(package + "/clip.mp4"))
        #expect(clip.codecName == "h264")
        func moment(_ name: String) throws -> Double {
            Double(try #require(manifest.times.first { $0.name == name }).ptsMicroseconds) / 1e6
        }
        let start = try moment("clip-start")
        #expect(start <= 20 && start > 16, "\(start)")
        #expect(try moment("clip-end") >= 49)
        #expect(try moment("scene-before") <= 14)
        #expect(try moment("after-dwell") >= 30)
        let kinds = try await bench.store.events(caseID: record.id).map(\.kind)
        #expect(kinds.starts(with: ["sealed", "promoted"]))
        #expect(try await bench.store.firstBrokenEvent() == nil)
        #expect(try await bench.store.caseRecord(id: record.id)?.incident.clearedAt == PromotionBench.start + 60)
    }

    @Test("twice, and by two at the same moment, it is one case")
    func twice() async throws {
        let bench = try await PromotionBench()
        let (finding, run, promoter) = (bench.finding(), bench.run, bench.promoter)
        let answers = try await withThrowingTaskGroup(of: PromotedCase.self) { group in
            for user in ["u1", "u2", "u1"] { group.addTask { try await promoter.promote(finding, of: run, reason: "x", by: user) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(answers.map(\.caseID)).count == 1)
        #expect(answers.count(where: \.isNew) == 1)
        #expect(try await bench.store.packagePaths().count == 1)
    }

    @Test("another run's finding of the same act is refused with the case; another place and another time are not")
    func sameAct() async throws {
        let bench = try await PromotionBench()
        let first = try await bench.promoter.promote(bench.finding(), of: bench.run, reason: "x", by: "u1")
        var again = bench.finding("g1")
        again.box = [406, 213, 112, 90]
        await #expect(throws: PromotionRefusal.isCase(id: first.caseID)) {
            try await bench.promoter.promote(again, of: bench.run, reason: "x", by: "u1")
        }
        var elsewhere = bench.finding("g2")
        elsewhere.box = [20, 20, 60, 60]
        #expect(try await bench.promoter.promote(elsewhere, of: bench.run, reason: "x", by: "u1").isNew)
        #expect(try await bench.store.packagePaths().count == 2)
    }

    @Test("one that lasts to the end of its footage is not taken for a case days later at the same place")
    func lastsToTheEnd() async throws {
        let bench = try await PromotionBench()
        var run = bench.run
        run.inputs[0].startsAt = PromotionBench.start + 3 * 86_400
        var later = bench.finding("later")
        later.firstStillAt? += 3 * 86_400
        later.confirmedAt? += 3 * 86_400
        later.clearedAt? += 3 * 86_400
        #expect(try await bench.promoter.promote(later, of: run, reason: "x", by: "u1").isNew)
        var open = bench.finding()
        open.clearedS = nil
        open.clearedAt = nil
        #expect(try await bench.promoter.promote(open, of: bench.run, reason: "x", by: "u1").isNew)
    }

    @Test("what began in an earlier file has its early stills out of that one")
    func earlierFile() async throws {
        let bench = try await PromotionBench()
        var finding = bench.finding()
        finding.firstStillS = -20
        finding.firstStillAt = PromotionBench.start - 20
        var run = bench.run
        run.inputs.append(
            RunInput(
                path: PromotionBench.root + "/SampleStreams/s6_quiet.mp4", channelID: "c1", startsAt: PromotionBench.start - 60,
                timeSource: "pattern", seconds: 60, bytes: 1))
        let promoted = try await bench.promoter.promote(finding, of: run, reason: "x", by: "u1")
        let record = try #require(try await bench.store.caseRecord(id: promoted.caseID))
        let manifest = try EvidenceManifest.read(of: record, evidencePath: bench.evidence.evidencePath)
        let before = try #require(manifest.times.first { $0.name == "scene-before" })
        #expect(before.ptsMicroseconds <= -24_000_000 && before.ptsMicroseconds > -30_000_000)
        #expect(manifest.files.contains { $0.role == .atStart })
    }

    @Test("a file that is gone, changed or no film, footage without a time, an unknown channel or zone: each says so, and nothing is made")
    func refusals() async throws {
        let bench = try await PromotionBench()
        func refusal(_ finding: RunFinding, _ run: RunRecord) async -> PromotionRefusal? {
            do {
                _ = try await bench.promoter.promote(finding, of: run, reason: "x", by: "u1")
                return nil
            } catch {
                return error as? PromotionRefusal
            }
        }
        let (finding, run) = (bench.finding(), bench.run)
        var moved = (finding, run)
        moved.0.path = "/archive/gone.mp4"
        moved.1.inputs[0].path = "/archive/gone.mp4"
        #expect(await refusal(moved.0, moved.1) == .sourceMissing(path: "/archive/gone.mp4"))
        var changed = run
        changed.inputs[0].sha256 = String(repeating: "0", count: 64)
        #expect(await refusal(finding, changed) == .sourceChanged(path: finding.path))
        var text = (finding, run)
        text.0.path = PromotionBench.root + "/README.md"
        text.1.inputs[0].path = text.0.path
        text.1.inputs[0].sha256 = nil
        if case .sourceUnusable = await refusal(text.0, text.1) {} else { Issue.record("a text was taken for a film") }
        var timeless = finding
        timeless.confirmedAt = nil
        #expect(await refusal(timeless, run) == .noWallClock(path: finding.path))
        var strange = finding
        strange.channelID = "c9"
        #expect(await refusal(strange, run) == .unknownChannel(id: "c9"))
        var lost = finding
        lost.zone = "z9"
        #expect(await refusal(lost, run) == .unknownZone(id: "z9"))
        #expect(try await bench.store.packagePaths().isEmpty)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path + "/staging").isEmpty)
    }

    @Test("a finding with measurements comes back from its line as it was, with the names of manifests")
    func measurementsInLine() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("line-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let run = RunFolder(path: folder.path)
        let finding = PromotionBench.finding("f1")
        try run.write([finding])
        #expect(try run.findings() == [finding])
        #expect(try String(contentsOfFile: folder.path + "/findings.jsonl", encoding: .utf8).contains(#""areaPart":0.02"#))
    }
}

/// A store with one channel, and a run over a sample stream.
final class PromotionBench: Sendable {
    static let root = ShippedSettingsTests.root.path
    static let sample = root + "/SampleStreams/s1_goods_out.mp4"
    static let start = Date(timeIntervalSince1970: 1_795_464_000)

    let folder: URL
    let store: SQLiteCaseStore
    let evidence: EvidenceStore
    let key: SigningKey
    let promoter: FindingPromoter
    let run: RunRecord

    init() async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("promotion-\(UUID().uuidString)")
        store = try SQLiteCaseStore.open(directory: folder)
        key = SigningKey()
        evidence = try EvidenceStore(root: folder.path, key: key)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let library = try ProfileLibrary.load(folder: Self.root + "/Models")
        promoter = FindingPromoter(
            store: store, evidencePath: evidence.evidencePath,
            writer: EvidenceWriter(store: evidence, program: "test", logger: logger) { _, _ in }, library: library,
            timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt, added: { _ in })
        let zones = #"{"zones":[{"id":"z1","kind":"pavement","polygon":[[0.1,0.1],[0.9,0.1],[0.5,0.9]]}],"dwell_s":10}"#
        run = RunRecord(
            id: "0197b7a8-0000-7000-8000-000000000001", name: "n", createdAt: Self.start, createdBy: "u1", program: "p",
            ruleVersion: library.rules.version, profilesSHA256: "", everyFrame: false,
            channels: [
                RunChannel(channelID: "c1", zones: zones, zonesVersion: 3), RunChannel(channelID: "c9", zones: zones, zonesVersion: nil),
            ],
            inputs: [
                RunInput(
                    path: Self.sample, channelID: "c1", startsAt: Self.start, timeSource: "pattern", seconds: 68, bytes: 1,
                    sha256: try ContentHash(ofFile: Self.sample).hex)
            ])
        try await store.addChannel(ChannelRecord(id: "c1", name: "茸惠路", url: "rtsp://10.0.0.1/1", createdAt: Self.start))
    }

    deinit {
        try? store.close()
        try? FileManager.default.removeItem(at: folder)
    }

    func finding(_ id: String = "f1") -> RunFinding { Self.finding(id) }

    static func finding(_ id: String) -> RunFinding {
        RunFinding(
            id: id, channelID: "c1", path: sample, clip: "s1_goods_out", violation: "piled-goods", zone: "z1", box: [400, 210, 120, 90],
            sourceSize: [960, 540], firstStillS: 18, confirmedS: 30, clearedS: 60, firstStillAt: start + 18, confirmedAt: start + 30,
            clearedAt: start + 60, still: nil, measurements: ["areaPart": 0.02])
    }
}
