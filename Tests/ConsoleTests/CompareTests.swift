import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Comparing and approving on the console")
struct CompareTests {
    @Test("two runs: counts, pairs with both stills, CSV and JSON")
    func twoRuns() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let a = try bench.add(0, name: "旧", findings: [RunBench.finding("kept"), RunBench.finding("gone", x: 600)])
            let b = try bench.add(1, name: "新", findings: [RunBench.finding("kept2"), RunBench.finding("came", x: 900)])
            let program = try await test.program("wang", client)
            let answer = try await program.get("/api/v1/runs/compare?before=\(a.id)&after=\(b.id)")
            let total = answer.object["total"] as? [String: Any]
            #expect(total?["kept"] as? Int == 1 && total?["lost"] as? Int == 1 && total?["gained"] as? Int == 1)
            let csv = try await program.get("/api/v1/runs/compare.csv?before=\(a.id)&after=\(b.id)")
            #expect(csv.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(csv.text.split(separator: "\n").count == 4)
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/runs/compare?before=\(a.id)&after=\(b.id)")
            #expect(page.text.contains("/runs/\(a.id)/findings/gone/still.jpg"))
            #expect(page.text.contains("没有发现"))
            let kept = try await browser.get("/runs/compare?before=\(a.id)&after=\(b.id)&show=kept")
            #expect(kept.text.contains("findings/kept/still") && kept.text.contains("findings/kept2/still"))
        }
    }

    @Test("against decisions: recall and precision, and the way to the case")
    func decisions() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let found = try await test.addCase(0)
            let lost = try await test.addCase(1)
            let program = try await test.program("wang", client)
            for record in [found, lost] {
                _ = try await program.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
            }
            let run = try bench.add(0, findings: [RunBench.finding("f1", x: 700)])
            let answer = try await program.get("/api/v1/runs/compare?decided=1&after=\(run.id)")
            let score = try #require(answer.object["score"] as? [String: Any])
            // The first began before the footage, which does not show its dwell.
            #expect(score["notCovered"] as? Int == 1 && score["trueLost"] as? Int == 1)
            #expect(score["recall"] as? Double == 0)
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/runs/compare?decided=1&after=\(run.id)")
            #expect(page.text.contains("召回率"))
            #expect(page.text.contains("/cases/"))
        }
    }

    @Test("nothing chosen, nothing there: the page asks, or says where runs come from")
    func emptyStates() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "wang", client)
            #expect(try await browser.get("/runs/compare").text.contains("还没有已完成的重算"))
            let run = try RunBench(test: test).add(0, findings: [])
            let page = try await browser.get("/runs/compare")
            #expect(page.status == .ok && page.text.contains(run.id))
            let program = try await test.program("wang", client)
            #expect(try await program.get("/api/v1/runs/compare?after=\(run.id)").status == .unprocessableContent)
            let missing = "0197b7a8-0000-7000-8000-000000000001"
            #expect(try await program.get("/api/v1/runs/compare?before=\(run.id)&after=\(missing)").status == .notFound)
        }
    }

    // MARK: Approving

    @Test("an approval puts the run's zones in force as the next version, with who, why, the run and the figures")
    func approve() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            try await test.store.setZones(
                channelID: "c1", document: #"{"zones":[]}"#, author: "u-zhao", at: Date(timeIntervalSinceNow: -60))
            let a = try bench.add(0, findings: [])
            let b = try bench.add(1, findings: [RunBench.finding("f1")])
            var browser = try await Browser(login: "zhao", client)
            let page = try await browser.get("/runs/compare?before=\(a.id)&after=\(b.id)")
            #expect(page.text.contains("/runs/\(b.id)/approve"))
            let answer = try await browser.post(
                "/runs/\(b.id)/approve", ["channel": "c1", "before": a.id, "reason": "夜间少误报"])
            #expect(answer.status == .seeOther || answer.status == .found)
            let zones = try #require(try await test.store.zones(channelID: "c1", version: nil))
            #expect(zones.version == 2 && zones.document == RunBench.zones && zones.author == "u-zhao")
            let approval = try #require(ZonesApproval(note: zones.note))
            #expect(approval.reason == "夜间少误报" && approval.runID == b.id && approval.comparedWith == a.id)
            #expect(approval.count.gained == 1)
            #expect(try await test.store.accessLog(before: nil, limit: 20).contains { $0.action == "zones-approved" && $0.subject == "c1" })
            #expect(try await browser.get("/channels/c1/zones").text.contains("夜间少误报"))
            let again = try await browser.post("/runs/\(b.id)/approve", ["channel": "c1", "before": a.id, "reason": "x"])
            #expect(again.status == .conflict)
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 2)
        }
    }

    @Test("zones that somebody changed after the run are not overwritten")
    func conflict() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let run = try bench.add(0, at: Date(timeIntervalSinceNow: -60), findings: [])
            try await test.store.setZones(channelID: "c1", document: #"{"zones":[]}"#, author: "u-zhao", at: Date())
            let program = try await test.program("zhao", client)
            let answer = try await program.send(
                .post, "/api/v1/runs/\(run.id)/approve", ["channel": "c1", "decided": true, "reason": "x"])
            #expect(answer.status == .conflict && answer.errorCode == "zones-changed")
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 1)
        }
    }

    @Test("zones of a channel that does not exist, of other profiles, or that cannot be read are refused")
    func refused() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let program = try await test.program("zhao", client)
            let strange = try bench.add(0, channel: "c9", findings: [])
            let other = try bench.add(1, ruleVersion: "other", findings: [])
            let broken = try bench.add(2, zones: #"{"zones":[{"id":"z1","kind":"pond"}]}"#, findings: [])
            for (run, channel, code) in [(strange, "c9", "unknown-channel"), (other, "c1", "other-profiles"), (broken, "c1", "invalid")] {
                let answer = try await program.send(
                    .post, "/api/v1/runs/\(run.id)/approve", ["channel": channel, "decided": true, "reason": "x"])
                #expect(answer.errorCode == code)
            }
            let unnamed = try await program.send(
                .post, "/api/v1/runs/\(other.id)/approve", ["channel": "c2", "decided": true, "reason": "x"])
            #expect(unnamed.status == .notFound)
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 0)
        }
    }

    @Test("without a reason nothing goes live")
    func reasonMissing() async throws {
        try await TestConsole.with { test, client in
            let run = try RunBench(test: test).add(0, findings: [])
            var browser = try await Browser(login: "chen", client)
            let answer = try await browser.post("/runs/\(run.id)/approve", ["channel": "c1", "decided": "1", "reason": "  "])
            #expect(answer.status == .unprocessableContent && answer.text.contains("请写明理由"))
            #expect(try await test.store.channel(id: "c1")?.zonesVersion == 0)
        }
    }

    @Test("an officer cannot approve, an operator cannot promote, and neither page shows what its reader may not do")
    func roles() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let a = try bench.add(0, findings: [])
            let run = try bench.add(1, findings: [RunBench.finding("f1")])
            var officer = try await Browser(login: "wang", client)
            #expect(
                try await officer.post("/runs/\(run.id)/approve", ["channel": "c1", "before": a.id, "reason": "x"]).status == .forbidden)
            #expect(!(try await officer.get("/runs/compare?before=\(a.id)&after=\(run.id)").text.contains("/approve")))
            var editor = try await Browser(login: "zhao", client)
            #expect(try await editor.post("/runs/\(run.id)/findings/f1/promote", ["reason": "x"]).status == .forbidden)
            #expect(!(try await editor.get("/runs/\(run.id)").text.contains("/promote")))
            let api = try await test.program("zhao", client)
            #expect(try await api.send(.post, "/api/v1/runs/\(run.id)/findings/f1/promote", ["reason": "x"]).status == .forbidden)
            let decider = try await test.program("wang", client)
            #expect(
                try await decider.send(.post, "/api/v1/runs/\(run.id)/approve", ["channel": "c1", "decided": true, "reason": "x"]).status
                    == .forbidden)
        }
    }

    @Test("neither goes without the page's token")
    func forged() async throws {
        try await TestConsole.with { test, client in
            let run = try RunBench(test: test).add(0, findings: [RunBench.finding("f1")])
            var browser = try await Browser(login: "chen", client)
            for (uri, fields) in [
                ("/runs/\(run.id)/approve", ["channel": "c1", "decided": "1", "reason": "x"]),
                ("/runs/\(run.id)/findings/f1/promote", ["reason": "x"]),
            ] { #expect(try await browser.post(uri, fields, csrf: "wrong").status == .forbidden) }
        }
    }
}
