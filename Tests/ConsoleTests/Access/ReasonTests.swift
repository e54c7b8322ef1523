import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Why somebody looks")
struct ReasonTests {
    /// Whether a reason is asked: who, for a case that was brought how far, by which address.
    static let table: [(login: String, brought: String, path: String, isAsked: Bool)] = [
        ("wang", "candidate", "/cases/{id}", false), ("qian", "candidate", "/cases/{id}", false),
        ("zhou", "candidate", "/cases/{id}", false),
        ("xu", "candidate", "/cases/{id}", false), ("zhao", "candidate", "/cases/{id}", true), ("chen", "candidate", "/cases/{id}", true),
        ("he", "candidate", "/cases/{id}", true), ("sun", "candidate", "/cases/{id}", true),
        ("wang", "candidate", "/api/v1/cases/{id}", false), ("he", "candidate", "/api/v1/cases/{id}", true),
        ("wang", "candidate", "/api/v1/cases/{id}/events", false), ("wang", "candidate", "/cases/{id}/export", true),
        ("wang", "candidate", "/evidence/{id}/clip.mp4", true), ("wang", "confirm", "/cases/{id}", false),
        ("li", "confirm", "/cases/{id}", true), ("xu", "confirm", "/cases/{id}", true), ("wang", "false-alarm", "/cases/{id}", false),
        ("li", "false-alarm", "/cases/{id}", true), ("zhou", "false-alarm", "/cases/{id}", true),
    ]

