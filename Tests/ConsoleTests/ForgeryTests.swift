import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Requests that another site makes")
struct ForgeryTests {
    @Test(
        "a change with the cookie but without the session's token is refused", arguments: ["", "wrong", String(repeating: "A", count: 43)])
    func tokenMissing(token: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            let answer = try await browser.post("/cases/\(record.id)/act", TestConsole.form("confirm"), csrf: token)
            #expect(answer.status == .forbidden)
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
        }
    }

    @Test("one session's token does not serve another session")
    func otherSessionsToken() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let attacker = try await Browser(login: "li", client)
            var browser = try await Browser(login: "wang", client)
            let answer = try await browser.post("/cases/\(record.id)/act", TestConsole.form("confirm"), csrf: attacker.csrf)
            #expect(answer.status == .forbidden)
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
        }
    }

    @Test("an API change with the cookie needs the token in its header")
    func headerToken() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let browser = try await Browser(login: "wang", client)
            let uri = "/api/v1/cases/\(record.id)/actions"
            var headers: HTTPFields = [.cookie: browser.cookieHeader, .contentType: "application/json"]
            let body = try APIClient.body(TestConsole.review("confirm"))
            let without = try await client.execute(uri: uri, method: .post, headers: headers, body: body)
            #expect(without.status == .forbidden)
            #expect(without.errorCode != nil)
            headers.append(HTTPField(name: try #require(HTTPField.Name("X-CSRF-Token")), value: browser.csrf))
            let with = try await client.execute(uri: uri, method: .post, headers: headers, body: body)
            #expect(with.status == .ok)
        }
    }

    @Test(
        "a change that names another site as its origin is refused although its token is right",
        arguments: ["https://evil.example", "null", "http://localhost.evil.example"])
    func foreignOrigin(origin: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            let answer = try await browser.post(
                "/cases/\(record.id)/act", TestConsole.form("confirm"), headers: [.origin: origin])
            #expect(answer.status == .forbidden)
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
        }
    }

    @Test("the log-in form of another site is refused: its token belongs to nobody")
    func loginForgery() async throws {
        try await TestConsole.with { _, client in
            var browser = Browser(client)
            let answer = try await browser.post(
                "/login", ["login": "wang", "password": TestConsole.password], csrf: "guess")
            #expect(!answer.headers[values: .setCookie].contains { $0.hasPrefix("xunjie=") && !$0.contains("Max-Age=0") })
            #expect(answer.headers[.location] == nil)
            #expect(browser.cookies["xunjie"] == nil)
        }
    }

    @Test("a GET never moves a case")
    func getChangesNothing() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            for uri in [
                "/cases/\(record.id)/act?kind=confirm&csrf=\(browser.csrf)",
                "/api/v1/cases/\(record.id)/actions?kind=confirm", "/cases/\(record.id)?verdict=confirm", "/logout",
            ] {
                _ = try await browser.get(uri)
            }
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
            #expect(try await browser.get("/queue").status == .ok)
        }
    }

    @Test(
        "every answer forbids framing, sniffing and scripts from elsewhere",
        arguments: ["/login", "/queue", "/nowhere", "/api/v1/health", "/api/v1/me"])
    func securityHeaders(uri: String) async throws {
        try await TestConsole.with { _, client in
            let response = try await client.execute(uri: uri, method: .get)
            let policy = try #require(response.headers[.contentSecurityPolicy])
            #expect(policy.contains("frame-ancestors 'none'"))
            #expect(policy.contains("default-src"))
            #expect(!policy.contains("unsafe"))
            #expect(response.headers[.xContentTypeOptions] == "nosniff")
            #expect(response.headers.contains { $0.name.canonicalName == "referrer-policy" })
        }
    }

    @Test("a page is never stored by a cache between")
    func noStore() async throws {
        try await TestConsole.with { _, client in
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/queue")
            let cache = try #require(page.headers[.cacheControl])
            #expect(cache.contains("no-store") || cache.contains("private"))
        }
    }
}
