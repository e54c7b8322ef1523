import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import GRDB
import Testing

@Suite("What the store gives to and takes from other systems")
struct ExchangeStoreTests {
    private static let match = ExternalMatch(metres: 20, minutes: 10)

    private static func finding(
        _ id: String, violation: String? = "piled-goods", minutes: Double = 0, channel: String? = "c1", grid: String? = nil
    ) -> ExternalFinding {
        ExternalFinding(
            source: "district", id: id, code: "06036", violation: violation, at: TemporaryStore.start + minutes * 60, channelID: channel,
            grid: grid)
    }

    @Test("a bundle's checker computes the hash of every line as the store did")
    func hashes() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            for id in ["k1", "k2"] { try await store.addCase(TemporaryStore.record(id), actor: "machine") }
            _ = try await store.act(caseID: "k1", TemporaryStore.review(), by: "wang", at: TemporaryStore.start + 60)
            try await store.appendEvent(caseID: "k2", at: TemporaryStore.start, actor: "wang", kind: "noted", detail: "{\"note\":\"是: 1\"}")
            _ = try await store.issuePartyCode(caseID: "k1", by: "wang", at: TemporaryStore.start + 70)
            for id in ["k1", "k2"] {
                let lines = try await store.logLines(caseID: id)
                #expect(lines.count == (id == "k1" ? 3 : 2))
                for line in lines { #expect(line.hash == line.expectedHash) }
                #expect(lines.map(\.hash) == (try await store.events(caseID: id)).map(\.hash))
            }
            let all = try await store.events(after: 0, limit: 100)
            #expect(all.map(\.sequence) == [1, 2, 3, 4, 5])
            #expect(try await store.events(after: 3, limit: 1).map(\.sequence) == [4])
            #expect(try await store.lastEventSequence() == 5)
        }
    }

    @Test("an import that is an act of ours is linked to the case, in its log; others are kept, and told twice changes nothing")
    func imports() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            func add(_ finding: ExternalFinding) async throws -> ExternalRecord {
                try await store.addExternal(finding, match: Self.match, at: TemporaryStore.start + 999).record
            }
            let same = try await add(Self.finding("e1", minutes: 9))
            #expect(same.duplicateOfCase == "k1" && same.duplicateOf == nil)
            #expect(try await store.events(caseID: "k1").map(\.kind) == ["sealed", "external-duplicate"])
            let again = try await store.addExternal(Self.finding("e1", minutes: 9), match: Self.match, at: TemporaryStore.start + 2000)
            #expect(!again.isNew && again.record == same)
            await #expect(throws: CaseStoreError.self) { try await add(Self.finding("e1", minutes: 8)) }
            await #expect(throws: CaseStoreError.self) { try await add(Self.finding("e9", channel: "nowhere")) }
            let later = try await add(Self.finding("e2", minutes: 40))
            #expect(later.duplicateOfCase == nil && later.duplicateOf == nil)
            #expect(try await add(Self.finding("e3", minutes: 49)).duplicateOf == later.sequence)
            // What is not looked for here is the same as nothing.
            #expect(try await add(Self.finding("e4", violation: nil, minutes: 40)).duplicateOf == nil)
            #expect(try await store.externals(before: nil, limit: 2).map(\.finding.id) == ["e4", "e3"])
            #expect(try await store.externals(before: later.sequence, limit: 9).map(\.finding.id) == ["e1"])
            #expect(try await store.counts().byState["candidate"] == 1)
            #expect(try await store.problems().isEmpty)
        }
    }

    @Test("a party's code leads to its case, and is not in the store")
    func partyCode() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            await #expect(throws: CaseStoreError.self) {
                try await store.issuePartyCode(caseID: "k1", by: "wang", at: TemporaryStore.start)
            }
            _ = try await store.act(caseID: "k1", TemporaryStore.review(), by: "wang", at: TemporaryStore.start)
            let code = try await store.issuePartyCode(caseID: "k1", by: "wang", at: TemporaryStore.start)
            #expect(try await store.caseID(of: code) == "k1")
            var generator = SystemRandomNumberGenerator()
            #expect(try await store.caseID(of: PartyCode.make(using: &generator)) == nil)
            #expect(try await !store.events(caseID: "k1").contains { $0.detail.contains(code.text) })
            await #expect(throws: CaseStoreError.self) {
                try await store.appendEvent(
                    caseID: "k1", at: TemporaryStore.start, actor: "wang", kind: "party-code", detail: "{\"sha256\":\"x\"}")
            }
        }
    }

    @Test("a cursor is kept and never goes back")
    func cursor() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let at = TemporaryStore.start
            try await store.saveDeliveryCursor(DeliveryCursor(name: "city", sequence: 7, updatedAt: at))
            try await store.saveDeliveryCursor(
                DeliveryCursor(name: "city", sequence: 5, failingSince: at, failures: 2, lastError: "no", updatedAt: at + 1))
            let cursor = try #require(try await store.deliveryCursor("city"))
            #expect(cursor == DeliveryCursor(name: "city", sequence: 7, failingSince: at, failures: 2, lastError: "no", updatedAt: at + 1))
            #expect(try await store.deliveryCursor("other") == nil)
        }
    }

    @Test("a deletion is in log and row together; a hold, a move or a second time makes it nothing")
    func deletion() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let at = TemporaryStore.start
            for id in ["k1", "k2", "k3"] {
                try await store.addCase(TemporaryStore.record(id), actor: "machine")
                _ = try await store.act(caseID: id, TemporaryStore.review(.falseAlarm), by: "wang", at: at)
            }
            try await store.addUser(TemporaryStore.user("sun", role: .legalReview))
            func record(_ id: String) async throws -> CaseRecord { try #require(try await store.caseRecord(id: id)) }
            let detail = DeletionDetail(
                rule: "false-alarm", files: 1, bytes: 2, manifestSHA256: String(repeating: "a", count: 64), certificate: "{}",
                certificateSHA256: "c")
            let (one, two, three) = try await (record("k1"), record("k2"), record("k3"))
            _ = try await store.act(caseID: "k2", CaseAction(.hold, note: "诉讼"), by: "sun", at: at + 1)
            #expect(try await store.heldCases(limit: 9).map(\.id) == ["k2"])
            #expect(try await !store.recordDeletion(of: two, detail: detail, by: "machine", at: at + 2))
            #expect(try await !store.recordDeletion(of: record("k2"), detail: detail, by: "machine", at: at + 2))
            _ = try await store.act(caseID: "k3", CaseAction(.reopen, note: "n"), by: "wang", at: at + 1)
            #expect(try await !store.recordDeletion(of: three, detail: detail, by: "machine", at: at + 2))
            #expect(try await !store.recordDeletion(of: record("k3"), detail: detail, by: "machine", at: at + 2))
            #expect(try await store.recordDeletion(of: one, detail: detail, by: "machine", at: at + 2))
            #expect(try await !store.recordDeletion(of: one, detail: detail, by: "machine", at: at + 3))
            #expect(try await record("k1").deletedAt == at + 2)
            #expect(try await store.deletions().map(\.id) == ["k1"])
            #expect(try await store.deletionEvents(before: nil, limit: 9).count == 1)
            #expect(try await store.packagePaths().keys.sorted() == ["k2", "k3"])
            #expect(try await store.settledCases(after: nil, limit: 9).map(\.id) == ["k2"])
            await #expect(throws: CaseStoreError.self) {
                try await store.act(caseID: "k1", CaseAction(.reopen, note: "n"), by: "wang", at: at)
            }
            #expect(try await store.problems().isEmpty)
        }
    }

    @Test("settled cases come in pages, the longest over first")
    func pages() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            for index in 0..<7 {
                try await store.addCase(TemporaryStore.record("k\(index)"), actor: "machine")
                _ = try await store.act(
                    caseID: "k\(index)", TemporaryStore.review(.falseAlarm), by: "wang", at: TemporaryStore.start + Double(index / 3))
            }
            var ids: [String] = []
            var cursor: SettledCursor?
            while true {
                let page = try await store.settledCases(after: cursor, limit: 2)
                guard let last = page.last, let at = last.standing.settledAt else { break }
                ids += page.map(\.id)
                cursor = SettledCursor(settledAt: at, id: last.id)
            }
            #expect(ids == (0..<7).map { "k\($0)" })
        }
    }

    static let edits = [
        ("UPDATE external_findings SET duplicate_case = NULL", "external_findings"),
        ("DELETE FROM external_findings", "external_findings"),
        ("UPDATE retention_runs SET at = at + 1", "retention_runs"), ("DELETE FROM retention_runs", "retention_runs"),
    ]

    @Test("imports and runs of retention can be neither changed nor removed; behind the program's back it is found", arguments: edits)
    func edited(_ sql: String, _ table: String) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            _ = try await store.addExternal(Self.finding("e1"), match: Self.match, at: TemporaryStore.start)
            try await store.appendRetentionRun(.ran, by: "machine", at: TemporaryStore.start, detail: "{}")
            #expect(try await store.retentionRuns(limit: 5).map(\.kind) == [.ran])
            #expect(try await store.problems().isEmpty)
            let refused = await #expect(throws: DatabaseError.self) { try await store.pool.write { db in try db.execute(sql: sql) } }
            #expect(refused?.message == "\(table) is append-only")
            try await store.pool.write { db in
                for verb in ["change", "go"] {
                    try db.execute(sql: "DROP TRIGGER \(table)_never_\(verb)")
                }
                try db.execute(sql: sql)
            }
            #expect(try await store.problems().contains { $0.subject.hasPrefix(table) })
        }
    }

    @Test("a code is found by an index, not by reading the log")
    func plan() async throws {
        try await TemporaryStore.with { temporary in
            let plan = try await temporary.store.pool.read { db in
                try Row.fetchAll(
                    db,
                    sql: """
                        EXPLAIN QUERY PLAN SELECT case_id FROM case_events
                        WHERE kind = 'party-code' AND json_extract(detail, '$.sha256') = 'x'
                        """
                ).map { $0["detail"] as String }
            }
            #expect(plan.contains { $0.contains("case_events_by_party_code") }, "\(plan)")
        }
    }
}
