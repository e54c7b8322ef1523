import Casework
import Console
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Logging in and out")
struct LoginTests {
    @Test("the right password gives a session that the API knows, and the password is in no answer")
    func rightPassword() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let me = try await program.get("/api/v1/me")
            #expect(me.status == .ok)
            let user = try #require(me.object["user"] as? [String: any Sendable])
            #expect(user["login"] as? String == "wang")
            #expect(user["role"] as? String == "officer")
            #expect(!me.text.contains("scrypt"))
        }
    }

    @Test("a wrong password, an unknown login and a disabled user are refused with the same words")
    func refused() async throws {
        try await TestConsole.with { test, client in
            var disabled = try #require(try await test.store.user(login: "li"))
            disabled.enabled = false
            try await test.store.updateUser(disabled)
            var answers: Set<String> = []
            for (login, password) in [("wang", "wrong"), ("nobody", TestConsole.password), ("li", TestConsole.password)] {
                let response = try await client.execute(
                    uri: "/api/v1/login", method: .post, headers: [.contentType: "application/json"],
                    body: APIClient.body(["login": login, "password": password]))
                #expect(response.status == .unauthorized)
                answers.insert(response.text)
            }
            #expect(answers.count == 1)
        }
    }

    @Test("after five failures further tries for the login are put off, even with the right password")
    func throttledLogin() async throws {
        try await TestConsole.with { _, client in
            func attempt(_ password: String) async throws -> TestResponse {
                try await client.execute(
                    uri: "/api/v1/login", method: .post, headers: [.contentType: "application/json"],
                    body: APIClient.body(["login": "WANG", "password": password]))
            }
            for _ in 0..<5 {
                let refused = try await attempt("wrong")
                #expect(refused.status == .unauthorized)
            }
            let putOff = try await attempt(TestConsole.password)
            #expect(putOff.status == .tooManyRequests)
            #expect(putOff.errorCode != nil)
            let seconds = try #require(putOff.headers[.retryAfter].flatMap { Int($0) })
            #expect((1...300).contains(seconds))
        }
    }

    @Test("the cookie of a log-in is not readable by scripts, stays on the site and is new for each log-in")
    func cookie() async throws {
        try await TestConsole.with { _, client in
            var tokens: Set<String> = []
            for _ in 0..<2 {
                var browser = Browser(client)
                _ = try await browser.get("/login")
                let answer = try await browser.post("/login", ["login": "wang", "password": TestConsole.password])
                let line = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("xunjie=") })
                #expect(line.contains("HttpOnly"))
                #expect(line.contains("SameSite=Strict"))
                tokens.insert(String(line.prefix { $0 != ";" }))
            }
            #expect(tokens.count == 2)
        }
    }

    @Test("a session cookie that was planted before the log-in is worth nothing after it")
    func fixation() async throws {
        try await TestConsole.with { _, client in
            let planted = String(repeating: "A", count: 43)
            var browser = Browser(client)
            browser.cookies["xunjie"] = planted
            _ = try await browser.get("/login")
            let answer = try await browser.post("/login", ["login": "wang", "password": TestConsole.password])
            #expect(answer.status == .seeOther)
            #expect(browser.cookies["xunjie"] != planted)
            let plantedAgain = try await client.execute(
                uri: "/api/v1/me", method: .get, headers: [.cookie: "xunjie=\(planted)"])
            #expect(plantedAgain.status == .unauthorized)
        }
    }

    @Test("only the hash of a session's token is in the store")
    func hashOnly() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            #expect(try await test.store.session(tokenSHA256: program.token) == nil)
            let files = try FileManager.default.contentsOfDirectory(atPath: test.folder.path)
            for file in files where file.hasPrefix("xunjie.sqlite") {
                let bytes = try Data(contentsOf: test.folder.appendingPathComponent(file))
                #expect(bytes.range(of: Data(program.token.utf8)) == nil)
            }
        }
    }

    @Test("after logging out the token is refused")
    func logOut() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let out = try await program.send(.post, "/api/v1/logout")
            #expect(out.status.kind == .successful)
            let me = try await program.get("/api/v1/me")
            #expect(me.status == .unauthorized)
            #expect(me.errorCode != nil)
        }
    }

    @Test("a changed password logs out everywhere, and the new one works")
    func changedPassword() async throws {
        try await TestConsole.with { test, client in
            let elsewhere = try await test.program("wang", client)
            var browser = try await Browser(login: "wang", client)
            _ = try await browser.get("/password")
            let fields = ["current": TestConsole.password, "new": "another long password", "again": "another long password"]
            let answer = try await browser.post("/password", fields)
            #expect(answer.status.kind != .clientError)
            #expect(try await elsewhere.get("/api/v1/me").status == .unauthorized)
            _ = try await APIClient(login: "wang", password: "another long password", client)
        }
    }

    @Test("the log-in goes back to the page that was asked for")
    func wayBack() async throws {
        try await TestConsole.with { _, client in
            var browser = Browser(client)
            let asked = try await browser.get("/cases/x?state=confirmed", headers: [.accept: "text/html"])
            #expect(asked.headers[.location] == "/login")
            _ = try await browser.get("/login")
            let answer = try await browser.post("/login", ["login": "wang", "password": TestConsole.password])
            #expect(answer.headers[.location] == "/cases/x?state=confirmed")
        }
    }

    @Test("a picture that was asked for after the session's end is not where the log-in leads")
    func wayBackFromPicture() async throws {
        try await TestConsole.with { _, client in
            var browser = Browser(client)
            _ = try await browser.get("/channels/c1/still.jpg", headers: [.accept: "image/*"])
            _ = try await browser.get("/login")
            let answer = try await browser.post("/login", ["login": "wang", "password": TestConsole.password])
            #expect(answer.headers[.location] == "/queue")
        }
    }

    @Test(
        "the log-in never leads to another site",
        arguments: [
            "%2F%2Fevil.example%2F", "%2F%5Cevil.example", "https%3A%2F%2Fevil.example", "%2Fqueue%0D%0AX-Bad%3A%201", "queue",
        ])
    func foreignWay(target: String) async throws {
        try await TestConsole.with { _, client in
            var browser = Browser(client)
            _ = try await browser.get("/login")
            browser.cookies["after-login"] = target
            let answer = try await browser.post("/login", ["login": "wang", "password": TestConsole.password])
            #expect(answer.headers[.location] == "/queue")
            #expect(!answer.headers.contains { $0.name.canonicalName == "x-bad" })
        }
    }

    @Test("every log-in, refusal and log-out is in the access log")
    func logged() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            _ = try await client.execute(
                uri: "/api/v1/login", method: .post, headers: [.contentType: "application/json"],
                body: APIClient.body(["login": "wang", "password": "wrong"]))
            _ = try await program.send(.post, "/api/v1/logout")
            let actions = try await test.store.accessLog(before: nil, limit: 10).map(\.action)
            #expect(Set(actions) == ["login", "login-refused", "logout"])
        }
    }
}
