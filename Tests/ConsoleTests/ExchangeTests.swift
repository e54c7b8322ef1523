import Casework
import Console
import Evidence
import Foundation
import FrameCore
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Pipeline
import Testing

@Suite("Exports, imports, the party's page and retention in the console")
struct ExchangeTests {
    private static let external: HTTPFields = [
        .authorization: "Bearer \(TestConsole.externalToken)", .contentType: "application/json",
    ]

    /// A minute after a test's first case was sealed.
    private static let at = Date(timeIntervalSince1970: 1_795_464_060)

    private static func tell(
        _ client: any TestClientProtocol, _ fields: [String: any Sendable], _ headers: HTTPFields = external
    ) async throws -> TestResponse {
        try await client.execute(
            uri: "/api/v1/external-findings", method: .post, headers: headers, body: APIClient.body(fields))
    }

    private static func confirm(_ id: String, _ officer: APIClient) async throws {
        let answer = try await officer.send(
            .post, "/api/v1/cases/\(id)/actions",
            ["kind": "confirm", "ticks": ["true", "clear", "complete", "accurate"], "declaresNoConflict": true])
        try #require(answer.status == .ok, "\(answer.text)")
    }

    // MARK: Out

    @Test("a bundle needs a reason, verifies offline, and is in the access log")
    func bundle() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let officer = try await test.program("wang", client)
            #expect(try await officer.get("/api/v1/cases/\(record.id)/bundle").errorCode == "invalid")
            #expect(try await officer.get("/api/v1/cases/nothing/bundle?reason=check").status == .notFound)
            let answer = try await officer.get("/api/v1/cases/\(record.id)/bundle?reason=%E8%B0%83%E5%8F%96")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/x-tar")
            let path = test.folder.path + "/case.tar"
            try Data(answer.body.readableBytesView).write(to: URL(fileURLWithPath: path))
            let report = CaseBundleVerifier().verify(bundle: path, temporaryFolder: test.folder.path)
            #expect(report.isIntact && report.bundle?.exporter == "u-wang" && report.bundle?.reason == "调取", "\(report.problems)")
            #expect(
                try await test.store.accessLog(before: nil, limit: 50).contains {
                    $0.action == "case-exported" && $0.subject.hasPrefix(record.id)
                })
            for login in ["zhao", "he"] {
                let other = try await test.program(login, client)
                #expect(try await other.get("/api/v1/cases/\(record.id)/bundle?reason=check").status == .forbidden)
            }
        }
    }

    @Test("who still has to give a second opinion cannot read the first one out of an export")
    func blind() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let officer = try await test.program("wang", client)
            try await Self.confirm(record.id, officer)
            let at = Date()
            _ = try await test.store.act(caseID: record.id, CaseAction(.remind, dueAt: at + 1), by: "u-wang", at: at)
            _ = try await test.store.act(
                caseID: record.id, CaseAction(.notCorrected, declaresNoConflict: true), by: "u-wang", at: at + 2)
            let second = try await test.program("qian", client)
            let path = "/api/v1/cases/\(record.id)/bundle?reason=check"
            #expect(try await second.get(path).errorCode == "blind-review")
            #expect(try await !second.get("/api/v1/exports/shanghai-grid.csv").text.contains("u-wang"))
            #expect(try await officer.get("/api/v1/exports/shanghai-grid.csv").text.contains("u-wang"))
            #expect(try await officer.get(path).status == .ok)
        }
    }

    @Test("the grid's table goes over all pages, by day, state and type, in both forms")
    func grid() async throws {
        try await TestConsole.with { test, client in
            for index in 0..<5 { try await test.addCase(index, violation: index == 4 ? "parked-bikes" : "piled-goods") }
            let officer = try await test.program("wang", client)
            func lines(_ query: String) async throws -> [Substring] {
                let answer = try await officer.get("/api/v1/exports/shanghai-grid.csv" + query)
                #expect(answer.status == .ok, "\(query)")
                return answer.text.split(separator: "\r\n")
            }
            let all = try await lines("")
            #expect(all.count == 6 && all[0].hasPrefix("\u{FEFF}STATUSNAME,TASKID,INFOSOURCENAME,DISCOVERTIME"))
            #expect(all[0].split(separator: ",").count == 24 && all[1].contains(CaseState.candidate.name.zh))
            // 20:00 UTC is 04:00 of the 24th in Shanghai.
            #expect(try await lines("?from=2026-11-24&to=2026-11-24").count == 6)
            #expect(try await lines("?to=2026-11-23").count == 1)
            #expect(try await lines("?from=2026-11-25").count == 1)
            #expect(try await lines("?state=closed").count == 1)
            #expect(try await lines("?violation=parked-bikes").count == 2)
            for bad in ["?from=24.11.2026", "?state=gone", "?from=2026-11-25&to=2026-11-24"] {
                #expect(try await officer.get("/api/v1/exports/shanghai-grid.csv" + bad).status == .unprocessableContent)
            }
            let json = try await officer.get("/api/v1/exports/shanghai-grid.json")
            let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.body.readableBytesView)) as? [[String: String]])
            #expect(rows.count == 5 && Set(rows[0].keys) == Set(ShanghaiGrid.columns))
            #expect(try await officer.get("/api/v1/exports/codes.csv").text.contains("piled-goods"))
        }
    }

    // MARK: In

    @Test("another patrol's finding needs the token, is checked field by field, and never becomes a case")
    func imports() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let time = Self.at.formatted(.iso8601)
            let good: [String: any Sendable] = ["source": "district", "id": "e1", "code": "04005", "at": time, "channel": "c1"]
            #expect(try await Self.tell(client, good, [.contentType: "application/json"]).status == .unauthorized)
            let first = try await Self.tell(client, good)
            #expect(first.status == .created && first.object["duplicateOfCase"] as? String == record.id)
            #expect(try await Self.tell(client, good).status == .ok)
            #expect(try await test.store.events(caseID: record.id).map(\.kind) == ["sealed", "external-duplicate"])
            let wrong: [(String, any Sendable)] = [
                ("source", "a b"), ("id", ""), ("code", "99999"), ("code", "04-05"), ("at", "yesterday"), ("at", "2999-01-01T00:00:00Z"),
                ("latitude", 91.0), ("channel", "nowhere"), ("picture", "?"), ("picture", Data("no picture".utf8).base64EncodedString()),
                ("place", String(repeating: "x", count: 201)), ("list", "z"), ("bonus", 1),
            ]
            for (field, value) in wrong {
                var fields = good
                fields["id"] = "e-\(field)"
                fields[field] = value
                let answer = try await Self.tell(client, fields)
                #expect((400...422).contains(answer.status.code), "\(field): \(answer.status) \(answer.text)")
            }
            var listed = good
            listed["id"] = "e2"
            listed["code"] = "04-05"
            listed["list"] = "B"
            listed["at"] = (Self.at + 3600).formatted(.iso8601)
            let jpeg = try JPEGEncoder.encode(Frame(size: PixelSize(width: 64, height: 36)))
            listed["picture"] = Data(jpeg).base64EncodedString()
            let second = try await Self.tell(client, listed)
            #expect(second.status == .created && second.object["duplicateOfCase"] == nil, "\(second.text)")
            #expect(try await test.store.counts().byState["candidate"] == 1)
            let officer = try await test.program("wang", client)
            let hash = ContentHash(of: jpeg).hex
            #expect(try await officer.get("/exports/pictures/\(hash)").status == .ok)
            for name in ["..%2Fkey.pem", "x", String(repeating: "0", count: 64)] {
                #expect(try await officer.get("/exports/pictures/\(name)").status == .notFound)
            }
        }
    }

    @Test("a table of findings takes the good lines and names the bad ones")
    func table() async throws {
        try await TestConsole.with { test, client in
            let text = """
                source,id,code,list,at,channel,place
                district,t1,04005,,2026-11-24T01:00:00Z,c1,"路口, 东侧"
                district,t2,nonsense,,2026-11-24T01:00:00Z,c1,
                district,t1,04005,,2026-11-24T01:00:00Z,c1,"路口, 东侧"
                """
            let answer = try await client.execute(
                uri: "/api/v1/external-findings", method: .post,
                headers: [.authorization: "Bearer \(TestConsole.externalToken)", .contentType: "text/csv"], body: ByteBuffer(string: text))
            #expect(answer.object["added"] as? Int == 1 && answer.object["known"] as? Int == 1, "\(answer.text)")
            #expect(answer.text.contains("\"line\":3"))
            var browser = try await Browser(login: "he", client)
            let page = try await browser.get("/exports")
            #expect(page.status == .ok && page.text.contains("路口, 东侧") && !page.text.contains("/exports/bundle\""))
        }
    }

    // MARK: The party

    @Test("a party sees its case by the code alone, objects, and the case goes back to re-examination")
    func party() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let officer = try await test.program("wang", client)
            try await Self.confirm(record.id, officer)
            let due = Date().addingTimeInterval(3600).formatted(.iso8601)
            let remind = try await officer.send(.post, "/api/v1/cases/\(record.id)/actions", ["kind": "remind", "dueAt": due])
            try #require(remind.status == .ok, "\(remind.text)")
            let issued = try await officer.send(.post, "/api/v1/cases/\(record.id)/party-code")
            let code = try #require(issued.object["code"] as? String)
            #expect(issued.status == .created && code.count == 11)
            let screener = try await test.program("xu", client)
            #expect(try await screener.send(.post, "/api/v1/cases/\(record.id)/party-code").status == .forbidden)

            var visitor = Browser(client)
            #expect(try await visitor.get("/q").text.contains("name=\"code\""))
            let page = try await visitor.get("/q?code=\(code.lowercased())")
            #expect(page.status == .ok && page.text.contains("乱堆物料") && page.text.contains("188 号") && page.text.contains("name=\"text\""))
            for hidden in ["用户 wang", "u-wang", "10.0.0.9", "top-secret", record.incident.id] { #expect(!page.text.contains(hidden)) }
            #expect(try await visitor.get("/q?code=\(code)&lang=en").text.contains("Your facts and reasons"))
            #expect(page.text.contains("/q/picture/after-dwell.jpg"))
            let picture = try await visitor.get("/q/picture/after-dwell.jpg?code=\(code)")
            #expect(picture.status == .ok && Array(picture.body.readableBytesView) == TestConsole.maskedPicture)
            for path in ["clip.mp4", "manifest.json", "scene-before.jpg"] {
                #expect(try await visitor.get("/q/picture/\(path)?code=\(code)").status == .notFound)
            }
            #expect(try await visitor.post("/q/object", ["code": code, "text": "  "]).status == .unprocessableContent)
            #expect(
                try await visitor.post("/q/object", ["code": code, "text": String(repeating: "字", count: 2001)]).status
                    == .unprocessableContent)
            let done = try await visitor.post("/q/object", ["code": code, "text": "货物十分钟内已搬走", "contact": "139"])
            #expect(done.status == .seeOther)
            let standing = try #require(try await test.store.caseRecord(id: record.id)).standing
            #expect(standing.state == .reexamination && standing.objection?.note == "货物十分钟内已搬走")
            #expect(try await visitor.get(done.headers[.location] ?? "").text.contains("Your objection is being examined"))
            #expect(try await visitor.post("/q/object", ["code": code, "text": "再次"]).status == .conflict)
            let log = try await test.store.accessLog(before: nil, limit: 100)
            #expect(log.contains { $0.userID == "party" && $0.action == "party-looked" && $0.subject == record.id })
            #expect(try await test.store.events(caseID: record.id).contains { $0.kind == "party-contact" })
            let foreign = try await client.execute(
                uri: "/q/object", method: .post,
                headers: [.contentType: "application/x-www-form-urlencoded", .origin: "https://evil.example"],
                body: ByteBuffer(string: "code=\(code)&text=x"))
            #expect(foreign.status == .forbidden)
        }
    }

    @Test("an unknown code and a malformed one get the same page, and who tries many has to wait")
    func guessing() async throws {
        try await TestConsole.with { test, client in
            try await test.addCase()
            var visitor = Browser(client)
            let unknown = try await visitor.get("/q?code=ABCDE-FGHJK")
            let malformed = try await visitor.get("/q?code=%27%20OR%201=1")
            #expect(unknown.status == .notFound && malformed.status == .notFound)
            func plain(_ text: String) -> String {
                text.replacing(/href="[^"]*lang=[^"]*"/, with: "").replacing(/content="[^"]*"/, with: "")
            }
            #expect(plain(unknown.text) == plain(malformed.text))
            #expect(HTTPField.Name("X-Robots-Tag").flatMap { unknown.headers[$0] } == "noindex, nofollow")
            var statuses: [HTTPResponse.Status] = []
            for _ in 0..<25 { statuses.append(try await visitor.get("/q?code=ABCDE-FGHJK").status) }
            #expect(statuses.first == .notFound && statuses.last == .tooManyRequests)
            #expect(try await visitor.get("/q/picture/after-dwell.jpg?code=ABCDE-FGHJK").status == .tooManyRequests)
            #expect(try await visitor.get("/q").status == .ok)
        }
    }

    // MARK: Retention

    @Test("everybody sees what goes when; only an administrator confirms the clock")
    func retention() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let officer = try await test.program("wang", client)
            let answer = try await officer.send(
                .post, "/api/v1/cases/\(record.id)/actions", ["kind": "false-alarm", "reason": "delivery", "declaresNoConflict": true])
            try #require(answer.status == .ok, "\(answer.text)")
            let plan = try await officer.get("/api/v1/retention")
            #expect(plan.status == .ok && plan.object["seen"] as? Int == 1 && plan.object["dueCount"] as? Int == 0)
            #expect(plan.text.contains(record.id))
            #expect(try await officer.send(.post, "/api/v1/retention/confirm").status == .forbidden)
            #expect(try await officer.get("/retention/certificates/\(record.id)").status == .notFound)
            let administrator = try await test.program("chen", client)
            #expect(try await administrator.send(.post, "/api/v1/retention/confirm").status == .ok)
            #expect(try await test.store.retentionRuns(limit: 9).map(\.kind) == [.ran, .confirmed])
            var browser = try await Browser(login: "chen", client)
            for language in ["zh", "en"] {
                let page = try await browser.get("/retention?lang=\(language)")
                #expect(page.status == .ok && page.text.contains(record.id) && page.text.contains("false-alarm"))
            }
        }
    }
}
