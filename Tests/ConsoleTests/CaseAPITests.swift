import Casework
import Console
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Cases over the API")
struct CaseAPITests {
    @Test("pages go on where the last one ended, newest first, without a gap when a case comes in between")
    func keyset() async throws {
        try await TestConsole.with { test, client in
            var added: [String] = []
            for index in 0..<7 { added.append(try await test.addCase(index).id) }
            let program = try await test.program("wang", client)
            var seen: [String] = []
            var cursor: String?
            var pages = 0
            repeat {
                let response = try await program.get("/api/v1/cases?limit=3" + (cursor.map { "&after=\($0)" } ?? ""))
                #expect(response.status == .ok)
                let cases = try #require(response.object["cases"] as? [[String: any Sendable]])
                seen += cases.compactMap { $0["id"] as? String }
                cursor = response.object["next"] as? String
                pages += 1
                if pages == 1 { try await test.addCase(99) }
            } while cursor != nil && pages < 10
            #expect(seen == added.reversed())
            #expect(pages == 3)
        }
    }

    @Test(
        "a cursor that was not given out, an unknown state and a silly limit are refused",
        arguments: [
            "after=%21%21", "after=AAAA", "state=lost", "limit=0", "limit=-1", "limit=many", "limit=100000",
        ])
    func badQuery(query: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let response = try await program.get("/api/v1/cases?\(query)")
            #expect(response.status.kind == .clientError)
            #expect(response.errorCode != nil)
        }
    }

    @Test("the list is filtered by state, violation and channel, and counts all")
    func filters() async throws {
        try await TestConsole.with { test, client in
            let goods = try await test.addCase(0)
            let bikes = try await test.addCase(1, channel: "c2", violation: "parked-bikes")
            let program = try await test.program("wang", client)
            _ = try await program.send(.post, "/api/v1/cases/\(goods.id)/actions", TestConsole.review("confirm"))
            func ids(_ query: String) async throws -> [String] {
                let response = try await program.get("/api/v1/cases?\(query)")
                return (response.object["cases"] as? [[String: any Sendable]] ?? []).compactMap { $0["id"] as? String }
            }
            #expect(try await ids("state=candidate") == [bikes.id])
            #expect(try await ids("state=confirmed") == [goods.id])
            #expect(try await ids("state=candidate,confirmed") == [bikes.id, goods.id])
            #expect(try await ids("state=candidate,confirmed&channel=c1") == [goods.id])
            #expect(try await ids("state=candidate,confirmed&violation=parked-bikes") == [bikes.id])
            let counts = try await program.get("/api/v1/counts")
            let byState = try #require(counts.object["byState"] as? [String: Int])
            #expect(byState["candidate"] == 1)
            #expect(byState["confirmed"] == 1)
        }
    }

    @Test("a case comes with its manifest, its files' addresses and its log, in ISO 8601 with milliseconds")
    func detail() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let response = try await program.get("/api/v1/cases/\(record.id)")
            #expect(response.status == .ok)
            let one = try #require(response.object["case"] as? [String: any Sendable])
            #expect(one["createdAt"] as? String == "2026-11-23T20:00:00.000Z")
            #expect(one["channelName"] as? String == "茸惠路 c1")
            #expect((one["violationName"] as? [String: String]) == ["zh": "乱堆物料", "en": "Piled goods"])
            let manifest = try #require(response.object["manifest"] as? [String: any Sendable])
            #expect(manifest["caseID"] as? String == record.id)
            let files = try #require(response.object["files"] as? [[String: any Sendable]])
            #expect(files.compactMap { $0["url"] as? String }.contains("/evidence/\(record.id)/clip.mp4"))
            let events = try #require(response.object["events"] as? [[String: any Sendable]])
            #expect(events.compactMap { $0["kind"] as? String } == ["sealed"])
            #expect(!response.text.contains("top-secret"))
        }
    }

    @Test("a decision moves the case and names the next one; the second officer's is a conflict that says so")
    func conflict() async throws {
        try await TestConsole.with { test, client in
            let older = try await test.addCase(0)
            let newer = try await test.addCase(1)
            let wang = try await test.program("wang", client)
            let li = try await test.program("li", client)
            let uri = "/api/v1/cases/\(newer.id)/actions"
            let first = try await wang.send(.post, uri, TestConsole.review("false-alarm", reason: "delivery", note: "卸货"))
            #expect(first.status == .ok)
            #expect(first.object["nextCaseID"] as? String == older.id)
            let decided = try #require(first.object["case"] as? [String: any Sendable])
            #expect(decided["state"] as? String == "false-alarm")
            let second = try await li.send(.post, uri, TestConsole.review("confirm"))
            #expect(second.status == .conflict)
            #expect(second.errorCode == "decided-already")
            #expect(second.text.contains("用户 wang"))
            let standing = try #require(try await test.store.caseRecord(id: newer.id))
            #expect(standing.decision?.userID == "u-wang")
            #expect(standing.decision?.note == "卸货")
        }
    }

    @Test("of two officers who decide at the same moment exactly one succeeds")
    func race() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let programs = [try await test.program("wang", client), try await test.program("li", client)]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for program in programs {
                    group.addTask {
                        try await program.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
                            .status.code
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }.sorted()
            }
            #expect(statuses == [200, 409])
        }
    }

    @Test(
        "an action of no kind, of an unknown one, or no reason of the list is refused and changes nothing",
        arguments: [
            [:], ["kind": "guilty"], ["kind": "false-alarm"], ["kind": "exempt", "reason": "delivery"],
            ["kind": "transfer", "reason": "nobody"], ["kind": "confirm", "kint": "x"], ["kind": "confirm"],
            ["kind": "confirm", "ticks": ["true", "clear", "complete"], "declaresNoConflict": true],
            ["kind": "confirm", "ticks": ["true", "clear", "complete", "accurate"]], ["kind": "look"],
            TestConsole.review("confirm", note: String(repeating: "长", count: CaseLife.noteLimit + 1)),
        ] as [[String: any Sendable]])
    func refusedDecision(fields: [String: any Sendable]) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            let answer = try await program.send(.post, "/api/v1/cases/\(record.id)/actions", fields)
            #expect(answer.status.kind == .clientError)
            #expect(answer.errorCode != nil)
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
        }
    }

    @Test("an officer takes back the decision, and nobody else can")
    func undo() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let wang = try await test.program("wang", client)
            let li = try await test.program("li", client)
            _ = try await wang.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
            let others = try await li.send(.post, "/api/v1/cases/\(record.id)/actions", ["kind": "undo"])
            #expect(others.status.kind == .clientError)
            let own = try await wang.send(.post, "/api/v1/cases/\(record.id)/actions", ["kind": "undo"])
            #expect(own.status == .ok)
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
            #expect(try await test.store.events(caseID: record.id).map(\.kind) == ["sealed", "decided", "undone"])
        }
    }

    @Test("a case that is not there, malformed JSON, a wrong type and a huge body have their own errors")
    func errors() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            #expect(try await program.get("/api/v1/cases/nothing").status == .notFound)
            let headers: HTTPFields = [.contentType: "application/json", .authorization: "Bearer \(program.token)"]
            let uri = "/api/v1/cases/\(record.id)/actions"
            for text in ["{", "[]", "\"confirm\"", "{\"kind\":1}"] {
                let answer = try await client.execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: text))
                #expect(answer.status.kind == .clientError)
                #expect(answer.errorCode != nil)
            }
            let huge = ByteBuffer(string: "{\"note\":\"" + String(repeating: "x", count: 2 << 20) + "\"}")
            let answer = try await client.execute(uri: uri, method: .post, headers: headers, body: huge)
            #expect(answer.status == .contentTooLarge)
            #expect(try await program.get("/api/v1/nothing").errorCode == "not-found")
            #expect(try await test.store.caseRecord(id: record.id)?.state == .candidate)
        }
    }

    @Test("each look at a case is in the access log, with who looked")
    func lookLogged() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let program = try await test.program("wang", client)
            _ = try await program.get("/api/v1/cases/\(record.id)")
            let log = try await test.store.accessLog(before: nil, limit: 10)
            #expect(log.contains { $0.action == "case-viewed" && $0.subject.contains(record.id) && $0.userID == "u-wang" })
        }
    }
}
