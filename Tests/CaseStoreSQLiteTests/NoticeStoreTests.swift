import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Messages in the store")
struct NoticeStoreTests {
    private static let start = TemporaryStore.start
    private static let number = "13812345678"

    private static func remind(_ kind: CaseAction.Kind = .remind, to recipient: String = number, shop: String? = nil) -> CaseAction {
        CaseAction(
            kind, note: "n", dueAt: start + 1_800,
            notice: NoticeText(template: "remind-sms", medium: "sms", recipient: recipient, text: "请整改"), shopID: shop)
    }

    /// A store with cases that are confirmed, and a cool-down of four hours.
    private static func with(_ ids: [String], _ body: (SQLiteCaseStore) async throws -> Void) async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteCaseStore.open(directory: folder, coolDown: CoolDown(hours: 4), now: { start })
        defer { try? store.close() }
        try await TemporaryStore.populate(store)
        for id in ids {
            try await store.addCase(TemporaryStore.record(id), actor: "machine")
            _ = try await store.act(caseID: id, TemporaryStore.review(), by: "wang", at: start)
        }
        try await body(store)
    }

    @Test("a reminder's message waits in the same transaction, and each of its states is a line of the log")
    func life() async throws {
        try await Self.with(["a"]) { store in
            _ = try await store.act(caseID: "a", Self.remind(), by: "wang", at: Self.start + 1)
            let waiting = try #require(try await store.notices(caseID: "a").first)
            #expect(waiting.status == .waiting)
            #expect(waiting.notice.recipient == Self.number)
            #expect(waiting.releasedBy == "wang")
            #expect(try await store.dueNotices(at: Self.start, media: ["sms"], limit: 9).isEmpty)
            #expect(try await store.dueNotices(at: Self.start + 1, media: ["voice"], limit: 9).isEmpty)
            #expect(try await store.dueNotices(at: Self.start + 1, media: ["sms"], limit: 9).map(\.id) == [waiting.id])

            try await store.postponeNotice(id: waiting.id, error: "busy", nextAttemptAt: Self.start + 60)
            #expect(try await store.dueNotices(at: Self.start + 59, media: ["sms"], limit: 9).isEmpty)
            let reports: [(NoticeReport, NoticeRecord.Status)] = [
                (NoticeReport(.failed, text: "busy"), .failed), (NoticeReport(.retried), .waiting),
                (NoticeReport(.sent, reference: "g-1"), .sent), (NoticeReport(.delivered), .delivered),
                (NoticeReport(.replied, text: "好"), .replied),
            ]
            for (report, status) in reports {
                let next = try await store.reportNotice(id: waiting.id, report, by: "machine", at: Self.start + 70)
                #expect(next.status == status)
            }
            // Said again: nothing new.
            try await store.reportNotice(id: waiting.id, NoticeReport(.delivered), by: "gateway", at: Self.start + 80)
            let kinds = try await store.events(caseID: "a").map(\.kind)
            #expect(
                kinds == [
                    "sealed", "decided", "remind", "notice-failed", "notice-retried", "notice-sent", "notice-delivered", "notice-replied",
                ])
            let last = try #require(try await store.notice(id: waiting.id))
            #expect(last.reference == "g-1")
            #expect(last.reply == "好")
            #expect(last.attempts == 0)
            #expect(try await store.problems().isEmpty)
        }
    }

    @Test("within the cool-down the same number gets no second reminder, whatever the case; an order and another number go")
    func coolDown() async throws {
        try await Self.with(["a", "b", "c"]) { store in
            _ = try await store.act(caseID: "a", Self.remind(), by: "wang", at: Self.start + 1)
            let end = Self.start + 14_401
            await #expect(throws: NoticeRefusal.coolDown(until: end)) {
                _ = try await store.act(caseID: "b", Self.remind(), by: "li", at: Self.start + 2)
            }
            #expect(try await store.caseRecord(id: "b")?.state == .confirmed)
            #expect(try await store.events(caseID: "b").count == 2)
            _ = try await store.act(caseID: "b", Self.remind(.order), by: "li", at: Self.start + 2)
            _ = try await store.act(caseID: "c", Self.remind(to: "13900000000"), by: "li", at: Self.start + 3)
            #expect(try await store.notices([], before: nil, limit: 10).count == 3)
        }
    }

    @Test("a shop counts by all its numbers, and a message that was lost does not count")
    func coolDownOfShop() async throws {
        try await Self.with(["a", "b", "c"]) { store in
            _ = try await store.act(caseID: "a", Self.remind(shop: "shop-1"), by: "wang", at: Self.start + 1)
            let second = Self.remind(to: "13900000000", shop: "shop-1")
            await #expect(throws: NoticeRefusal.self) {
                _ = try await store.act(caseID: "b", second, by: "wang", at: Self.start + 2)
            }
            let lost = try #require(try await store.notices(caseID: "a").first)
            try await store.reportNotice(id: lost.id, NoticeReport(.failed), by: "machine", at: Self.start + 3)
            _ = try await store.act(caseID: "b", second, by: "wang", at: Self.start + 4)
        }
    }

    @Test("a message goes with a reminder or an order only, to a number that is one")
    func refused() async throws {
        try await Self.with(["a"]) { store in
            await #expect(throws: NoticeRefusal.recipientMalformed) {
                _ = try await store.act(caseID: "a", Self.remind(to: "nobody"), by: "wang", at: Self.start + 1)
            }
            try await store.addUser(TemporaryStore.user("zhou", role: .head))
            await #expect(throws: NoticeRefusal.noMessage(.hold)) {
                _ = try await store.act(caseID: "a", Self.remind(.hold), by: "zhou", at: Self.start + 1)
            }
            #expect(try await store.notices(caseID: "a").isEmpty)
        }
    }

    @Test(
        "a row that was edited, put in or taken out behind the program's back is named",
        arguments: [
            ("UPDATE notices SET status = 'delivered'", "status"), ("UPDATE notices SET recipient = '13900000000'", "recipient"),
            ("UPDATE notices SET reply = 'ok'", "reply"),
            ("DROP TRIGGER notices_never_go; DELETE FROM notices", "is missing"),
        ])
    func edited(sql: String, word: String) async throws {
        try await Self.with(["a"]) { store in
            _ = try await store.act(caseID: "a", Self.remind(), by: "wang", at: Self.start + 1)
            #expect(try await store.problems().isEmpty)
            try await store.pool.write { db in try db.execute(sql: sql) }
            let problem = try #require(try await store.problems().first)
            #expect(problem.subject.hasPrefix("notices "))
            #expect(problem.what.contains(word), "\(problem)")
        }
    }

    @Test("lines of messages cannot be added on their own")
    func ownKinds() async throws {
        try await Self.with(["a"]) { store in
            await #expect(throws: CaseStoreError.self) {
                try await store.appendEvent(caseID: "a", at: Self.start, actor: "wang", kind: "notice-sent", detail: "{}")
            }
        }
    }

    @Test("what is due for a second look comes in the order of its time, and no longer once it was looked at")
    func dueLooks() async throws {
        try await Self.with(["a", "b"]) { store in
            _ = try await store.act(caseID: "a", CaseAction(.remind, dueAt: Self.start + 200), by: "wang", at: Self.start + 1)
            _ = try await store.act(caseID: "b", CaseAction(.remind, dueAt: Self.start + 100), by: "wang", at: Self.start + 1)
            #expect(try await store.dueLooks(at: Self.start + 99, limit: 9).isEmpty)
            #expect(try await store.dueLooks(at: Self.start + 100, limit: 9).map(\.id) == ["b"])
            #expect(try await store.dueLooks(at: Self.start + 300, limit: 9).map(\.id) == ["b", "a"])
            let look = SecondLook(proposal: .corrected, reason: BilingualText(zh: "已清", en: "gone"))
            _ = try await store.act(caseID: "b", CaseAction(.look, look: look), by: "machine", at: Self.start + 300)
            #expect(try await store.dueLooks(at: Self.start + 300, limit: 9).map(\.id) == ["a"])
        }
    }
}