    @Test("the duty is the reason where a case waits for whoever opens it; anything else asks", arguments: table.indices)
    func asked(_ index: Int) async throws {
        let row = Self.table[index]
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            if row.brought != "candidate" {
                let wang = try await test.program("wang", client)
                let done = try await wang.send(
                    .post, "/api/v1/cases/\(record.id)/actions",
                    TestConsole.review(row.brought, reason: row.brought == "confirm" ? nil : "delivery"))
                #expect(done.status == .ok, "\(done.text)")
            }
            let path = row.path.replacingOccurrences(of: "{id}", with: record.id)
            let program = try await test.program(row.login, reason: nil, client)
            let answer = try await program.get(path)
            #expect((answer.status == .forbidden) == row.isAsked, "\(row): \(answer.status)")
            if path.hasPrefix("/api/"), row.isAsked {
                #expect(answer.errorCode == "reason-needed")
                #expect(answer.text.contains("supervision"))
            }
            if !row.isAsked, !path.hasSuffix("events") {
                let line = try await test.store.accessLog(before: nil, limit: 20).first { $0.action == "case-viewed" }
                #expect(line?.reason == "review")
                #expect(line?.unit == TestConsole.access.unit)
            }
        }
    }

    @Test("given once, a reason holds for that case and that session, and every line of the log says it")
    func remembered() async throws {
        try await TestConsole.with { test, client in
            let (first, second) = (try await test.addCase(0), try await test.addCase(1))
            let auditor = try await test.program("he", reason: nil, client)
            #expect(try await auditor.get("/api/v1/cases/\(first.id)").status == .forbidden)
            #expect(try await auditor.get("/api/v1/cases/\(first.id)?reason=supervision").status == .ok)
            #expect(try await auditor.get("/api/v1/cases/\(first.id)").status == .ok)
            #expect(try await auditor.get("/api/v1/cases/\(second.id)").status == .forbidden)
            let again = try await test.program("he", reason: nil, client)
            #expect(try await again.get("/api/v1/cases/\(first.id)").status == .forbidden)
            let lines = try await test.store.accessLog(before: nil, limit: 20).filter { $0.action == "case-viewed" }
            #expect(lines.map(\.reason) == ["supervision", "supervision"])
        }
    }

    /// Header, and the status that it gets.
    static let headers: [(String, HTTPResponse.Status)] = [
        ("supervision", .ok), ("other: a question", .ok), ("other:%E9%97%AE%E9%A2%98", .ok), ("other", .unprocessableContent),
        ("other: ", .unprocessableContent), ("curiosity", .forbidden), (":", .forbidden), ("review;drop", .forbidden), ("list", .forbidden),
        ("other: " + String(repeating: "x", count: 200), .ok), ("other: " + String(repeating: "x", count: 201), .unprocessableContent),
        ("other: " + String(repeating: "x", count: 9_000), .unprocessableContent), ("other: a%0Ab", .unprocessableContent),
        ("other: " + String(repeating: "%E9%97%AE", count: 200), .ok), ("other: %zz", .ok),
    ]

    @Test("a header of any length and form is taken or refused, never half taken", arguments: headers.indices)
    func forged(_ index: Int) async throws {
        let (header, status) = Self.headers[index]
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let auditor = try await test.program("he", reason: header, client)
            let answer = try await auditor.get("/api/v1/cases/\(record.id)")
            #expect(answer.status == status, "\(header.prefix(40)): \(answer.text.prefix(200))")
            let lines = try await test.store.accessLog(before: nil, limit: 20).filter { $0.action == "case-viewed" }
            #expect(lines.count == (status == .ok ? 1 : 0))
            if header.hasPrefix("other:%E9") { #expect(lines.first?.reason == "other: 问题") }
        }
    }

    @Test("a browser gets a small form in the place of the page, and the page after it")
    func form() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "he", reason: nil, client)
            let path = "/cases/\(record.id)?state=all"
            let page = try await browser.get(path, headers: [.accept: "text/html"])
            #expect(page.status == .forbidden)
            #expect(page.text.contains("name=\"reason\" value=\"supervision\""))
            // A link does not give a reason for whoever follows it.
            #expect(try await browser.get("/cases/\(record.id)?reason=supervision", headers: [.accept: "text/html"]).status == .forbidden)
            #expect(page.text.contains("name=\"next\" value=\"\(path)\""))
            var fields = ["case": record.id, "next": path, "reason": "other", "words": " "]
            let refused = try await browser.post("/reasons", fields)
            #expect(refused.status == .unprocessableContent)
            #expect(refused.text.contains("name=\"next\" value=\"\(path)\""))
            fields["words"] = "区里<督办>"
            let given = try await browser.post("/reasons", fields)
            #expect(given.headers[.location] == path)
            let shown = try await browser.get(path, headers: [.accept: "text/html"])
            #expect(shown.status == .ok)
            let picture = try await browser.get("/evidence/\(record.id)/at-start.jpg", headers: [.accept: "image/*"])
            #expect(picture.status == .ok)
            let log = try await test.store.accessLog(before: nil, limit: 20)
            #expect(log.first { $0.action == "reason-given" }?.reason == "other: 区里<督办>")
            #expect(log.first { $0.action == "case-viewed" }?.reason == "other: 区里<督办>")
            for forged in ["https://evil.example/", "//evil.example"] {
                fields["next"] = forged
                #expect(try await browser.post("/reasons", fields).headers[.location] == "/cases/\(record.id)")
            }
            fields["case"] = "nothing"
            #expect(try await browser.post("/reasons", fields).status == .notFound)
        }
    }

    @Test("a queue's small pictures come with the queue, one logged line a case; an auditor's do not")
    func list() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            for (login, status) in [("zhao", HTTPResponse.Status.ok), ("he", .forbidden)] {
                var browser = try await Browser(login: login, reason: nil, client)
                let picture = try await browser.get("/evidence/\(record.id)/after-dwell.jpg", headers: [.accept: "image/*"])
                #expect(picture.status == status, "\(login)")
                let other = try await browser.get("/evidence/\(record.id)/at-start.jpg", headers: [.accept: "image/*"])
                #expect(other.status == .forbidden)
            }
            let lines = try await test.store.accessLog(before: nil, limit: 20).filter { $0.action == "queue-viewed" }
            #expect(lines.allSatisfy { $0.reason == AccessRules.list && $0.subject == record.id })
            #expect(lines.count == 2)
        }
    }

    @Test(
        "a sealed file that is opened by itself leaves the case: asked, logged, and only for who may",
        arguments: ["document", "object", ""])
    func original(place: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var headers: HTTPFields = [.accept: "text/html"]
            if !place.isEmpty, let name = HTTPField.Name("Sec-Fetch-Dest") { headers[name] = place }
            let uri = "/evidence/\(record.id)/at-start.jpg"
            var officer = try await Browser(login: "wang", reason: nil, client)
            #expect(try await officer.get(uri, headers: headers).status == .forbidden)
            officer.reason = "supervision"
            #expect(try await officer.get(uri, headers: headers).status == .ok)
            var screener = try await Browser(login: "xu", client)
            #expect(try await screener.get(uri, headers: headers).status == .forbidden)
            #expect(try await screener.get(uri, headers: [.accept: "image/*"]).status == .ok)
            let lines = try await test.store.accessLog(before: nil, limit: 20).filter { $0.action == "unmasked" }
            #expect(lines.map(\.userID) == ["u-wang"])
            #expect(lines.map(\.subject) == ["\(record.id)/at-start.jpg"])
        }
    }
}
