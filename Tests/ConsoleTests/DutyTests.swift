import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Deadlines, grids and referrals")
struct DutyTests {
    static let roles = ["wang", "qian", "zhou", "sun", "xu", "zhao", "he", "chen"]

    private static func transfer(_ test: TestConsole, _ client: any TestClientProtocol, _ id: String) async throws {
        let answer = try await test.program("wang", client).send(
            .post, "/api/v1/cases/\(id)/actions", TestConsole.review("transfer", reason: "police"))
        try #require(answer.status == .ok, "\(answer.text)")
    }

    private static func place(_ test: TestConsole, _ ids: [String], _ grid: String) async throws {
        for id in ids {
            var channel = try #require(try await test.store.channel(id: id))
            channel.grid = grid
            try await test.store.updateChannel(channel)
        }
    }

    private static let roster = [
        "grid": "zs-fc", "name": "值班 <甲>", "unit": "城管", "telephone": "021-57820001", "hours-0": "00:00-24:00",
        "exceptions": "2020-12-24 休\n2020-12-25 09:00-12:00", "version": "0",
    ].merging(Weekday.allCases.map { ("\($0.rawValue)-0", "1") }) { $1 }

    @Test("the pages are there in both languages for every role, and forms for those who may use them", arguments: roles)
    func pages(login: String) async throws {
        try await TestConsole.with { test, client in
            let (open, referred) = (try await test.addCase(0).id, try await test.addCase(1, channel: "c2").id)
            try await Self.transfer(test, client, referred)
            try await Self.place(test, ["c1"], "zs-fc-01-01")
            try await Self.place(test, ["c2"], "nowhere")
            var browser = try await Browser(login: login, client)
            let role = try #require(try await test.store.user(login: login)).role
            let decides = [.officer, .secondOfficer, .head].contains(role)
            for (path, zh, en, words) in [
                ("/deadlines", "办理时限", "Deadlines", ["/cases/\(open)", "/cases/\(referred)"]),
                ("/deadlines?clock=review", "复审", "Deadlines", ["/cases/\(open)"]),
                ("/deadlines?grid=zs-fc", "府城", "Deadlines", ["/cases/\(open)"]),
                ("/deadlines?body=police&breached=0&page=99", "公安交警", "Police", ["/cases/\(referred)"]),
                ("/grid", "网格与值守", "Grids and duty", ["zs-fc-01-01", "nowhere", "zs-gy-05-06"]),
                ("/referrals", "移送与抄告", "Referrals and copies", ["/cases/\(referred)"]),
                ("/referrals?body=police&status=all", "公安交警", "Police", ["/cases/\(referred)"]),
            ] {
                for (language, title) in [("zh", zh), ("en", en)] {
                    let page = try await browser.get(path + (path.contains("?") ? "&" : "?") + "lang=\(language)")
                    #expect(page.status == .ok, "\(path)")
                    #expect(!page.text.contains("{{"))
                    for word in [title] + words { #expect(page.text.contains(word), "\(path) \(language): \(word)") }
                }
            }
            #expect(try await !browser.get("/deadlines?clock=review").text.contains("/cases/\(referred)"))
            #expect(try await !browser.get("/deadlines?grid=zs-fc").text.contains("/cases/\(referred)"))
            #expect(try await browser.get("/referrals").text.contains("action=\"/referrals/\(referred)/police\"") == decides)
            let mayEdit = decides || role == .operator || role == .administrator
            #expect(try await browser.get("/grid").text.contains("/grid/roster/new") == mayEdit)
            #expect(try await browser.get("/grid/roster/new").status == (mayEdit ? .ok : .forbidden))
        }
    }

    @Test(
        "a filter by what there is not is refused in words",
        arguments: ["/deadlines?clock=x", "/deadlines?grid=x", "/deadlines?body=x", "/referrals?body=x", "/referrals?status=x"])
    func filters(path: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("he", client)
            #expect(try await program.get(path).status.kind == .clientError)
            #expect(try await program.get("/api/v1" + path).status.kind == .clientError)
            #expect(try await program.get("/api/v1/deadlines?limit=0").status.kind == .clientError)
            #expect(try await program.get("/api/v1/deadlines?limit=501").status.kind == .clientError)
        }
    }

