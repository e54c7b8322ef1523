import Casework
import Foundation
import Testing

@Suite("Messages to parties")
struct NoticeTests {
    private static let start = Date(timeIntervalSince1970: 1_764_000_000)

    private static func template(_ text: String, violations: [String] = []) -> NoticeTemplate {
        NoticeTemplate(
            id: "remind-sms", name: BilingualText(zh: "提醒", en: "Reminder"), kinds: [.remind], violations: violations, medium: .sms,
            law: "行政处罚法第二十八条", text: text)
    }

    private static func record(_ status: NoticeRecord.Status) -> NoticeRecord {
        var record = NoticeRecord(
            id: 7, caseID: "c", shopID: nil,
            notice: NoticeText(template: "remind-sms", medium: "sms", recipient: "13812345678", text: "t"), kind: .remind,
            releasedBy: "wang", releasedAt: start)
        record.status = status
        return record
    }

    @Test("every place is filled in; a shop's name cannot open a place of its own or break the line")
    func filled() throws {
        let text = try Self.template("{shop}：请于{due}前整改。{phone}").filled([.shop: "老{phone}王\n店", .due: "14:05", .phone: "021"])
        #expect(text == "老 phone 王 店：请于14:05前整改。021")
    }

    @Test("what nobody knows is named instead of being left out")
    func missing() {
        #expect(throws: NoticeRefusal.factsMissing(template: "remind-sms", [.shop, .code])) {
            try Self.template("{shop}{due}{code}{shop}").filled([.due: "14:05", .code: " "])
        }
    }

    @Test("a message longer than gateways send is refused")
    func tooLong() {
        #expect(throws: NoticeRefusal.textTooLong(characters: 600)) {
            try Self.template("{shop}").filled([.shop: String(repeating: "店", count: 600)])
        }
    }

    @Test(
        "what is wrong with a template is said in words",
        arguments: [
            ("{due}{name}", "{name} is no placeholder"), ("{due}{shop", "{shop is no"), ("no time", "{due} is missing"),
            (" ", "text is empty"),
        ])
    func problems(text: String, word: String) {
        let found = NoticeTemplates.problems(of: Self.template(text), violations: [])
        let expected = word == "{shop is no" ? [] : [word]
        for word in expected { #expect(found.contains { $0.contains(word) }, "\(found)") }
    }

    @Test("a template for a violation that there is not, or for an action without messages, is a problem")
    func wrongUse() {
        var template = Self.template("{due}", violations: ["pond"])
        template.kinds = [.confirm]
        let found = NoticeTemplates.problems(of: template, violations: ["piled-goods"])
        #expect(found.count == 2)
        #expect(!template.fits(.remind, violation: "pond"))
    }

    @Test("within the cool-down a reminder is refused with the time, an order never")
    func coolDown() throws {
        let policy = CoolDown(hours: 4)
        let latest = Self.start
        #expect(throws: NoticeRefusal.coolDown(until: latest + 4 * 3600)) {
            try policy.check(.remind, latest: latest, at: latest + 4 * 3600 - 1)
        }
        try policy.check(.remind, latest: latest, at: latest + 4 * 3600)
        try policy.check(.order, latest: latest, at: latest + 1)
        try policy.check(.remind, latest: nil, at: latest)
        try CoolDown(hours: 0).check(.remind, latest: latest, at: latest)
    }

    @Test(
        "a message's status moves as the table says, and what is known already changes nothing",
        arguments: [
            (NoticeRecord.Status.waiting, NoticeReport.Kind.sent, NoticeRecord.Status.sent), (.waiting, .failed, .failed),
            (.waiting, .delivered, .delivered), (.sent, .delivered, .delivered), (.sent, .failed, .failed), (.failed, .retried, .waiting),
            (.failed, .delivered, .delivered), (.sent, .replied, .replied), (.delivered, .replied, .replied),
        ])
    func moves(from: NoticeRecord.Status, kind: NoticeReport.Kind, to: NoticeRecord.Status) throws {
        let next = try #require(try Self.record(from).taking(NoticeReport(kind, text: "x", reference: "r"), at: Self.start + 9))
        #expect(next.status == to)
        #expect(next.statusAt == Self.start + 9)
        #expect((next.nextAttemptAt != nil) == (to == .waiting))
        if kind != .replied, kind != .retried {
            #expect(try next.taking(NoticeReport(kind, text: "x"), at: Self.start + 10) == nil)
        }
    }

    @Test(
        "what cannot be said of a message is refused",
        arguments: [
            (NoticeRecord.Status.waiting, NoticeReport.Kind.replied), (.waiting, .retried), (.delivered, .failed), (.replied, .failed),
            (.sent, .retried), (.failed, .sent),
        ])
    func refused(from: NoticeRecord.Status, kind: NoticeReport.Kind) {
        #expect(throws: NoticeRefusal.self) { try Self.record(from).taking(NoticeReport(kind, text: "x"), at: Self.start) }
    }

    @Test("an empty answer is none, and the same answer again is no news")
    func replies() throws {
        #expect(throws: NoticeRefusal.textMissing) { try Self.record(.sent).taking(NoticeReport(.replied, text: " "), at: Self.start) }
        let replied = try #require(try Self.record(.sent).taking(NoticeReport(.replied, text: "好"), at: Self.start))
        #expect(try replied.taking(NoticeReport(.replied, text: "好"), at: Self.start) == nil)
        #expect(try replied.taking(NoticeReport(.replied, text: "已收"), at: Self.start)?.reply == "已收")
    }

    @Test("a number is a number, a person's name goes with paper only, and most of it is hidden")
    func recipients() throws {
        func notice(_ medium: String, _ recipient: String) -> NoticeText {
            NoticeText(template: "t", medium: medium, recipient: recipient, text: "x")
        }
        try notice("sms", "+86 138-1234-5678").check()
        try notice("paper", "老王").check()
        #expect(throws: NoticeRefusal.recipientMalformed) { try notice("sms", "老王").check() }
        #expect(throws: NoticeRefusal.recipientMissing) { try notice("voice", " ").check() }
        #expect(notice("sms", "13812345678").maskedRecipient == "138****5678")
        #expect(notice("paper", "王小明").maskedRecipient == "王**")
    }

    @Test("minutes until the second look are the violation's, or the default; nonsense is named")
    func recheck() {
        let policy = RecheckPolicy(minutes: ["default": 30, "shared-bike-heap": 120])
        #expect(policy.minutes(for: "shared-bike-heap") == 120)
        #expect(policy.minutes(for: "piled-goods") == 30)
        #expect(policy.problems(violations: ["shared-bike-heap"]).isEmpty)
        #expect(policy.problems(violations: []).count == 1)
        #expect(RecheckPolicy(minutes: ["x": 0], pictures: 2).problems(violations: ["x"]).count == 3)
    }
}
