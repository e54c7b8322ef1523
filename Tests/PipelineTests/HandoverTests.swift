import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Logging
import Pipeline
import Testing

@Suite("Hand-overs")
struct HandoverTests {
    private static func receiver(_ cases: SealedCases) -> HandoverReceiver {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let exporter = CaseExporter(store: cases.store, evidence: cases.evidence, timeZone: .gmt, program: "test")
        let recorder = PackageRecorder(store: cases.store, evidence: cases.evidence, timeZone: .gmt, logger: logger)
        return HandoverReceiver(exporter: exporter, recorder: recorder, store: cases.store, storeFolder: cases.folder, logger: logger)
    }

    private static func courier(_ cases: SealedCases) -> LogCourier {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return LogCourier(
            receiver: receiver(cases), store: cases.store, backoff: RetryBackoff(first: 5, longest: 60), now: { cases.now }, logger: logger)
    }

    @Test("a case that is handed over gets its bundle, once, with the same log after a crash, and it verifies offline")
    func bundle() async throws {
        let cases = try await SealedCases()
        let record = try await cases.add()
        try await cases.handOver(record.id)
        #expect(try await Self.courier(cases).step() == .went(5))
        let path = cases.folder + "/handover/\(record.id)-5.tar"
        let report = CaseBundleVerifier(trustedKeys: [cases.key.publicKey]).verify(bundle: path, temporaryFolder: cases.folder)
        #expect(report.isIntact && report.bundle?.state == "handed-over" && report.bundle?.exporter == "machine", "\(report.problems)")
        // Killed after the file and before its cursor; the log went on meanwhile.
        try await cases.store.appendEvent(caseID: record.id, at: SealedCases.start, actor: "wang", kind: "noted", detail: "{}")
        try FileManager.default.removeItem(atPath: path)
        try Data("half".utf8).write(to: URL(fileURLWithPath: path + ".new"))
        let event = try #require(try await cases.store.events(after: 4, limit: 1).first)
        try await Self.receiver(cases).take(event)
        try await Self.receiver(cases).take(event)
        let again = CaseBundleVerifier(trustedKeys: [cases.key.publicKey]).verify(bundle: path, temporaryFolder: cases.folder)
        #expect(again.isIntact && again.bundle?.madeAt == report.bundle?.madeAt)
        // What came after the hand-over is not in it.
        func log(_ report: BundleReport) -> CaseBundle.Member? { report.bundle?.members.first { $0.name == "log.jsonl" } }
        #expect(log(again) == log(report) && log(again) != nil)
        #expect(try FileManager.default.contentsOfDirectory(atPath: cases.folder + "/handover").count == 1)
    }

    @Test("a package that cannot be exported does not hold up the next case, and its log says so")
    func broken() async throws {
        let cases = try await SealedCases()
        let (bad, good) = try await (cases.add(0), cases.add(1))
        try await cases.handOver(bad.id)
        try await cases.handOver(good.id)
        try FileManager.default.removeItem(atPath: cases.path(bad))
        _ = try await Self.courier(cases).step()
        #expect(try await cases.store.events(caseID: bad.id).last?.kind == "export-failed")
        #expect(try FileManager.default.contentsOfDirectory(atPath: cases.folder + "/handover").map { String($0.prefix(36)) } == [good.id])
    }
}