    @Test("a roster's entry is saved, shown on duty, changed by the version that was seen, and taken off")
    func rosterForm() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "wang", client)
            #expect(try await browser.get("/grid/roster/new?grid=zs-fc").text.contains("value=\"zs-fc\" selected"))
            for (field, text, word) in [
                ("telephone", "call me", "电话"), ("hours-0", "9-5", "9-5"), ("exceptions", "christmas off", "christmas"),
                ("grid", "zz", "没有这个网格"),
            ] {
                let answer = try await browser.post("/grid/roster", Self.roster.merging([field: text]) { $1 })
                #expect(answer.status.kind == .clientError, "\(field)")
                #expect(answer.text.contains(word) && answer.text.contains("值班 &lt;甲&gt;"), "\(field)")
            }
            #expect(try await test.store.ledger(.roster, includingRetired: true).isEmpty)
            let saved = try await browser.post("/grid/roster", Self.roster)
            #expect(saved.status == .seeOther || saved.status == .found)
            let entry = try #require(try await test.store.ledger(.roster, includingRetired: false).first)
            let page = try await browser.get("/grid")
            #expect(page.text.contains("值班 &lt;甲&gt;") && page.text.contains("021-57820001") && !page.text.contains("<甲>"))
            let form = try await browser.get("/grid/roster/\(entry.id)")
            #expect(form.text.contains("2020-12-24 off") && form.text.contains("2020-12-25 09:00-12:00"))
            // Somebody else saved in between.
            let stale = try await browser.post("/grid/roster/\(entry.id)", Self.roster.merging(["name": "乙", "version": "7"]) { $1 })
            #expect(stale.status.kind == .clientError)
            let changed = Self.roster.merging(["name": "乙", "version": "\(entry.version)"]) { $1 }
            _ = try await browser.post("/grid/roster/\(entry.id)", changed)
            #expect(try await browser.get("/grid").text.contains("乙"))
            _ = try await browser.post(
                "/grid/roster/\(entry.id)", changed.merging(["retire": "1", "version": "\(entry.version + 1)"]) { $1 })
            #expect(try await !browser.get("/grid").text.contains("021-57820001"))
            #expect(try await browser.get("/grid/roster/\(entry.id)").status == .notFound)
            #expect(try await test.store.problems() == [])
            var auditor = try await Browser(login: "he", client)
            #expect(try await auditor.post("/grid/roster", Self.roster).status == .forbidden)
        }
    }

    @Test("an officer marks a referral sent, acknowledged, answered; out of turn, without words, and to others it is refused")
    func marking() async throws {
        try await TestConsole.with { test, client in
            let id = try await test.addCase().id
            try await Self.transfer(test, client, id)
            let uri = "/api/v1/cases/\(id)/referrals/police"
            for login in ["xu", "zhao", "he", "chen", "sun"] {
                #expect(try await test.program(login, client).send(.post, uri, ["step": "sent"]).status == .forbidden, "\(login)")
                var browser = try await Browser(login: login, client)
                #expect(try await browser.post("/referrals/\(id)/police", ["step": "sent"]).status == .forbidden, "\(login)")
            }
            let wang = try await test.program("wang", client)
            var browser = try await Browser(login: "wang", client)
            #expect(try await wang.send(.post, uri, ["step": "answered", "text": "x"]).errorCode == "not-now")
            #expect(try await wang.send(.post, uri, ["step": "eaten"]).status.kind == .clientError)
            #expect(try await wang.send(.post, "/api/v1/cases/\(id)/referrals/choir", ["step": "sent"]).status == .notFound)
            let marked = try await browser.post("/referrals/\(id)/police", ["step": "sent", "back": "https://evil.example/"])
            #expect(marked.headers[.location] == "/referrals")
            #expect(try await browser.post("/referrals/\(id)/police", ["step": "sent"]).status == .conflict)
            #expect(try await wang.send(.post, uri, ["step": "acknowledged"]).status == .ok)
            #expect(try await wang.send(.post, uri, ["step": "answered", "text": " "]).status.kind == .clientError)
            #expect(try await wang.send(.post, uri, ["step": "answered", "text": "=1+1, \"沪公\""]).status == .ok)
            #expect(try await !browser.get("/referrals").text.contains("/cases/\(id)"))
            #expect(try await browser.get("/referrals?status=done").text.contains("已答复"))
            // A spreadsheet runs nothing of what others wrote.
            let csv = try await wang.get("/api/v1/referrals?status=all&format=csv")
            #expect(csv.text.contains("\"'=1+1, \"\"沪公\"\"\"\r\n"))
            #expect(csv.headers[.contentDisposition]?.contains("referrals-all.csv") == true)
            let events = try await test.store.events(caseID: id).filter { $0.kind.hasPrefix("referral-") }
            #expect(events.map(\.kind) == ["referral-sent", "referral-acknowledged", "referral-answered"])
            #expect(events.allSatisfy { $0.actor == "u-wang" })
            #expect(try await test.store.problems() == [])
        }
    }

    @Test(
        "a returned referral stands in its list with the way to take the case up again, with the station's book or an own one",
        arguments: [true, false])
    func returned(hasStationBook: Bool) async throws {
        try await TestConsole.with(hasStationBook: hasStationBook) { test, client in
            let id = try await test.addCase().id
            let wang = try await test.program("wang", client)
            #expect(try await wang.get("/api/v1/deadlines?clock=review").text.contains(id))
            try await Self.transfer(test, client, id)
            #expect(try await !wang.get("/api/v1/deadlines?clock=review").text.contains(id))
            #expect(try await wang.get("/api/v1/deadlines?clock=referral-sending").text.contains(id))
            for (step, text) in [("sent", ""), ("returned", "不属我单位")] {
                let answer = try await wang.send(.post, "/api/v1/cases/\(id)/referrals/police", ["step": step, "text": text])
                #expect(answer.status == .ok, "\(answer.text)")
            }
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/referrals?status=returned")
            #expect(page.text.contains("不属我单位") && page.text.contains("重新审核"))
            let again = try await wang.send(.post, "/api/v1/cases/\(id)/actions", ["kind": "reopen", "note": "退回"])
            #expect(again.status == .ok, "\(again.text)")
            #expect(try await !browser.get("/referrals?status=all").text.contains("/cases/\(id)"))
            let clocks = try await wang.get("/api/v1/cases/\(id)/clocks")
            #expect(clocks.text.contains("\"withdrawn\"") && clocks.text.contains("reopen"))
        }
    }

    @Test("a copy that the station makes after the review is listed, though the list was looked at before")
    func lateCopy() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(violation: "parked-bikes")
            try await Self.transfer(test, client, record.id)
            let wang = try await test.program("wang", client)
            #expect(try await !wang.get("/api/v1/referrals?status=all").text.contains("community"))
            let line = Referral.CopyLine(body: "community", article: "art. 27.2")
            try await test.store.appendEvent(
                caseID: record.id, at: Date(), actor: "machine", kind: Referral.copiedLine, detail: CaseLine.text(of: line))
            #expect(try await wang.get("/api/v1/referrals?status=all").text.contains("community"))
        }
    }

    @Test("a police matter: neither reminder nor order is offered, and both are refused with whose matter it is")
    func police() async throws {
        try await TestConsole.with { test, client in
            let (bikes, goods) = (try await test.addCase(0, violation: "parked-bikes").id, try await test.addCase(1).id)
            let wang = try await test.program("wang", client)
            var browser = try await Browser(login: "wang", client)
            for id in [bikes, goods] {
                let answer = try await wang.send(.post, "/api/v1/cases/\(id)/actions", TestConsole.review("confirm"))
                try #require(answer.status == .ok, "\(answer.text)")
            }
            let due = Date().addingTimeInterval(1_800).formatted(.iso8601)
            for kind in ["remind", "order"] {
                #expect(try await !browser.get("/cases/\(bikes)").text.contains("value=\"\(kind)\""))
                #expect(try await browser.get("/cases/\(goods)").text.contains("value=\"\(kind)\""))
                let refused = try await wang.send(.post, "/api/v1/cases/\(bikes)/actions", ["kind": kind, "dueAt": due])
                #expect(refused.status == .conflict && refused.errorCode == "other-bodys-matter")
                #expect(refused.text.contains("公安交警") && refused.text.contains("43.2"))
                let form = try await browser.post("/cases/\(bikes)/act", TestConsole.form(kind, ["dueAt": due, "minutes": "30"]))
                #expect(form.status.kind == .clientError)
            }
            #expect(try await test.store.caseRecord(id: bikes)?.state == .confirmed)
        }
    }

    @Test(
        "a confined user sees no case, channel or count of other cameras, with the station's book or an own one", arguments: [true, false])
    func confined(hasStationBook: Bool) async throws {
        try await TestConsole.with(hasStationBook: hasStationBook) { test, client in
            var ids: [[String]] = []
            for (index, channel) in ["c1", "c2"].enumerated() {
                let (open, referred) = (
                    try await test.addCase(index * 2, channel: channel).id, try await test.addCase(index * 2 + 1, channel: channel).id
                )
                try await Self.transfer(test, client, referred)
                ids.append([open, referred])
            }
            try await Self.place(test, ["c1", "c2"], "zs-fc-01-01")
            // Whatever a book remembers of somebody who sees all must not be shown.
            let all = try await test.program("zhou", client)
            for id in ids.joined() { #expect(try await all.get("/api/v1/deadlines").text.contains(id)) }
            _ = try await all.get("/api/v1/referrals")
            try await RouteWalk(test: test).confineAll(to: "c1")
            for login in Self.roles {
                let program = try await test.program(login, client)
                for (path, own) in [
                    ("/deadlines", ids[0]), ("/deadlines?breached=1", []), ("/deadlines?clock=decision", []), ("/grid", []),
                    ("/referrals?status=all", [ids[0][1]]),
                    ("/api/v1/deadlines", ids[0]), ("/api/v1/grid", []), ("/api/v1/referrals?status=all", [ids[0][1]]),
                    ("/api/v1/referrals?status=all&format=csv", [ids[0][1]]),
                ] {
                    let answer = try await program.get(path)
                    #expect(answer.status == .ok, "\(login) \(path)")
                    for id in own { #expect(answer.text.contains(id), "\(login) \(path)") }
                    for secret in ids[1] + ["茸惠路 c2"] { #expect(!answer.text.contains(secret), "\(login) \(path) tells of \(secret)") }
                }
                #expect(try await program.get("/api/v1/deadlines").object["total"] as? Int == 2)
                let nodes = try await program.get("/api/v1/grid").object["nodes"] as? [[String: any Sendable]]
                let street = try #require(nodes?.first { $0["code"] as? String == "zs" })
                #expect(street["open"] as? Int == 1 && street["channels"] as? Int == 1)
                let counts = try await program.get("/api/v1/referrals").object["openByBody"] as? [String: Int]
                #expect(counts == ["police": 1])
                #expect(try await program.get("/api/v1/cases/\(ids[1][0])/clocks").status == .notFound)
            }
            let wang = try await test.program("wang", client)
            let hidden = try await wang.send(.post, "/api/v1/cases/\(ids[1][1])/referrals/police", ["step": "sent"])
            #expect(hidden.status == .notFound)
            #expect(try await !test.store.events(caseID: ids[1][1]).contains { $0.kind == "referral-sent" })
        }
    }
}
