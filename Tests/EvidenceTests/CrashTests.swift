import Evidence
import Foundation
import Testing

/// Processes that end by SIGKILL in the middle of sealing, as in a power cut but for the disk's own cache.
@Suite struct CrashTests {
    /// Seals packages until the process has passed `step` for the `count`th time, and dies there. Every package whose
    /// sealing returned is first noted in `acknowledged`.
    static func sealUntilKilled(root: String, at step: SealStep?, count: Int, seed: UInt64 = 100) throws {
        let passed = Counter()
        let store = try EvidenceStore(root: root, key: .loadOrCreate(at: root + "/key.pem")) { reached in
            guard step == nil || step == reached else { return }
            if passed.next() == count { kill(getpid(), SIGKILL) }
        }
        _ = try store.recover()
        var generator = SeededGenerator(state: seed)
        while true {
            for channel in ["a", "b"] {
                let package = try TestStore.seal(in: store, channel: channel, using: &generator)
                let note = try #require(fopen(root + "/acknowledged", "a"))
                fputs("\(package.relativePath)\n", note)
                fclose(note)
            }
        }
    }

    final class Counter: Sendable {
        private let lock = NSLock()
        nonisolated(unsafe) private var count = 0  // SAFETY: only touched while `lock` is held.

        func next() -> Int {
            lock.withLock {
                count += 1
                return count
            }
        }
    }

    @Test("a crash at any step of sealing leaves a whole package or none", arguments: SealStep.allCases)
    func everyStep(step: SealStep) async throws {
        let store = try TestStore()
        try store.fill("a", count: 2)
        let root = store.root
        await #expect(processExitsWith: .signal(SIGKILL)) { [root = root as String, step = step as SealStep] in
            try CrashTests.sealUntilKilled(root: root, at: step, count: 1)
        }
        let beforeRecovery = store.verify()
        #expect(beforeRecovery.isIntact, "\(beforeRecovery.lines)")
        let isMoved = [.moved, .foldersSynchronized, .headWritten].contains(step)
        do {
            let report = try store.open().recover()
            #expect(report.packages.count == (isMoved ? 3 : 2))
            #expect(report.damaged.isEmpty && report.chainProblems.isEmpty)
            #expect(report.removedFromStaging.count == (isMoved ? 0 : 1))
            #expect(report.healedChains == (isMoved && step != .headWritten ? ["a"] : []))
        }
        #expect(try store.fill("a", count: 1, seed: 8)[0].manifest.chain.sequence == (isMoved ? 4 : 3))
        let report = store.verify()
        #expect(report.isIntact, "\(report.lines)")
    }

    @Test("after twenty crashes one after the other, all that was acknowledged is there and verifies")
    func twentyCrashes() async throws {
        let store = try TestStore()
        let root = store.root
        var generator = SeededGenerator(state: 20)
        for seed in 1...20 as ClosedRange<UInt64> {
            let count = Int.random(in: 1...30, using: &generator)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [root = root as String, count = count as Int, seed = seed as UInt64] in
                try CrashTests.sealUntilKilled(root: root, at: nil, count: count, seed: seed)
            }
        }
        let recovered = Set(try store.open().recover().packages.map(\.relativePath))
        let acknowledged = String(decoding: try contents(root + "/acknowledged"), as: UTF8.self).split(separator: "\n")
        #expect(acknowledged.count > 20)
        for path in acknowledged { #expect(recovered.contains(String(path))) }
        let report = store.verify()
        #expect(report.isIntact, "\(report.lines)")
        #expect(report.packageCount == recovered.count)
    }
}
