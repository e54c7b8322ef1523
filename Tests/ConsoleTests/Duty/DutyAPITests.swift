import Casework
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Deadlines, grids and referrals over the API")
struct DutyAPITests {
    static func transfer(_ test: TestConsole, _ index: Int, channel: String = "c1") async throws -> CaseRecord {
        let record = try await test.addCase(index, channel: channel, violation: "parked-bikes")
        return try await test.store.act(
            caseID: record.id, CaseAction(.transfer, reason: "police", note: "=1+1", declaresNoConflict: true), by: "u-wang", at: Date())
    }

    private static func list(_ answer: TestResponse, _ name: String) -> [[String: any Sendable]] {
        answer.object[name] as? [[String: any Sendable]] ?? []
    }

    @Test("open cases come by nearest deadline, breaches first, each with its clocks; filters that are not there are refused")
    func deadlines() async throws {
        try await TestConsole.with { test, client in
            let old = try await test.addCase(0)
            _ = try await test.addCase(1, channel: "c2")
            let program = try await test.program("wang", client)
            let answer = try await program.get("/api/v1/deadlines")
            #expect(answer.status == .ok)
            let cases = Self.list(answer, "cases")
            #expect(cases.count == 2 && cases.first?["id"] as? String == old.id)
            let clock = (cases.first?["clocks"] as? [[String: any Sendable]])?.first
            #expect(clock?["kind"] as? String == "review" && clock?["status"] as? String == "breached")
            #expect(answer.object["breached"] as? Int == 2)
            #expect(try await Self.list(program.get("/api/v1/deadlines?clock=handling"), "cases").isEmpty)
            #expect(try await Self.list(program.get("/api/v1/deadlines?body=police"), "cases").isEmpty)
            #expect(try await Self.list(program.get("/api/v1/deadlines?limit=1&page=2"), "cases").count == 1)
            for query in ["clock=x", "grid=x", "body=x", "limit=0", "limit=501"] {
                #expect(try await program.get("/api/v1/deadlines?\(query)").status == .unprocessableContent, "\(query)")
            }
            let clocks = try await program.get("/api/v1/cases/\(old.id)/clocks")
            #expect(clocks.object["level"] as? String == "small")
            #expect(Self.list(clocks, "clocks").compactMap { $0["kind"] as? String }.contains("limitation"))
            #expect(try await program.get("/api/v1/cases/nothing/clocks").status == .notFound)
        }
    }

