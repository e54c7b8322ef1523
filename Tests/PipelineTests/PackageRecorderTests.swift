import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import FrameCore
import Logging
import Pipeline
import Testing

@Suite("What people say of a case is added to its package")
struct PackageRecorderTests {
    private let cases: SealedCases
    private let recorder: PackageRecorder

    init() async throws {
        cases = try await SealedCases()
        recorder = PackageRecorder(
            store: cases.store, evidence: cases.evidence, timeZone: .gmt, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func courier() -> LogCourier {
        LogCourier(
            receiver: recorder, store: cases.store, backoff: RetryBackoff(first: 5, longest: 60), now: { [cases] in cases.now },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func bring() async throws -> CaseRecord {
        let still = try JPEGEncoder.encode(Frame(size: PixelSize(width: 320, height: 180)))
        let record = try await cases.add(still: still)
        try await cases.handOver(record.id)
        return record
    }

    @Test("reviewers with certificate and ticks, the message, masked stills: each once, named in the log, and the package verifies")
    func whole() async throws {
        let record = try await bring()
        while try await courier().step() != .idle {}
        let added = try cases.evidence.addenda(of: record.packagePath)
        #expect(added.map(\.addendum.kind) == [.review, .masked, .notice, .review, .review])
        let review = added[0].addendum.record
        #expect(review["name"]?.text == "wang" && review["certificate"]?.text == "沪-1" && review["detail"]?["ticks"] != nil)
        #expect(added[1].addendum.files.map(\.derivedFrom) == ["after-dwell.jpg"])
        #expect(added[2].addendum.record["detail"]?["notice"]?["text"]?.text == "请改正")
        #expect(added[4].addendum.author == "qian" && added[4].addendum.record["detail"]?["kind"]?.text == "agree")
        let lines = try await cases.store.events(caseID: record.id).filter { $0.kind == PackageRecorder.addedLine }
        #expect(lines.count == 5)
        for (line, one) in zip(lines, added) { #expect(line.detail.contains(one.folder) && line.detail.contains(one.sha256.hex)) }
        let report = EvidenceVerifier(trustedKeys: [cases.key.publicKey]).verify(
            package: cases.path(record), loggedAddenda: added.map { LoggedAddendum(folder: $0.folder, sha256: $0.sha256) })
        #expect(report.isIntact, "\(report.problems)")
        // Killed before its cursor was stored: the same lines again.
        for event in try await cases.store.events(caseID: record.id) where recorder.wants(event) { try await recorder.take(event) }
        #expect(try cases.evidence.addenda(of: record.packagePath) == added)
        #expect(try await cases.store.events(caseID: record.id).count { $0.kind == PackageRecorder.addedLine } == 5)
    }

    @Test("a package that was changed takes nothing and holds up no other case")
    func changed() async throws {
        let (bad, good) = try await (bring(), cases.add(1))
        try await cases.act(good.id, SealedCases.review(.falseAlarm), after: 90)
        let path = cases.path(bad) + "/manifest.json"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[30] ^= 1
        try FileManager.default.removeItem(atPath: path)
        try bytes.write(to: URL(fileURLWithPath: path))
        while try await courier().step() != .idle {}
        #expect(!FileManager.default.fileExists(atPath: cases.path(bad) + "/addenda"))
        #expect(try cases.evidence.addenda(of: good.packagePath).map(\.addendum.kind) == [.review])
    }
}
