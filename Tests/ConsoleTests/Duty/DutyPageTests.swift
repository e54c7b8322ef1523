import Casework
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Pages of deadlines, grids and referrals")
struct DutyPageTests {
    @Test("the deadlines page shows each case with bars, in both languages", arguments: [("zh", "已超", "复审"), ("en", "over by", "review")])
    func deadlines(language: String, over: String, clock: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/deadlines?lang=\(language)").text
            #expect(page.contains("/cases/\(record.id)") && page.contains("clock-breached"))
            #expect(page.contains(over) && page.contains(clock))
            let casePage = try await browser.get("/cases/\(record.id)").text
            #expect(casePage.contains("case-clocks") && casePage.contains(over))
            #expect(try await browser.get("/deadlines?breached=1&clock=handling").text.contains("/assets/quiet.svg"))
        }
    }

    @Test("the roster is written by form, shows who is on duty on the grid above, and keeps its versions")
    func roster() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "zhao", client)
            _ = try await browser.get("/grid/roster/new?grid=zs-fc")
            var fields = ["grid": "zs-fc", "name": "周某", "unit": "城管", "telephone": "021-57820000", "hours-0": "00:00-24:00"]
            for day in Weekday.allCases { fields["\(day.rawValue)-0"] = "1" }
            let wrong = try await browser.post("/grid/roster", fields.merging(["hours-0": "all day"]) { $1 })
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("周某") && wrong.text.contains("all day"))
            #expect(try await browser.post("/grid/roster", fields.merging(["grid": "nowhere"]) { $1 }).status == .unprocessableContent)
            #expect(
                try await browser.post("/grid/roster", fields.merging(["exceptions": "tomorrow"]) { $1 }).status == .unprocessableContent)
            #expect(try await browser.post("/grid/roster", fields).status == .seeOther)
            let entry = try #require(try await test.store.ledger(.roster, includingRetired: false).first)
            let page = try await browser.get("/grid").text
            #expect(page.contains("周某") && page.contains("021-57820000") && page.contains("/grid/roster/\(entry.id)"))
            // Somebody else changed it in between.
            _ = try await browser.get("/grid/roster/\(entry.id)")
            fields["version"] = "1"
            fields["exceptions"] = "2026-12-24 休\n2026-12-25 09:00-12:00"
            #expect(try await browser.post("/grid/roster/\(entry.id)", fields).status == .seeOther)
            fields["telephone"] = "13800000000"
            #expect(try await browser.post("/grid/roster/\(entry.id)", fields).status == .conflict)
            #expect(try await browser.get("/grid/roster/\(entry.id)").text.contains("2026-12-25 09:00-12:00"))
            fields["version"] = "2"
            fields["retire"] = "1"
            #expect(try await browser.post("/grid/roster/\(entry.id)", fields).status == .seeOther)
            #expect(try await browser.get("/grid/roster/\(entry.id)").status == .notFound)
            #expect(try await test.store.ledgerHistory(.roster, id: entry.id).count == 3)
        }
    }

    @Test("the tree counts what is open below each grid, and names channels whose grid is not there")
    func grid() async throws {
        try await TestConsole.with { test, client in
            for (id, grid) in [("c1", "zs-fc-01-01"), ("c2", "zs-zz")] {
                var channel = try #require(try await test.store.channel(id: id))
                channel.grid = grid
                try await test.store.updateChannel(channel)
            }
            try await test.addCase(0)
            let program = try await test.program("wang", client)
            let answer = try await program.get("/api/v1/grid")
            let nodes = answer.object["nodes"] as? [[String: any Sendable]] ?? []
            #expect(nodes.count == 165)
            for code in ["zs", "zs-fc", "zs-fc-01", "zs-fc-01-01"] {
                let node = nodes.first { $0["code"] as? String == code }
                #expect(node?["open"] as? Int == 1 && node?["breached"] as? Int == 1, "\(code)")
            }
            #expect(nodes.first { $0["code"] as? String == "zs-gn" }?["open"] as? Int == 0)
            #expect((answer.object["unknownGrids"] as? [[String: any Sendable]])?.first?["channelID"] as? String == "c2")
            #expect(try await program.get("/grid").text.contains("zs-zz"))
            let below = try await program.get("/api/v1/deadlines?grid=zs-fc")
            #expect((below.object["cases"] as? [any Sendable])?.count == 1)
            #expect(((try await program.get("/api/v1/deadlines?grid=zs-gn")).object["cases"] as? [any Sendable])?.isEmpty == true)
        }
    }

    @Test("a referral is marked on its page and on the case's, and a returned one leads back to the case")
    func referrals() async throws {
        try await TestConsole.with { test, client in
            let record = try await DutyAPITests.transfer(test, 0)
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/referrals?body=police").text
            #expect(page.contains("/cases/\(record.id)") && page.contains("value=\"sent\"") && page.contains("27.1"))
            let sent = try await browser.post("/referrals/\(record.id)/police", ["step": "sent", "back": "/referrals?body=police"])
            #expect(sent.status == .seeOther && sent.headers[.location] == "/referrals?body=police")
            let again = try await browser.post("/referrals/\(record.id)/police", ["step": "sent", "back": "//evil.example"])
            #expect(again.status == .conflict)
            #expect(try await browser.get("/cases/\(record.id)").text.contains("value=\"returned\""))
            let returned = try await browser.post(
                "/referrals/\(record.id)/police", ["step": "returned", "text": "证据不足", "back": "//evil.example"])
            #expect(returned.headers[.location] == "/referrals")
            let list = try await browser.get("/referrals?status=returned").text
            #expect(list.contains("证据不足"))
            let history = try await browser.get("/cases/\(record.id)?lang=en").text
            #expect(history.contains("Police: returned") && history.contains("Police: sent"))
            // An auditor reads, and is offered nothing.
            var auditor = try await Browser(login: "he", client)
            #expect(try await !auditor.get("/referrals?status=all").text.contains("name=\"step\""))
        }
    }
}
