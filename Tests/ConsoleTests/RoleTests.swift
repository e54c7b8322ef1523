import Casework
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Who may do what")
struct RoleTests {
    @Test("an operator sees a case but cannot decide it, by page or API")
    func operatorDecides() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("zhao", client)
            let answer = try await program.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
            #expect(answer.status == .forbidden)
            var browser = try await Browser(login: "zhao", client)
            let page = try await browser.post("/cases/\(record.id)/act", TestConsole.form("confirm"))
            #expect(page.status == .forbidden)
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
        }
    }

    @Test("an officer cannot add, change, re-zone or remove a channel, nor have an address tried")
    func officerEditsChannels() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let calls: [(HTTPRequest.Method, String, [String: any Sendable])] = [
                (.post, "/api/v1/channels", ["id": "c9", "name": "n", "url": "rtsp://10.0.0.1/1"]),
                (.post, "/api/v1/channels/probe", ["url": "rtsp://10.0.0.1/1", "transport": "tcp"]),
                (.patch, "/api/v1/channels/c1", ["name": "other"]),
                (.put, "/api/v1/channels/c1/zones", ["document": "{\"zones\":[]}"]),
                (.delete, "/api/v1/channels/c1", [:]),
            ]
            for (method, uri, fields) in calls {
                let answer = try await program.send(method, uri, fields)
                #expect(answer.status == .forbidden, "\(method) \(uri)")
            }
            #expect(try await test.store.channels().map(\.id) == ["c1", "c2"])
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 0)
        }
    }

    @Test("only an administrator sees and adds users", arguments: [("wang", false), ("zhao", false), ("chen", true)])
    func users(login: String, may: Bool) async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: login, client)
            let page = try await browser.get("/users")
            #expect(page.status == (may ? .ok : .forbidden))
            #expect(!page.text.contains("scrypt$"))
            let fields = ["login": "new", "name": "新同事", "role": "officer", "password": "a long new password"]
            let answer = try await browser.post("/users", fields)
            #expect((answer.status == .forbidden) == !may)
            #expect((try await test.store.user(login: "new") != nil) == may)
            if may { _ = try await APIClient(login: "new", password: "a long new password", client) }
        }
    }

    @Test(
        "without a log-in nothing but the log-in page, its files and the health answer is shown",
        arguments: [
            "/queue", "/cases/x", "/channels", "/channels/add", "/channels/c1/zones", "/channels/c1/still.jpg", "/channels/c1",
            "/channels/c1/thumb.jpg",
            "/faults", "/faults/x/still.jpg", "/users",
            "/password", "/evidence/x/clip.mp4", "/queue/rows/x", "/past", "/past/still.jpg?channel=c1&at=2026-11-24T08:00:00", "/past/x",
            "/past/x/1/from.jpg", "/runs", "/runs/new",
        ])
    func pagesNeedLogin(uri: String) async throws {
        try await TestConsole.with { _, client in
            let response = try await client.execute(uri: uri, method: .get)
            let isSentToLogin = response.headers[.location]?.hasPrefix("/login") == true
            #expect(isSentToLogin || response.status == .unauthorized)
        }
    }

    @Test(
        "without a token the API answers 401 with an error object",
        arguments: [
            "/api/v1/me", "/api/v1/cases", "/api/v1/cases/x", "/api/v1/counts", "/api/v1/channels", "/api/v1/channels/c1",
            "/api/v1/channels/c1/zones", "/api/v1/stream",
            "/api/v1/past", "/api/v1/past/x", "/api/v1/archive", "/api/v1/health/days", "/api/v1/faults", "/api/v1/faults/x",
        ])
    func apiNeedsLogin(uri: String) async throws {
        try await TestConsole.with { _, client in
            for headers in [[:], [.authorization: "Bearer x"], [.authorization: "Bearer \(String(repeating: "A", count: 43))"]]
                as [HTTPFields]
            {
                let response = try await client.execute(uri: uri, method: .get, headers: headers)
                #expect(response.status == .unauthorized)
                #expect(response.errorCode != nil)
            }
        }
    }

    @Test("the health answer needs no log-in and tells no more than numbers")
    func health() async throws {
        try await TestConsole.with { _, client in
            let response = try await client.execute(uri: "/api/v1/health", method: .get)
            #expect(response.status == .ok)
            #expect(response.object["status"] as? String == "ok")
            #expect(response.object["channels"] as? Int == 2)
            #expect(response.object["analysing"] as? Int == 1)
            #expect(!response.text.contains("rtsp"))
        }
    }
}
