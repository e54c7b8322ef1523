import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Decisions and the event log")
struct DecisionTests {
    static let start = TemporaryStore.start

    @Test("a decision moves the case and is logged", arguments: Decision.Verdict.allCases)
    func decide(_ verdict: Decision.Verdict) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            let decided = try await store.act(caseID: "k1", TemporaryStore.review(verdict), by: "wang", at: Self.start + 5)
            #expect(decided.state == verdict.state)
            #expect(decided.decision?.verdict == verdict)
            #expect(decided.decision?.userID == "wang")
            #expect(decided.decision?.ticks == Set(CaseAction.Tick.allCases))
            #expect(try await store.caseRecord(id: "k1") == decided)
            let event = try #require(try await store.events(caseID: "k1").last)
            #expect(event.kind == "decided")
            #expect(event.actor == "wang")
            #expect(event.at == Self.start + 5)
            #expect(event.detail.contains(#""kind":"\#(verdict.rawValue)""#))
        }
    }

    @Test("of many officers who decide at once exactly one wins, the others learn what stands")
    func race() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            for round in 0..<20 {
                let id = "k\(round)"
                try await store.addCase(TemporaryStore.record(id), actor: "machine")
                let results = await withTaskGroup(of: Result<CaseRecord, any Error>.self) { group in
                    for index in 0..<4 {
                        let review = TemporaryStore.review(index.isMultiple(of: 2) ? .confirm : .exempt)
                        group.addTask {
                            do {
                                return .success(
                                    try await store.act(caseID: id, review, by: index < 2 ? "wang" : "li", at: Self.start))
                            } catch {
                                return .failure(error)
                            }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }
                }
                let won = results.compactMap { try? $0.get() }
                #expect(won.count == 1)
                #expect(try await store.caseRecord(id: id) == won.first)
                for case .failure(let error) in results {
                    #expect(error as? CaseLife.Refusal == won.first.map { .decidedAlready($0.state) })
                }
                #expect(try await store.events(caseID: id).map(\.kind) == ["sealed", "decided"])
            }
        }
    }

    @Test("a refused decision changes nothing and says why")
    func refused() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            var reasonless = TemporaryStore.review(.falseAlarm)
            reasonless.reason = nil
            await #expect(throws: CaseLife.Refusal.reasonMissing(.falseAlarm)) {
                try await store.act(caseID: "k1", reasonless, by: "wang", at: Self.start)
            }
            await #expect(throws: CaseStoreError.notFound("user “nobody”")) {
                try await store.act(caseID: "k1", TemporaryStore.review(), by: "nobody", at: Self.start)
            }
            await #expect(throws: CaseStoreError.notFound("case k2")) {
                try await store.act(caseID: "k2", TemporaryStore.review(), by: "wang", at: Self.start)
            }
            #expect(try await store.caseRecord(id: "k1")?.state == .candidate)
            #expect(try await store.events(caseID: "k1").count == 1)
        }
    }

    @Test("an officer takes a slip back within the window, another officer may not, and the log keeps both")
    func undo() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            _ = try await store.act(caseID: "k1", TemporaryStore.review(.exempt), by: "wang", at: TemporaryStore.start)
            func undo(_ user: String, _ at: Date) async throws -> CaseRecord {
                try await store.act(caseID: "k1", CaseAction(.undo), by: user, at: at)
            }
            await #expect(throws: CaseLife.Refusal.otherOfficersDecision) { try await undo("li", Self.start + 1) }
            let undone = try await undo("wang", Self.start + 60)
            #expect(undone.state == .candidate)
            #expect(undone.decision == nil)
            await #expect(throws: CaseLife.Refusal.nothingToUndo) { try await undo("wang", Self.start + 60) }
            _ = try await store.act(caseID: "k1", TemporaryStore.review(), by: "li", at: Self.start + 61)
            await #expect(throws: CaseLife.Refusal.undoTooLate(window: .seconds(60))) { try await undo("li", Self.start + 122) }
            #expect(try await store.events(caseID: "k1").map(\.kind) == ["sealed", "decided", "undone", "decided"])
            #expect(try await store.firstBrokenEvent() == nil)
        }
    }

    @Test("notes can be added, but not lines that only the store writes, nor what is no JSON object")
    func append() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try await store.appendEvent(
                caseID: "k1", at: Self.start, actor: "li", kind: "noted", detail: #"{"text": "看过"}"#)
            #expect(try await store.events(caseID: "k1").last?.detail == #"{"text": "看过"}"#)
            for (kind, detail) in [("decided", "{}"), ("sealed", "{}"), ("noted", "text"), ("noted", "[]"), ("", "{}")] {
                await #expect(throws: CaseStoreError.self) {
                    try await store.appendEvent(caseID: "k1", at: Self.start, actor: "li", kind: kind, detail: detail)
                }
            }
            await #expect(throws: CaseStoreError.notFound("case k2")) {
                try await store.appendEvent(caseID: "k2", at: Self.start, actor: "li", kind: "noted", detail: "{}")
            }
            #expect(try await store.events(caseID: "k1").count == 2)
        }
    }

    /// What someone with the file could do to the third of five lines, and the line at which it shows.
    static let tampering: [(String, Int64)] = [
        ("UPDATE case_events SET detail = '{\"text\":\"other\"}' WHERE sequence = 3", 3),
        ("UPDATE case_events SET at = at + 1 WHERE sequence = 3", 3),
        ("UPDATE case_events SET actor = 'li' WHERE sequence = 3", 3),
        ("UPDATE case_events SET kind = 'repaired' WHERE sequence = 3", 3),
        ("UPDATE case_events SET case_id = 'k2' WHERE sequence = 3", 3),
        ("UPDATE case_events SET hash = (SELECT hash FROM case_events WHERE sequence = 2) WHERE sequence = 3", 3),
        ("DELETE FROM case_events WHERE sequence = 3", 3),
        ("DELETE FROM case_events WHERE sequence = 1", 1),
        ("DELETE FROM case_events WHERE sequence = 5", 5),
        ("DELETE FROM case_events", 1),
        ("UPDATE case_events SET sequence = 9 WHERE sequence = 5", 5),
    ]

    @Test(
        "a line that was changed, moved or taken out is named, also after more were written",
        arguments: tampering.indices)
    func tampered(_ index: Int) async throws {
        let (sql, broken) = Self.tampering[index]
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try await store.addCase(TemporaryStore.record("k2"), actor: "machine")
            for number in 1...3 {
                try await store.appendEvent(
                    caseID: "k1", at: Self.start, actor: "wang", kind: "noted", detail: #"{"text":"\#(number)"}"#)
            }
            #expect(try await store.firstBrokenEvent() == nil)
            try await store.pool.write { db in
                try db.execute(sql: "DROP TRIGGER case_events_never_change; DROP TRIGGER case_events_never_go")
                try db.execute(sql: sql)
            }
            #expect(try await store.firstBrokenEvent() == broken)
            try await store.appendEvent(caseID: "k1", at: Self.start, actor: "wang", kind: "noted", detail: "{}")
            #expect(try await store.firstBrokenEvent() == broken)
        }
    }

    @Test("fields cannot be shifted into one another without the hash showing it")
    func lengthPrefixed() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try await store.appendEvent(caseID: "k1", at: Self.start, actor: "wang", kind: "noted", detail: "{}")
            try await store.pool.write { db in
                try db.execute(sql: "DROP TRIGGER case_events_never_change")
                try db.execute(sql: "UPDATE case_events SET actor = 'wan', kind = 'gnoted' WHERE sequence = 2")
            }
            #expect(try await store.firstBrokenEvent() == 2)
        }
    }

    @Test("the hash is the documented one: SHA-256 over length-prefixed fields")
    func documentedHash() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            try await store.appendEvent(caseID: "k1", at: Self.start, actor: "王", kind: "noted", detail: "{}")
            let events = try await store.events(caseID: "k1")
            let input = "64:\(events[0].hash)1:22:k113:17640000000003:王5:noted2:{}"
            #expect(try Shell.run("printf %s '\(input)' | sha256sum").output.hasPrefix(events[1].hash))
        }
    }
}
