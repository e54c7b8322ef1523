import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Runs in the console")
struct RunTests {
    private static let zones = #"{"zones": [{"id": "bins", "kind": "bin", "polygon": [[0.4,0.4],[0.8,0.4],[0.8,0.9],[0.4,0.9]]}]}"#

    private static func with(_ body: @Sendable (TestConsole, any HummingbirdTesting.TestClientProtocol) async throws -> Void) async throws {
        try await TestConsole.with(stock: StoredFootage()) { test, client in
            let program = try await test.program("zhao", client)
            // The first listing is made when somebody asks.
            while try await program.get("/api/v1/archive").object["listedAt"] == nil { try await Task.sleep(for: .milliseconds(10)) }
            try await body(test, client)
        }
    }

    private static func addZones(_ test: TestConsole) async throws {
        _ = try await test.store.setZones(channelID: "c1", document: zones, author: "u-zhao", at: Date())
    }

    @Test("a run is asked by the form, listed with its name escaped, and can be paused, resumed and cancelled")
    func form() async throws {
        try await Self.with { test, client in
            try await Self.addZones(test)
            var browser = try await Browser(login: "zhao", client)
            let form = try await browser.get("/runs/new?lang=en")
            #expect(form.status == .ok && form.text.contains("in force: version 1"), "\(form.text)")
            let answer = try await browser.post("/runs", ["name": "<b>November</b>", "which": "all"])
            #expect(answer.status == .seeOther, "\(answer.text)")
            let page = try await browser.get("/runs").text
            #expect(page.contains("&lt;b&gt;November&lt;/b&gt;") && !page.contains("<b>November"))
            let id = try #require(page.firstMatch(of: /id="run-([0-9a-f-]{36})"/).map { String($0.1) })
            for wish in ["pause", "run", "cancel"] {
                #expect(try await browser.post("/runs/\(id)/wish", ["wish": wish]).status == .seeOther)
            }
            #expect(try await browser.post("/runs/\(id)/wish", ["wish": "explode"]).status == .unprocessableContent)
            #expect(try await browser.post("/runs/..%2F\(id)/wish", ["wish": "run"]).status == .notFound)
            let log = try await test.store.accessLog(before: nil, limit: 100).map(\.action)
            for action in ["run-asked", "run-paused", "run-resumed", "run-cancelled"] { #expect(log.contains(action)) }
        }
    }

    @Test("the API makes a run under stored or drafted zones and tells what is wrong with what it cannot make")
    func api() async throws {
        try await Self.with { test, client in
            let program = try await test.program("zhao", client)
            func make(_ fields: [String: any Sendable]) async throws -> TestResponse {
                try await program.send(.post, "/api/v1/runs", ["name": "n"].merging(fields) { $1 })
            }
            func channel(_ fields: [String: any Sendable]) -> [String: any Sendable] { ["channels": [["id": "c1"].merging(fields) { $1 }]] }
            // Nothing is drawn yet.
            #expect(try await make([:]).status == .unprocessableContent)
            #expect(try await make(channel([:])).status == .unprocessableContent)
            let drafted = try await make(channel(["zones": Self.zones]))
            #expect(drafted.status == .created, "\(drafted.text)")
            try await Self.addZones(test)
            #expect(try await make(channel(["zonesVersion": 1])).status == .created)
            #expect(try await make(channel(["zonesVersion": 2])).status == .unprocessableContent)
            #expect(try await make(channel(["zonesVersion": 1, "zones": Self.zones])).status == .unprocessableContent)
            #expect(try await make(channel(["zones": #"{"zones": [{"kind": "pond"}]}"#])).status == .unprocessableContent)
            #expect(try await make(["name": "  "]).status == .unprocessableContent)
            #expect(try await make(["from": "2030-01-01T00:00:00Z"]).status == .unprocessableContent)
            #expect(try await make(["from": "soon"]).status == .unprocessableContent)
            let nobody: [String: any Sendable] = ["channels": [["id": "nobody"]]]
            #expect(try await make(nobody).status == .unprocessableContent)
            let runs = try #require(try await program.get("/api/v1/runs").object["runs"] as? [[String: any Sendable]])
            #expect(runs.count == 2)
            let newest = try #require(runs.first?["id"] as? String)
            let one = try await program.get("/api/v1/runs/\(newest)")
            #expect(one.object["files"] as? Int == 1)
            #expect(!one.text.contains(StoredFootage.root.path))
            for run in runs {
                let id = try #require(run["id"] as? String)
                #expect(try await program.send(.post, "/api/v1/runs/\(id)/wish", ["wish": "cancel"]).status == .ok)
            }
        }
    }

    @Test("an officer sees runs but cannot ask for one or stop it")
    func roles() async throws {
        try await Self.with { test, client in
            try await Self.addZones(test)
            var browser = try await Browser(login: "wang", client)
            #expect(try await browser.get("/runs").status == .ok)
            #expect(!(try await browser.get("/runs").text.contains("/runs/new")))
            #expect(try await browser.get("/runs/new").status == .forbidden)
            #expect(try await browser.post("/runs", ["name": "n", "which": "all"]).status == .forbidden)
            let program = try await test.program("wang", client)
            #expect(try await program.send(.post, "/api/v1/runs", ["name": "n"]).status == .forbidden)
            #expect(try await program.send(.post, "/api/v1/runs/x/wish", ["wish": "cancel"]).status == .forbidden)
            #expect(try await program.get("/api/v1/runs").status == .ok)
        }
    }

    @Test("a draft of the zone editor comes into the form of a new run, unsaved")
    func draft() async throws {
        try await Self.with { test, client in
            var browser = try await Browser(login: "zhao", client)
            let form = try await browser.post("/runs/new?channel=c1", ["document": Self.zones + "</textarea><script>alert(1)</script>"])
            #expect(form.status == .ok)
            #expect(form.text.contains("draft-c1") && !form.text.contains("<script>alert"))
            let answer = try await browser.post(
                "/runs", ["name": "draft", "which": "chosen", "channel-c1": "1", "zones-c1": "draft", "draft-c1": Self.zones])
            #expect(answer.status == .seeOther)
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 0)
            let page = try await browser.get("/runs").text
            let id = try #require(page.firstMatch(of: /id="run-([0-9a-f-]{36})"/).map { String($0.1) })
            _ = try await browser.post("/runs/\(id)/wish", ["wish": "cancel"])
        }
    }
}
