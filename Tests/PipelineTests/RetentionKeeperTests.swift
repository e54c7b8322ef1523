import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Logging
import Pipeline
import Testing

/// The keeper over a real store and real packages.
@Suite("Packages past their time go, with a certificate, and no others")
struct RetentionKeeperTests {
    private struct Crash: Error {}

    private static func keeper(_ cases: SealedCases, crashAt step: RetentionKeeper.Step? = nil) throws -> RetentionKeeper {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let rules = try ConfigFile.read(RetentionRules.self, ShippedSettingsTests.root.path + "/Config/retention.yaml")
        return RetentionKeeper(
            store: cases.store, evidence: cases.evidence, policy: RetentionPolicy(rules: rules), timeZone: .gmt, program: "test",
            pictureKeepDays: 90, now: { cases.now }, logger: logger, caseChanged: { _ in }
        ) { reached in
            if reached == step { throw Crash() }
        }
    }

    private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    private static func runs(_ cases: SealedCases) async throws -> [RetentionRun.Kind] {
        try await cases.store.retentionRuns(limit: 50).map(\.kind)
    }

    /// Runs day after day.
    private static func pass(days: Int, _ cases: SealedCases, _ keeper: RetentionKeeper) async {
        for _ in 0..<days {
            cases.now += 86_400
            await keeper.look()
        }
    }

