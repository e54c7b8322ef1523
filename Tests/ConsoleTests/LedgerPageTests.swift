import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Pages of the ledgers")
struct LedgerPageTests {
    @Test("a shop is entered, changed and taken out of use by the forms alone", arguments: ["zh", "en"])
    func forms(_ language: String) async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "wang", client)
            _ = try await browser.get("/ledgers/shop/new?lang=\(language)")
            let fields = [
                "id": "s1", "version": "0", "f-name": "<阿强>", "f-grade": "yellow", "f-frontages": "c1: 0.1,0.1 0.5,0.1 0.5,0.5",
                "f-dutyArea-number": "责-1", "f-dutyArea-date": "2026-01-02", "f-acceptsElectronicService": "1",
                "f-contactPhone": "021-12345678",
            ]
            var crooked = fields
            crooked["f-frontages"] = "c1 0.1"
            #expect(try await browser.post("/ledgers/shop/new", crooked).status == .unprocessableContent)
            let made = try await browser.post("/ledgers/shop/new", fields)
            #expect(made.status == .seeOther && made.headers[.location] == "/ledgers/shop/s1?saved=1")
            let stored = try #require(try await test.store.document(ShopRecord.self, id: "s1"))
            #expect(stored.name == "<阿强>" && stored.grade == .yellow && stored.acceptsElectronicService)
            #expect(stored.dutyArea == LedgerPaper(number: "责-1", date: LocalDay("2026-01-02")))
            #expect(stored.frontages.polygons == ["c1": [[0.1, 0.1], [0.5, 0.1], [0.5, 0.5]]])
            let page = try await browser.get("/ledgers/shop/s1")
            #expect(page.text.contains("&lt;阿强&gt;") && page.text.contains("c1: 0.1,0.1 0.5,0.1 0.5,0.5"))
            // Nothing is lost on the way through the form.
            var again = fields
            again["version"] = "1"
            again["f-grade"] = "red"
            _ = try await browser.post("/ledgers/shop/s1", again)
            let change = language == "zh" ? "三色等级：黄色 → 红色" : "Grade: yellow → red"
            #expect(try await browser.get("/ledgers/shop/s1").text.contains(change))
            let late = try await browser.post("/ledgers/shop/s1", again)
            #expect(late.status == .conflict && late.text.contains("notice-bad"))
            #expect(try await browser.get("/ledgers/shop?due=1").text.contains("/ledgers/shop/s1"))
            _ = try await browser.post("/ledgers/shop/s1/looked", ["version": "2"])
            #expect(try await !browser.get("/ledgers/shop?due=1").text.contains("/ledgers/shop/s1"))
            _ = try await browser.post("/ledgers/shop/s1/retire", ["version": "3"])
            #expect(try await !browser.get("/ledgers/shop").text.contains("/ledgers/shop/s1"))
            #expect(try await browser.get("/ledgers/shop?all=1").text.contains("/ledgers/shop/s1"))
            #expect(try await test.store.ledgerHistory(.shop, id: "s1").map(\.version) == [1, 2, 3, 4])
        }
    }

    @Test("whoever may not keep a ledger sees it without a button", arguments: [("he", "shop"), ("zhao", "shop"), ("wang", "device")])
    func readOnly(_ login: String, _ kind: String) async throws {
        try await TestConsole.with { test, client in
            let author = try await test.program("chen", client)
            _ = try await author.send(.post, "/api/v1/ledgers/shop", ["id": "s1", "document": ["name": "甲"]])
            var browser = try await Browser(login: login, client)
            let uri = kind == "shop" ? "/ledgers/shop/s1" : "/ledgers/device/c1"
            let page = try await browser.get(uri + "?lang=en")
            #expect(page.status == .ok && page.text.contains("may read this ledger only"))
            #expect(!page.text.contains("/retire\"") && !page.text.contains("type=\"submit\">Save<"))
            #expect(try await browser.post(uri, ["version": "1", "f-name": "乙", "f-owner": "乙"]).status == .forbidden)
            #expect(try await browser.post(uri + "/retire", ["version": "1"]).status == .forbidden)
            #expect(try await browser.get("/ledgers/\(kind)/new").status == .forbidden)
        }
    }

    @Test("the overview counts entries and what ends soon")
    func overview() async throws {
        try await TestConsole.with { test, client in
            let author = try await test.program("chen", client)
            let soon = LocalDay(Date(), in: .gmt).adding(days: 10).description
            for (id, day) in [("p1", soon), ("p2", "2099-01-01")] {
                var permit = LedgerAPITests.permit
                permit["validUntil"] = day
                #expect(try await author.send(.post, "/api/v1/ledgers/permit", ["id": id, "document": permit]).status == .created)
            }
            var browser = try await Browser(login: "he", client)
            let page = try await browser.get("/ledgers?lang=en")
            #expect(page.text.contains("2 entries") && page.text.contains("1 end within 30 days"))
            let table = try await browser.get("/ledgers/permit?q=%E5%A4%96%E6%91%86")
            #expect(table.text.contains("ends \(soon)"))
            #expect(try await browser.get("/ledgers/permit?q=nothing").text.contains("No entry matches"))
            #expect(try await browser.get("/ledgers/nothing").status == .notFound)
            #expect(try await browser.get("/ledgers/shop/s9").status == .notFound)
            #expect(try await browser.get("/ledgers/device/c9").status == .notFound)
        }
    }
}
