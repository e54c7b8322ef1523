import Casework
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Testing

@Suite("Health and faults in the API")
struct HealthAPITests {
    private static let day = LocalDay("2026-11-03")

    private static func record(_ channel: String) throws -> HealthDayRecord {
        var record = HealthDayRecord(channelID: channel, day: try #require(day))
        for minute in 0..<60 { record.watched.insert(minute) }
        for minute in 0..<45 { record.eyesOpen.insert(minute) }
        record.blindMinutes = ["view-black": 10, "source-silent": 5]
        record.skippedFrames = ["odd, \"cause\"": 3]
        return record
    }

    @Test("days come as JSON and as CSV, of all channels or of one")
    func days() async throws {
        try await TestConsole.with { test, client in
            try await test.store.saveHealth([Self.record("c1"), Self.record("c2")])
            let program = try await test.program("wang", client)
            let json = try await program.get("/api/v1/health/days?from=2026-11-01&to=2026-11-05&channel=c1")
            let days = try #require(json.object["days"] as? [[String: any Sendable]])
            #expect(days.count == 1 && days.first?["eyesOpenMinutes"] as? Int == 45 && days.first?["day"] as? String == "2026-11-03")
            let csv = try await program.get("/api/v1/health/days?from=2026-11-01&to=2026-11-05&format=csv")
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.count == 3 && lines[0].hasPrefix("channel,day,"))
            #expect(lines[1] == "c1,2026-11-03,60,45,source-silent=5;view-black=10,\"odd, \"\"cause\"\"=3\",0,0,0,")
        }
    }

    @Test(
        "a day that is none, a span the wrong way round or too long, and an unknown channel are refused",
        arguments: ["from=yesterday", "from=2026-11-05&to=2026-11-01", "from=2025-01-01&to=2026-11-01", "channel=c9", "to=2026-02-30"])
    func refused(query: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            #expect(try await program.get("/api/v1/health/days?\(query)").status.kind == .clientError)
        }
    }

    @Test("faults are listed, and noted by who may; the note's writer and time are told")
    func faults() async throws {
        try await TestConsole.with { test, client in
            let id = HealthPageTests.faultID
            try await test.store.saveFaults([
                FaultRecord(
                    id: id, channelID: "c1", kind: .clock, reason: "clock-drift", figure: 812,
                    startedAt: Date(timeIntervalSince1970: 1_795_464_000))
            ])
            let operating = try await test.program("zhao", client)
            let list = try await operating.get("/api/v1/faults?state=open&kind=clock")
            let faults = try #require(list.object["faults"] as? [[String: any Sendable]])
            #expect(faults.count == 1 && faults.first?["figure"] as? Double == 812)
            let noted = try await operating.send(.post, "/api/v1/faults/\(id)/notes", ["text": "校时"])
            #expect(noted.status == .created)
            #expect(((noted.object["notes"] as? [[String: any Sendable]])?.first?["userID"] as? String) == "u-zhao")
            #expect(try await operating.send(.post, "/api/v1/faults/\(id)/notes", ["text": ""]).status == .unprocessableContent)
            #expect(try await operating.send(.post, "/api/v1/faults/nothing/notes", ["text": "x"]).status == .notFound)
            let officer = try await test.program("wang", client)
            #expect(try await officer.send(.post, "/api/v1/faults/\(id)/notes", ["text": "x"]).status == .forbidden)
            #expect(try await officer.get("/api/v1/faults?kind=rust").status == .unprocessableContent)
            #expect(try await officer.get("/api/v1/faults?limit=0").status == .unprocessableContent)
        }
    }
}
