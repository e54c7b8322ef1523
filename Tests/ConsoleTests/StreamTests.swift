import Casework
import Console
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The live stream", .timeLimit(.minutes(1)))
struct StreamTests {
    @Test("what is published reaches a logged-in client at once, as an event with the case's id")
    func delivery() async throws {
        try await TestConsole.with(.live) { test, client in
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: program.token).read { until in
                let head = try await until { $0.contains("retry: 3000") }
                #expect(head.contains("200 OK"))
                #expect(head.lowercased().contains("content-type: text/event-stream"))
                test.feed.publish(.caseAdded(id: "k1"))
                test.feed.publish(.caseChanged(id: "k2"))
                test.feed.publish(.channelChanged(id: "c1"))
                let text = try await until { $0.contains("\"c1\"") }
                for (name, id) in [("case-added", "k1"), ("case-changed", "k2"), ("channel-changed", "c1")] {
                    #expect(text.contains("event: \(name)"))
                    #expect(text.contains("data: {\"id\":\"\(id)\"}"))
                }
                #expect(text.contains("\nid: "))
            }
        }
    }

    @Test("a decision tells the other officers' browsers")
    func decision() async throws {
        try await TestConsole.with(.live) { test, client in
            let record = try await test.addCase()
            let wang = try await test.program("wang", client)
            let li = try await test.program("li", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: li.token).read { until in
                _ = try await until { $0.contains("retry:") }
                _ = try await wang.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
                let text = try await until { $0.contains(record.id) }
                #expect(text.contains("event: case-changed"))
            }
        }
    }

    @Test("a silent stream sends a comment now and then")
    func heartbeat() async throws {
        try await TestConsole.with(.live, heartbeat: .milliseconds(20)) { test, client in
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: program.token).read { until in
                let text = try await until { $0.components(separatedBy: ":\n\n").count > 3 }
                #expect(!text.contains("event:"))
            }
        }
    }

    @Test("a client that falls behind is told to load everything again")
    func overflow() async throws {
        try await TestConsole.with(.live) { test, client in
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: program.token).read { until in
                _ = try await until { $0.contains("retry:") }
                for index in 0..<20_000 { test.feed.publish(.caseAdded(id: "k\(index)")) }
                let text = try await until { $0.contains("event: resync") }
                #expect(!text.contains("\"k19999\""))
            }
        }
    }

    @Test("a client that comes back after missing events is told to load everything again")
    func missed() async throws {
        try await TestConsole.with(.live) { test, client in
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            test.feed.publish(.caseAdded(id: "k1"))
            let stream = EventStreamClient(port: port, token: program.token)
            try await stream.read(headers: ["Last-Event-ID": "0"]) { until in
                _ = try await until { $0.contains("event: resync") }
            }
        }
    }

    @Test("the stream ends soon after its session does")
    func logOut() async throws {
        try await TestConsole.with(.live, heartbeat: .milliseconds(20)) { test, client in
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: program.token).read { until in
                _ = try await until { $0.contains("retry:") }
                _ = try await program.send(.post, "/api/v1/logout")
                // A chunked body ends with a chunk of no bytes.
                _ = try await until { $0.hasSuffix("\r\n0\r\n\r\n") }
            }
        }
    }

    // Long enough for a busy machine to send a whole request in; the test takes that long.
    @Test("a connection that never ends its request is closed, an open stream is not")
    func idle() async throws {
        try await TestConsole.with(.live, idleTimeout: .seconds(3)) { test, client in
            let program = try await test.program("wang", client)
            let port = try #require(client.port)
            try await EventStreamClient(port: port, token: program.token).read { until in
                _ = try await until { $0.contains("retry:") }
                let answer = try await EventStreamClient.sendHalfRequest(
                    port: port, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Len")
                #expect(!answer.contains("200 OK"))
                test.feed.publish(.caseAdded(id: "k1"))
                _ = try await until { $0.contains("\"k1\"") }
            }
        }
    }
}
