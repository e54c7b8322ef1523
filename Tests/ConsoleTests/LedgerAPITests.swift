import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The ledgers by API")
struct LedgerAPITests {
    static let square: [[Double]] = [[0.0, 0.2], [0.3, 0.2], [0.3, 0.4], [0.0, 0.4]]
    static let shop: [String: any Sendable] = ["name": "阿强水果", "creditCode": "91350100m000100y43", "frontages": ["c1": square]]
    static let permit: [String: any Sendable] = [
        "kind": "outside-seating", "number": "外摆-1", "holder": "阿强", "filedWith": "中山街道", "validFrom": "2026-01-01",
        "validUntil": "2027-01-01", "places": ["c1": square],
    ]

    @Test(
        "each ledger is kept by its own roles and read by all",
        arguments: [
            ("wang", true, false), ("qian", true, false), ("zhou", true, false), ("chen", true, true), ("zhao", false, true),
            ("xu", false, false), ("he", false, false), ("sun", false, false),
        ])
    func roles(_ login: String, _ shops: Bool, _ devices: Bool) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program(login, client)
            let made = try await program.send(.post, "/api/v1/ledgers/shop", ["document": Self.shop])
            #expect(made.status == (shops ? .created : .forbidden))
            let permit = try await program.send(.post, "/api/v1/ledgers/permit", ["document": Self.permit])
            #expect(permit.status == (shops ? .created : .forbidden))
            let device = try await program.send(.put, "/api/v1/ledgers/device/c1", ["document": ["owner": "街道"], "version": 0])
            #expect(device.status == (devices ? .ok : .forbidden))
            let list = try await program.send(.post, "/api/v1/ledgers/shop/import", ["content": Data("店名\n乙\n".utf8).base64EncodedString()])
            #expect(list.status == (shops ? .ok : .forbidden))
            for kind in ["shop", "permit", "device"] {
                #expect(try await program.get("/api/v1/ledgers/\(kind)").status == .ok)
                #expect(try await program.get("/ledgers/\(kind)").status == .ok)
            }
            #expect(try await test.store.ledger(.shop, includingRetired: true).count == (shops ? 2 : 0))
        }
    }

    @Test(
        "without a log-in no ledger is read or written",
        arguments: ["/api/v1/ledgers/shop", "/api/v1/ledgers/shop/s1", "/ledgers", "/ledgers/shop/export.csv"])
    func closed(_ uri: String) async throws {
        try await TestConsole.with { _, client in
            let answer = try await client.execute(uri: uri, method: .get)
            #expect(answer.status == .unauthorized || answer.headers[.location]?.hasPrefix("/login") == true)
        }
    }

    @Test("an entry has versions; whoever saw an older one is told, and an earlier one can be brought back")
    func versions() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let made = try await program.send(.post, "/api/v1/ledgers/shop", ["document": Self.shop])
            let id = try #require(made.object["id"] as? String)
            #expect(id == "shop-0001" && made.object["version"] as? Int == 1)
            #expect((made.object["document"] as? [String: Any])?["creditCode"] as? String == "91350100M000100Y43")
            let uri = "/api/v1/ledgers/shop/\(id)"
            var changed = Self.shop
            changed["grade"] = "red"
            #expect(try await program.send(.put, uri, ["document": changed, "version": 1]).object["version"] as? Int == 2)
            let late = try await program.send(.put, uri, ["document": Self.shop, "version": 1])
            #expect(late.status == .conflict && late.errorCode == "conflict")
            #expect(try await program.send(.post, "/api/v1/ledgers/shop", ["id": id, "document": Self.shop]).status == .conflict)
            let retired = try await program.send(.put, uri, ["document": changed, "version": 2, "isRetired": true])
            #expect(retired.object["isRetired"] as? Bool == true)
            let listed = try await program.get("/api/v1/ledgers/shop")
            #expect((listed.object["entries"] as? [Any])?.isEmpty == true)
            let history = try await program.get(uri + "/history")
            #expect((history.object["versions"] as? [[String: Any]])?.compactMap { $0["version"] as? Int } == [1, 2, 3])
            var browser = try await Browser(login: "wang", client)
            _ = try await browser.get("/ledgers/shop/\(id)")
            #expect(try await browser.post("/ledgers/shop/\(id)/restore", ["earlier": "1", "version": "3"]).status == .seeOther)
            let back = try await program.get(uri)
            #expect(back.object["isRetired"] as? Bool == false)
            #expect((back.object["document"] as? [String: Any])?["grade"] as? String == "green")
            #expect(try await test.store.problems().isEmpty)
        }
    }

    @Test("what is wrong is named by its field, and nothing is kept")
    func wrong() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("chen", client)
            let calls: [(String, [String: any Sendable], String)] = [
                ("shop", ["name": ""], "name"), ("shop", ["name": "a", "creditCode": "91350100M000100Y44"], "creditCode"),
                ("shop", ["name": "a", "frontages": ["c9": Self.square]], "frontages"),
                ("shop", ["name": "a", "permits": ["p9"]], "permits"),
                ("shop", ["name": "a", "grade": "blue"], "grade"), ("permit", ["number": "1"], "kind"),
                ("device", ["owner": "x"], "id"),
            ]
            for (kind, document, field) in calls {
                let answer = try await program.send(.post, "/api/v1/ledgers/\(kind)", ["id": "x1", "document": document])
                #expect(answer.status == .unprocessableContent, "\(kind) \(document)")
                #expect((answer.object["error"] as? [String: Any])?["field"] as? String == field)
            }
            #expect(try await program.send(.post, "/api/v1/ledgers/shop", ["document": ["name": "a"], "colour": 1]).status == .badRequest)
            #expect(
                try await program.send(.post, "/api/v1/ledgers/shop", ["id": "../x", "document": ["name": "a"]]).status
                    == .unprocessableContent)
            #expect(try await program.send(.post, "/api/v1/ledgers/user", ["document": ["name": "a"]]).status == .notFound)
            #expect(try await program.get("/api/v1/ledgers/nothing").status == .notFound)
            for kind in LedgerKind.allCases where kind != .user {
                #expect(try await test.store.ledger(kind, includingRetired: true).isEmpty)
            }
        }
    }

    @Test("evidence mode is locked until all five papers stand, by API and page")
    func evidenceMode() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("zhao", client)
            let paper: [String: any Sendable] = ["number": "1", "date": "2026-01-01", "expiry": "2099-01-01"]
            var document: [String: any Sendable] = ["owner": "街道", "wantsEvidenceMode": true]
            for name in ["legalReview", "technicalReview", "signPhoto", "publicationNotice"] { document[name] = paper }
            let uri = "/api/v1/ledgers/device/c1"
            let locked = try await program.send(.put, uri, ["document": document, "version": 0])
            #expect(locked.status == .unprocessableContent && locked.text.contains("公安备案"))
            var browser = try await Browser(login: "zhao", client)
            let page = try await browser.get("/ledgers/device/c1?lang=en")
            #expect(
                page.text.contains("Police filing is missing") && page.text.contains("name=\"f-wantsEvidenceMode\" value=\"1\" disabled"))
            document["policeFiling"] = paper
            #expect(try await program.send(.put, uri, ["document": document, "version": 0]).status == .ok)
            let open = try await browser.get("/ledgers/device/c1?lang=en")
            #expect(open.text.contains("state-evidence") && open.text.contains("name=\"f-wantsEvidenceMode\" value=\"1\" checked>"))
        }
    }

    @Test("a list of shops goes out and comes back; one wrong row keeps all of it out")
    func list() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            func send(_ text: String) async throws -> TestResponse {
                try await program.send(.post, "/api/v1/ledgers/shop/import", ["content": Data(text.utf8).base64EncodedString()])
            }
            let two = "店名,统一社会信用代码,地址\n甲,91350100M000100Y43,1 号\n乙,,2 号\n"
            #expect(try await send(two).object["changed"] as? Int == 2)
            let wrong = try await send("店名,统一社会信用代码,地址\n丙,,3 号\n丁,91350100M000100Y44,4 号\n")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("第 3 行"))
            // Known by its code at its address.
            #expect(try await send("店名,统一社会信用代码,地址\n甲店,91350100M000100Y43,1 号\n").object["changed"] as? Int == 1)
            #expect(try await test.store.documents(ShopRecord.self).values.map(\.name).sorted() == ["乙", "甲店"])
            let out = try await program.get("/api/v1/ledgers/shop/export.csv")
            #expect(out.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(try await send(out.text).object["changed"] as? Int == 0)
            #expect(try await send("not a list").status == .unprocessableContent)
            #expect(try await program.send(.post, "/api/v1/ledgers/shop/import", ["content": "%%%"]).status == .unprocessableContent)
        }
    }

    @Test("the case shows shop, permit and whether it is a first offence; a confirmation sets the shop")
    func party() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            _ = try await program.send(.post, "/api/v1/ledgers/shop", ["id": "s1", "document": Self.shop])
            _ = try await program.send(.post, "/api/v1/ledgers/permit", ["id": "p1", "document": Self.permit])
            let record = try await test.addCase()
            let party = try await program.get("/api/v1/cases/\(record.id)/party").object
            #expect((party["shop"] as? [String: Any])?["id"] as? String == "s1")
            #expect((party["shop"] as? [String: Any])?["isSuggested"] as? Bool == true)
            #expect((party["permit"] as? [String: Any])?["number"] as? String == "外摆-1")
            #expect(party["isFirstOffence"] as? String == "yes")
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/cases/\(record.id)?lang=en")
            #expect(page.text.contains("阿强水果") && page.text.contains("First offence") && page.text.contains("name=\"shopID\" value=\"s1\""))
            let unknown = try await browser.post("/cases/\(record.id)/act", TestConsole.form("confirm", ["shopID": "s9"]))
            #expect(unknown.status == .unprocessableContent)
            _ = try await browser.post("/cases/\(record.id)/act", TestConsole.form("confirm", ["shopID": "s1"]))
            #expect(try await test.store.caseRecord(id: record.id)?.standing.shopID == "s1")
            let later = try await test.addCase(5)
            #expect(try await program.get("/api/v1/cases/\(later.id)/party").object["isFirstOffence"] as? String == "open")
            let shop = try await browser.get("/ledgers/shop/s1")
            #expect(shop.text.contains("/cases/\(record.id)"))
        }
    }
}