    @Test("a false alarm goes on its 30th day; what is open, held, handed over or younger stays for ever")
    func days() async throws {
        let cases = try await SealedCases()
        let (open, falseAlarm, held, handed) = try await (cases.add(0), cases.add(1), cases.add(2), cases.add(3))
        for record in [falseAlarm, held] { try await cases.act(record.id, SealedCases.review(.falseAlarm)) }
        try await cases.act(held.id, CaseAction(.hold, note: "诉讼"), by: "sun", after: 5)
        try await cases.handOver(handed.id)
        let keeper = try Self.keeper(cases)
        await keeper.look()
        await Self.pass(days: 29, cases, keeper)
        #expect(Self.exists(cases.path(falseAlarm)))
        await keeper.look()
        #expect(try await Self.runs(cases).count == 30)
        await Self.pass(days: 1, cases, keeper)
        #expect(!Self.exists(cases.path(falseAlarm)))
        let gone = try #require(try await cases.store.caseRecord(id: falseAlarm.id))
        #expect(gone.deletedAt == cases.now)
        await Self.pass(days: 400, cases, keeper)
        for record in [open, held, handed] { #expect(Self.exists(cases.path(record))) }
        #expect(try await cases.store.deletions().count == 1)
        let report = EvidenceVerifier().verify(store: cases.folder)
        #expect(report.isIntact && report.certifiedCount == 1, "\(report.lines)")
        #expect(try await cases.store.problems().isEmpty)
        let certificate = try #require(try await keeper.certificate(caseID: falseAlarm.id))
        #expect(String(decoding: certificate, as: UTF8.self).contains("\"rule\" : \"false-alarm\""))
        #expect(try await keeper.certificate(caseID: open.id) == nil)
        // Released, the hold protects no more.
        try await cases.act(held.id, CaseAction(.release, note: "结束"), by: "sun", after: 86_400 * 430)
        await Self.pass(days: 1, cases, keeper)
        #expect(!Self.exists(cases.path(held)))
    }

    @Test("after a crash at any step all is finished or nothing was begun, and no damage is seen", arguments: RetentionKeeper.Step.allCases)
    func crash(_ step: RetentionKeeper.Step) async throws {
        let cases = try await SealedCases()
        let (first, second) = try await (cases.add(0), cases.add(1))
        try await cases.act(first.id, SealedCases.review(.falseAlarm))
        let keeper = try Self.keeper(cases, crashAt: step)
        await keeper.look()
        await Self.pass(days: 30, cases, keeper)
        #expect(EvidenceVerifier().verify(store: cases.folder).isIntact)
        let isRecorded = try await cases.store.caseRecord(id: first.id)?.deletedAt != nil
        #expect(isRecorded == (step != .certified))
        // A certificate that got lost is written again from the log.
        if step == .recorded { try FileManager.default.removeItem(atPath: cases.folder + "/deletions/\(first.id).json") }
        let fresh = try Self.keeper(cases)
        try await fresh.recover()
        try await fresh.recover()
        #expect(Self.exists(cases.path(first)) == !isRecorded)
        #expect(cases.evidence.certificates.count == (isRecorded ? 1 : 0))
        let recovery = try cases.evidence.recover()
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let reconciled = try await StoreReconciler.run(sealed: recovery.packages, store: cases.store, logger: logger)
        #expect(recovery.chainProblems.isEmpty && reconciled.missingPackages.isEmpty && reconciled.addedCases == 0)
        await fresh.look()
        #expect(!Self.exists(cases.path(first)) && Self.exists(cases.path(second)))
        let report = EvidenceVerifier().verify(store: cases.folder)
        #expect(report.isIntact && report.certifiedCount == 1, "\(report.lines)")
        #expect(try await cases.store.problems().isEmpty)
    }

    @Test("a clock that jumps ahead deletes nothing until an administrator says that it is right; one that is put right needs nobody")
    func clock() async throws {
        let cases = try await SealedCases()
        let record = try await cases.add()
        try await cases.act(record.id, SealedCases.review(.falseAlarm))
        let keeper = try Self.keeper(cases)
        await keeper.look()
        cases.now += 86_400 * 400
        await keeper.look()
        await keeper.look()
        #expect(Self.exists(cases.path(record)))
        #expect(try await Self.runs(cases) == [.waits, .ran])
        let plan = try await keeper.plan(limit: 100)
        #expect(plan.dueCount == 1 && plan.due.map(\.caseID) == [record.id] && plan.answer == .waits(since: SealedCases.start))
        // The clock is put right.
        cases.now = SealedCases.start + 86_400
        await keeper.look()
        #expect(try await Self.runs(cases) == [.ran, .waits, .ran] && Self.exists(cases.path(record)))
        cases.now += 86_400 * 400
        await keeper.look()
        #expect(Self.exists(cases.path(record)))
        try await keeper.confirm(by: "chen")
        #expect(!Self.exists(cases.path(record)))
        #expect(try await cases.store.deletionEvents(before: nil, limit: 1).first?.actor == "chen")
        // Set back: nothing is older than it was.
        cases.now = SealedCases.start
        await keeper.look()
        #expect(try await Self.runs(cases) == [.ran, .confirmed, .waits, .ran, .waits, .ran])
    }

    @Test("the first run of a store with old cases waits; one with nothing to delete does not")
    func first() async throws {
        let cases = try await SealedCases()
        let record = try await cases.add()
        try await cases.act(record.id, SealedCases.review(.falseAlarm))
        cases.now += 86_400 * 31
        let keeper = try Self.keeper(cases)
        await keeper.look()
        #expect(try await Self.runs(cases) == [.waits] && Self.exists(cases.path(record)))
        try await keeper.confirm(by: "chen")
        #expect(!Self.exists(cases.path(record)))
    }

    @Test("a package that is damaged stays and is looked into; the others go")
    func damaged() async throws {
        let cases = try await SealedCases()
        let (bad, good) = try await (cases.add(0), cases.add(1))
        for record in [bad, good] { try await cases.act(record.id, SealedCases.review(.falseAlarm)) }
        let manifest = cases.path(bad) + "/manifest.json"
        chmod(manifest, 0o600)
        try Data("{}".utf8).write(to: URL(fileURLWithPath: manifest))
        let keeper = try Self.keeper(cases)
        await keeper.look()
        await Self.pass(days: 30, cases, keeper)
        #expect(Self.exists(cases.path(bad)) && !Self.exists(cases.path(good)))
        #expect(try await cases.store.retentionRuns(limit: 1).first?.detail == #"{"deleted":1,"failed":1,"seen":2}"#)
    }
}
