import Evidence
import Foundation
import Testing

/// Processes that end by SIGKILL in the middle of adding to a package.
@Suite struct AddendumCrashTests {
    static func appendUntilKilled(root: String, package: String, at step: AppendStep) throws {
        let store = try EvidenceStore(root: root, key: .loadOrCreate(at: root + "/key.pem")) { reached in
            if reached == step { kill(getpid(), SIGKILL) }
        } onStep: { _ in
        }
        let file = AddendumDraft.File(name: "now.jpg", role: "now", bytes: [1, 2, 3])
        _ = try store.append(AddendaTests.draft(.notice, token: "r1", files: [file]), to: package)
    }

    @Test("a crash at any step of adding leaves a whole addendum or none, and asking again adds it once", arguments: AppendStep.allCases)
    func everyStep(step: AppendStep) async throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1)[0]
        _ = try store.open().append(AddendaTests.draft(.review), to: package.relativePath)
        let root = store.root
        let path = package.relativePath
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [root = root as String, path = path as String, step = step as AppendStep] in
            try AddendumCrashTests.appendUntilKilled(root: root, package: path, at: step)
        }
        #expect(store.verify().isIntact, "\(store.verify().lines)")
        let isMoved = [.moved, .synchronized].contains(step)
        let open = try store.open()
        let report = try open.recover()
        #expect(report.damaged.isEmpty && report.chainProblems.isEmpty)
        #expect(report.removedFromStaging.count == (isMoved ? 0 : 1))
        #expect(try open.addenda(of: path).count == (isMoved ? 2 : 1))
        let again = try open.append(AddendaTests.draft(.notice, hour: 5, token: "r1"), to: path)
        #expect(again.addendum.sequence == 2)
        #expect(again.addendum.files.count == (isMoved ? 1 : 0))
        #expect(store.verify().isIntact, "\(store.verify().lines)")
    }
}
