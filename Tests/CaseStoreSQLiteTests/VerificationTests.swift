import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Rows that were edited behind the program's back")
struct VerificationTests {
    /// A store with a case brought to second review, one exempt, one cleared, ledger entries and users.
    private static func with(_ body: (SQLiteCaseStore) async throws -> Void) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let start = TemporaryStore.start
            for id in ["k1", "k2", "k3"] { try await store.addCase(TemporaryStore.record(id), actor: "machine") }
            _ = try await store.act(caseID: "k1", TemporaryStore.review(), by: "wang", at: start)
            _ = try await store.act(caseID: "k1", CaseAction(.remind, dueAt: start + 1_800, shopID: "shop-7"), by: "wang", at: start + 1)
            let look = SecondLook(proposal: .notCorrected, reason: BilingualText(zh: "在", en: "there"), likeness: 0.97)
            _ = try await store.act(caseID: "k1", CaseAction(.look, look: look), by: "machine", at: start + 1_800)
            _ = try await store.act(caseID: "k1", CaseAction(.notCorrected, declaresNoConflict: true), by: "wang", at: start + 1_900)
            _ = try await store.act(caseID: "k2", TemporaryStore.review(.exempt), by: "li", at: start)
            try await store.recordIncident(TemporaryStore.incident("i-k3", phase: .cleared))
            _ = try await store.putLedger(
                .shop, id: "shop-7", document: #"{"name":"七号"}"#, isRetired: false, expecting: 0, author: "li", at: start)
            var user = TemporaryStore.user("li")
            user.displayName = "李"
            try await store.updateUser(user)
            for (index, action) in ["login", "case-viewed", "file-viewed", "exported"].enumerated() {
                try await store.appendAccess(
                    AccessRecord(
                        at: start + Double(index), userID: "wang", unit: "执法队", action: action, subject: "k1", reason: "review",
                        address: ""))
            }
            #expect(try await store.problems() == [])
            try await body(store)
        }
    }

    static let edits: [(sql: String, named: String)] = [
        ("UPDATE cases SET state = 'closed' WHERE id = 'k1'", "cases k1"),
        ("UPDATE cases SET due_at = 5 WHERE id = 'k1'", "cases k1"),
        ("UPDATE cases SET shop_id = 'shop-8' WHERE id = 'k1'", "cases k1"),
        ("UPDATE cases SET settled_at = NULL WHERE id = 'k2'", "cases k2"),
        ("UPDATE cases SET standing = json_set(standing, '$.decision.userID', 'li') WHERE id = 'k1'", "cases k1"),
        ("UPDATE cases SET standing = json_set(standing, '$.look.findings.likeness', 0.1) WHERE id = 'k1'", "cases k1"),
        ("UPDATE cases SET manifest_sha256 = 'b' WHERE id = 'k3'", "cases k3"),
        ("UPDATE cases SET package_path = '2025/11/x' WHERE id = 'k3'", "cases k3"),
        ("UPDATE cases SET created_at = created_at + 1 WHERE id = 'k3'", "cases k3"),
        ("UPDATE cases SET violation = 'parked-bikes' WHERE id = 'k3'", "cases k3"),
        ("UPDATE cases SET deleted_at = 7 WHERE id = 'k3'", "cases k3"),
        ("UPDATE incidents SET opened_at = opened_at - 1000 WHERE id = 'i-k1'", "incidents i-k1"),
        ("UPDATE incidents SET box_x = 11 WHERE id = 'i-k2'", "incidents i-k2"),
        ("UPDATE incidents SET cleared_at = cleared_at + 1 WHERE id = 'i-k3'", "incidents i-k3"),
        ("UPDATE incidents SET score = 0.76 WHERE id = 'i-k3'", "incidents i-k3"),
        ("UPDATE users SET role = 'head' WHERE id = 'wang'", "users wang"),
        ("UPDATE users SET certificate = json_set(certificate, '$.validUntil', '2099-01-01') WHERE id = 'wang'", "users wang"),
        ("UPDATE users SET password_hash = 'other' WHERE id = 'li'", "users li"),
        (
            "INSERT INTO users SELECT 'eve', 'eve', 'Eve', role, password_hash, 1, 1, certificate, '[]', NULL FROM users WHERE id = 'wang'",
            "users eve"
        ),
        ("UPDATE ledger_entries SET document = '{\"name\":\"八号\"}' WHERE kind = 'shop'", "ledger_entries line"),
        ("DELETE FROM ledger_entries WHERE kind = 'shop'", "ledger_entries line"),
        ("UPDATE case_events SET actor = 'li' WHERE kind = 'not-corrected'", "case_events line"),
        ("DELETE FROM case_events WHERE kind = 'look'", "case_events line"),
        ("UPDATE access_log SET reason = 'technical' WHERE sequence = 2", "access_log line 2"),
        ("UPDATE access_log SET unit = 'x' WHERE sequence = 3", "access_log line 3"),
        ("UPDATE access_log SET at = at + 1 WHERE sequence = 1", "access_log line 1"),
        ("DELETE FROM access_log WHERE sequence = 2", "access_log line 2"),
        ("DELETE FROM access_log WHERE sequence = 4", "access_log line 4"),
        ("UPDATE users SET unit = 'x' WHERE id = 'wang'", "users wang"),
    ]

    @Test("each edit is found and named", arguments: edits.indices)
    func edited(_ index: Int) async throws {
        try await Self.with { store in
            try await store.pool.write { db in
                for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                    try db.execute(sql: "DROP TRIGGER \(name)")
                }
                try db.execute(sql: Self.edits[index].sql)
                #expect(db.changesCount == 1)
            }
            let problems = try await store.problems()
            #expect(problems.contains { $0.subject.hasPrefix(Self.edits[index].named) }, "\(problems)")
        }
    }
}
