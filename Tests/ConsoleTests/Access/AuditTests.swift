import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The log of looks, read")
struct AuditTests {
    @Test("auditor, head and administrator read it, nobody else", arguments: RouteWalk.logins)
    func who(login: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program(login, client)
            let may = ["he", "zhou", "chen"].contains(login)
            for path in ["/audit", "/audit/log.csv", "/api/v1/access-log", "/api/v1/access-log/chain"] {
                #expect(try await program.get(path).status == (may ? .ok : .forbidden), "\(path)")
            }
        }
    }

    @Test("it is asked by user, case, action, day and export, and reading it is a line of it")
    func filters() async throws {
        try await TestConsole.with { test, client in
            let (first, second) = (try await test.addCase(0), try await test.addCase(1))
            let wang = try await test.program("wang", client)
            for id in [first.id, second.id] { _ = try await wang.get("/api/v1/cases/\(id)") }
            _ = try await test.program("li", client)
            let auditor = try await test.program("he", client)
            func count(_ query: String) async throws -> Int? {
                (try await auditor.get("/api/v1/access-log?\(query)").object["entries"] as? [[String: any Sendable]])?.count
            }
            #expect(try await count("user=wang") == 3)
            #expect(try await count("user=wang&action=case-viewed") == 2)
            #expect(try await count("case=\(first.id)") == 1)
            #expect(try await count("action=login&user=li") == 1)
            #expect(try await count("day=2001-01-01") == 0)
            #expect(try await count("export=AAAA") == 0)
            #expect(try await count("user=wang&limit=2") == 2)
            let page = try await auditor.get("/api/v1/access-log?user=wang&limit=2")
            let next = try #require(page.object["next"] as? Int)
            #expect(try await count("user=wang&limit=2&after=\(next)") == 1)
            for bad in ["day=tomorrow", "export=%25", "after=x", "before=x"] {
                #expect(try await auditor.get("/api/v1/access-log?\(bad)").status.kind == .clientError, "\(bad)")
            }
            #expect(try await test.store.accessLog(before: nil, limit: 100).count { $0.action == "log-viewed" } >= 7)
        }
    }

    @Test("the page shows the lines, checks the chain when asked and stays itself under script and wrong filters")
    func page() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let wang = try await test.program("wang", client)
            _ = try await wang.get("/api/v1/cases/\(record.id)?reason=other:%3Cb%3Ewhy")
            var browser = try await Browser(login: "he", client)
            let page = try await browser.get("/audit")
            #expect(page.status == .ok)
            #expect(page.text.contains(record.id))
            #expect(page.text.contains("用户 wang"))
            #expect(page.text.contains(TestConsole.access.unit))
            #expect(!page.text.contains("<b>why"))
            #expect(!page.text.contains("哈希链完整"))
            #expect(try await browser.get("/audit?check=1").text.contains("哈希链完整"))
            #expect(try await browser.get("/audit?check=1&lang=en").text.contains("the chain is whole"))
            let wrong = try await browser.get("/audit?day=%3Cscript%3E")
            #expect(wrong.status == .unprocessableContent)
            #expect(!wrong.text.contains("<script>\"") && !wrong.text.contains("value=\"<script>"))
        }
    }

    @Test("the file can be opened by a spreadsheet without becoming a formula, and taking it is logged with its number")
    func file() async throws {
        try await TestConsole.with { test, client in
            _ = try await client.execute(
                uri: "/api/v1/login", method: .post, headers: [.contentType: "application/json"],
                body: APIClient.body(["login": "=cmd|' /C calc'!A0", "password": "wrong password"]))
            let auditor = try await test.program("he", client)
            let answer = try await auditor.get("/audit/log.csv")
            #expect(answer.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(answer.text.contains("\"'=cmd|' /c calc'!a0\""))
            #expect(answer.text.contains("\"sequence\",\"at\",\"user\""))
            let line = try #require(try await test.store.accessLog(before: nil, limit: 5).first { $0.action == "log-exported" })
            let number = try #require(line.subject.split(separator: "#").last)
            #expect(answer.headers[.contentDisposition]?.contains("access-log-\(number).csv") == true)
        }
    }

    @Test("groups and unit are set on a user's page; nobody confines themselves, and no group that there is not")
    func users() async throws {
        try await TestConsole.with { test, client in
            _ = try await test.store.putLedger(
                .cameraGroup, id: "north", document: #"{"name":"北片","channelIDs":["c1"]}"#, isRetired: false, expecting: 0,
                author: "u-chen",
                at: Date())
            var browser = try await Browser(login: "chen", client)
            #expect(try await browser.get("/users/wang").text.contains("name=\"group-north\""))
            let fields = [
                "name": "王", "role": "officer", "enabled": "true", "groups": "1", "group-north": "1", "unit": "机动中队",
                "certificateNumber": "1", "validFrom": "2026-01-01", "validUntil": "2030-01-01",
            ]
            #expect(try await browser.post("/users/wang", fields).status == .seeOther)
            let wang = try #require(try await test.store.user(login: "wang"))
            #expect(wang.cameraGroups == ["north"])
            #expect(wang.unit == "机动中队")
            let program = try await test.program("chen", client)
            #expect(try await program.send(.patch, "/api/v1/users/wang", ["cameraGroups": ["south"]]).status == .unprocessableContent)
            #expect(try await program.send(.patch, "/api/v1/users/chen", ["cameraGroups": ["north"]]).status == .unprocessableContent)
            #expect(try await program.send(.patch, "/api/v1/users/wang", ["cameraGroups": [String](), "unit": ""]).status == .ok)
            let again = try #require(try await test.store.user(login: "wang"))
            #expect(again.cameraGroups == [] && again.unit == nil)
        }
    }
}