    @Test("who may see some cameras sees deadlines, grids and referrals of those alone")
    func confined() async throws {
        try await TestConsole.with { test, client in
            let mine = try await test.addCase(0)
            let others = try await test.addCase(1, channel: "c2")
            let referred = try await Self.transfer(test, 2, channel: "c2")
            let before = try await test.program("wang", client)
            #expect(try await Self.list(before.get("/api/v1/deadlines"), "cases").count == 3)
            try await RouteWalk(test: test).confineAll(to: "c1")
            let program = try await test.program("wang", client)
            for path in ["/api/v1/deadlines", "/api/v1/referrals?status=all", "/api/v1/grid", "/deadlines", "/grid", "/referrals"] {
                let text = try await program.get(path).text
                for hidden in [others.id, referred.id, "c2"] { #expect(!text.contains(hidden), "\(path) \(hidden)") }
            }
            #expect(try await program.get("/api/v1/deadlines").text.contains(mine.id))
            #expect(try await program.get("/api/v1/cases/\(others.id)/clocks").status == .notFound)
            let mark = try await program.send(.post, "/api/v1/cases/\(referred.id)/referrals/police", ["step": "sent"])
            #expect(mark.status == .notFound)
        }
    }

    @Test("what the city decided and served is entered by officers, in that order, with number and day, and stops the clocks")
    func cityAnswers() async throws {
        try await TestConsole.with { test, client in
            let officer = try await test.program("wang", client)
            let decided = ["step": "decided", "note": "沪城罚〔2026〕1"]
            let young = try await test.addCase(1).id
            #expect(try await officer.send(.post, "/api/v1/cases/\(young)/city-answers", decided).errorCode == "not-now")
            let id = try await CaseActionTests.bring(test, client, 0, to: .handedOver)
            let path = "/api/v1/cases/\(id)/city-answers"
            let handed = try await officer.get("/cases/\(id)").text
            #expect(handed.contains("name=\"step\" value=\"decided\""))
            for login in ["xu", "he", "chen"] {
                #expect(try await test.program(login, client).send(.post, path, decided).status == .forbidden, "\(login)")
            }
            #expect(try await officer.send(.post, path, ["step": "served"]).errorCode == "not-now")
            #expect(try await officer.send(.post, path, ["step": "decided"]).object["error"] != nil)
            for day in ["2000-01-01", "2100-01-01", "2026-02-30"] {
                let answer = try await officer.send(.post, path, decided.merging(["day": day]) { $1 })
                #expect(answer.status == .unprocessableContent || answer.status == .badRequest, "\(day): \(answer.text)")
            }
            #expect(try await officer.send(.post, path, decided).status == .ok)
            #expect(try await officer.send(.post, path, decided).errorCode == "not-now")
            let clocks = try await Self.list(officer.get("/api/v1/cases/\(id)/clocks"), "clocks")
            #expect(clocks.first { $0["kind"] as? String == "decision" }?["status"] as? String == "met")
            #expect(clocks.first { $0["kind"] as? String == "service" }?["status"] as? String == "running")
            #expect(try await officer.send(.post, path, ["step": "served"]).status == .ok)
            let page = try await officer.get("/cases/\(id)").text
            #expect(page.contains("沪城罚〔2026〕1") && !page.contains("city-answers\""))
        }
    }

    @Test("urban management sends no reminder and no order for what only the police punish, and is offered none")
    func police() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let bikes = try await test.addCase(0, violation: "parked-bikes")
            #expect(try await program.send(.post, "/api/v1/cases/\(bikes.id)/actions", TestConsole.review("confirm")).status == .ok)
            for kind in ["remind", "order"] {
                var fields = TestConsole.review(kind)
                fields["dueAt"] = Date().addingTimeInterval(1_800).formatted(.iso8601)
                let answer = try await program.send(.post, "/api/v1/cases/\(bikes.id)/actions", fields)
                #expect(answer.status == .conflict && answer.errorCode == "other-bodys-matter", "\(answer.text)")
            }
            #expect(try await test.store.caseRecord(id: bikes.id)?.state == .confirmed)
            let page = try await program.get("/cases/\(bikes.id)").text
            #expect(!page.contains("value=\"remind\"") && !page.contains("value=\"order\"") && page.contains("value=\"recuse\""))
            let goods = try await test.addCase(1)
            #expect(try await program.send(.post, "/api/v1/cases/\(goods.id)/actions", TestConsole.review("confirm")).status == .ok)
            #expect(try await program.get("/cases/\(goods.id)").text.contains("value=\"remind\""))
        }
    }

    @Test("a referral goes its way by officers alone; its queue is exported as text, and the export is logged")
    func referral() async throws {
        try await TestConsole.with { test, client in
            let record = try await Self.transfer(test, 0)
            let path = "/api/v1/cases/\(record.id)/referrals/police"
            for login in ["xu", "zhao", "he", "chen", "sun"] {
                #expect(try await test.program(login, client).send(.post, path, ["step": "sent"]).status == .forbidden, "\(login)")
            }
            let program = try await test.program("li", client)
            #expect(try await program.send(.post, path, ["step": "lost"]).status == .badRequest)
            #expect(try await program.send(.post, path, ["step": "answered", "text": "x"]).errorCode == "not-now")
            #expect(try await program.send(.post, path, ["step": "sent"]).status == .ok)
            #expect(try await program.send(.post, path, ["step": "returned"]).status == .unprocessableContent)
            let open = try await program.get("/api/v1/referrals?body=police")
            #expect(Self.list(open, "referrals").count == 1)
            #expect((open.object["openByBody"] as? [String: Int])?["police"] == 1)
            let csv = try await program.get("/api/v1/referrals?body=police&format=csv")
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true && csv.text.hasPrefix("\u{FEFF}case,"))
            #expect(csv.text.contains("'=1+1") && csv.text.contains(record.id))
            #expect(try await program.send(.post, path, ["step": "returned", "text": "证据不足"]).status == .ok)
            #expect(try await Self.list(program.get("/api/v1/referrals?body=police"), "referrals").isEmpty)
            #expect(try await Self.list(program.get("/api/v1/referrals?status=returned"), "referrals").count == 1)
            let log = try await test.store.accessLog(before: nil, limit: 100)
            #expect(log.contains { $0.action == "referrals-exported" && $0.subject == "police" && $0.userID == "u-li" })
            #expect(try await test.store.firstBrokenEvent() == nil)
        }
    }
}
