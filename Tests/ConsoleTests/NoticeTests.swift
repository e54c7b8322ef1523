import Casework
import Console
import Evidence
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Pipeline
import Testing

@Suite("Messages in the console")
struct NoticeTests {
    private static let number = "13812345678"

    /// A reminded case, and its message.
    private static func reminded(_ test: TestConsole, _ client: any TestClientProtocol) async throws -> (CaseRecord, NoticeRecord) {
        let record = try await test.addCase()
        let wang = try await test.program("wang", client)
        _ = try await wang.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
        let due = Date(timeIntervalSinceNow: 1_800).formatted(.iso8601)
        let answer = try await wang.send(
            .post, "/api/v1/cases/\(record.id)/actions",
            [
                "kind": "remind", "dueAt": due,
                "notice": ["template": "remind-sms", "medium": "", "recipient": number, "text": ""] as [String: String],
            ])
        #expect(answer.status == .ok, "\(answer.text)")
        return (record, try #require(try await test.store.notices(caseID: record.id).first))
    }

    private static func report(
        _ id: Int64, _ fields: [String: any Sendable], secret: Data = TestConsole.noticeSecret, age: Double = 0,
        _ client: any TestClientProtocol
    ) async throws -> TestResponse {
        let body = try JSONSerialization.data(withJSONObject: fields)
        let stamp = Int64(Date().timeIntervalSince1970 - age)
        let code = NoticeSignature(secret: secret).signature(timestamp: stamp, id: id, body: body)
        let headers: HTTPFields = try [
            .contentType: "application/json", #require(HTTPField.Name("X-Xunjie-Timestamp")): String(stamp),
            #require(HTTPField.Name("X-Xunjie-Signature")): code,
        ]
        return try await client.execute(
            uri: "/api/v1/notices/\(id)/status", method: .post, headers: headers, body: ByteBuffer(bytes: body))
    }

    @Test("drafts are whole texts for this case, with the violation's own time to correct")
    func drafts() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase(violation: "parked-bikes")
            let wang = try await test.program("wang", client)
            let answer = try await wang.get("/api/v1/cases/\(record.id)/notice-drafts")
            let drafts = try #require(answer.object["drafts"] as? [[String: any Sendable]])
            let draft = try #require(drafts.first)
            let text = try #require(draft["text"] as? String)
            #expect(text.contains("非机动车乱停"))
            #expect(text.contains("188 号"))
            #expect(!text.contains("{"))
            let due = try #require((draft["dueAt"] as? String).flatMap { try? Date($0, strategy: .iso8601.fractional) })
            #expect(abs(due.timeIntervalSinceNow - 7_200) < 60)
        }
    }

    @Test("a released message is filled in from its template, and lists hide most of the number")
    func release() async throws {
        try await TestConsole.with { test, client in
            let (record, notice) = try await Self.reminded(test, client)
            #expect(notice.notice.medium == "sms")
            #expect(notice.notice.text.contains("请于"))
            let program = try await test.program("he", client)
            let list = try await program.get("/api/v1/notices")
            #expect(list.text.contains("138****5678"))
            #expect(!list.text.contains(Self.number))
            let page = try await program.get("/notices?status=waiting")
            #expect(page.status == .ok)
            #expect(page.text.contains("138****5678"))
            #expect(page.text.contains("/cases/\(record.id)"))
            let wang = try await test.program("wang", client)
            #expect(try await wang.get("/cases/\(record.id)").text.contains("138****5678"))
        }
    }

    @Test("a message of an unknown template, or to no number, is refused by field, and nothing is released")
    func refused() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let wang = try await test.program("wang", client)
            _ = try await wang.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
            let due = Date(timeIntervalSinceNow: 1_800).formatted(.iso8601)
            for (template, recipient, code) in [
                ("other", Self.number, "unknown-template"), ("remind-sms", "", "recipient-missing"),
                ("remind-sms", "老王", "recipient-malformed"),
            ] {
                let answer = try await wang.send(
                    .post, "/api/v1/cases/\(record.id)/actions",
                    [
                        "kind": "remind", "dueAt": due,
                        "notice": ["template": template, "medium": "sms", "recipient": recipient, "text": ""] as [String: String],
                    ])
                #expect(answer.status == .unprocessableContent)
                #expect(answer.errorCode == code)
            }
            #expect(try await test.store.caseRecord(id: record.id)?.state == .confirmed)
        }
    }

    @Test("the gateway reports with its signature and no log-in: delivery, then the party's answer")
    func gateway() async throws {
        try await TestConsole.with { test, client in
            let (record, notice) = try await Self.reminded(test, client)
            let id = Int(notice.id)
            let delivered = try await Self.report(notice.id, ["notice": id, "status": "delivered", "reference": "g-1"], client)
            #expect(delivered.status == .ok, "\(delivered.text)")
            _ = try await Self.report(notice.id, ["notice": id, "status": "replied", "text": "马上收"], client)
            let events = try await test.store.events(caseID: record.id)
            #expect(events.suffix(2).map(\.kind) == ["notice-delivered", "notice-replied"])
            #expect(events.last?.actor == "gateway")
            let wang = try await test.program("wang", client)
            #expect(try await wang.get("/cases/\(record.id)").text.contains("马上收"))
        }
    }

    @Test("a wrong, old or borrowed signature is refused, and so is whoever has none and does not decide")
    func forged() async throws {
        try await TestConsole.with { test, client in
            let (_, notice) = try await Self.reminded(test, client)
            let fields: [String: any Sendable] = ["notice": Int(notice.id), "status": "delivered"]
            #expect(try await Self.report(notice.id, fields, secret: Data("another-secret-here".utf8), client).status == .unauthorized)
            #expect(try await Self.report(notice.id, fields, age: 400, client).status == .unauthorized)
            #expect(try await Self.report(notice.id, ["notice": 99, "status": "delivered"], client).status == .unprocessableContent)
            #expect(try await Self.report(notice.id, ["notice": Int(notice.id), "status": "retried"], client).status == .forbidden)
            let bare = try await client.execute(
                uri: "/api/v1/notices/\(notice.id)/status", method: .post, headers: [.contentType: "application/json"],
                body: APIClient.body(fields))
            #expect(bare.status == .unauthorized)
            let auditor = try await test.program("he", client)
            #expect(try await auditor.send(.post, "/api/v1/notices/\(notice.id)/status", fields).status == .forbidden)
            #expect(try await test.store.notice(id: notice.id)?.status == .waiting)
            let officer = try await test.program("li", client)
            #expect(try await officer.send(.post, "/api/v1/notices/\(notice.id)/status", fields).status == .ok)
        }
    }

    @Test("the page of a confirmed case offers the message with the reminder")
    func form() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            let wang = try await test.program("wang", client)
            _ = try await wang.send(.post, "/api/v1/cases/\(record.id)/actions", TestConsole.review("confirm"))
            let page = try await wang.get("/cases/\(record.id)").text
            #expect(page.contains("name=\"noticeTemplate\""))
            #expect(page.contains("行政处罚法第二十八条"))
        }
    }

    @Test("pictures of a look are given out only as they were sealed")
    func lookPictures() async throws {
        try await TestConsole.with { test, client in
            let (record, _) = try await Self.reminded(test, client)
            let kept = try test.evidence.keep(
                SecondLook(proposal: .corrected, reason: BilingualText(zh: "已清", en: "cleared")),
                pictures: ["now", "place-then", "place-now"].map { LookPicture(role: $0, jpeg: FixedPatrol.still + Array($0.utf8)) },
                of: record, token: "t", at: .init(millisecondsSince1970: 1_795_464_000_000, utcOffsetMinutes: 480))
            let later = Date(timeIntervalSinceNow: 3_600)
            _ = try await test.store.act(caseID: record.id, CaseAction(.look, look: kept), by: "machine", at: later)
            let wang = try await test.program("wang", client)
            let page = try await wang.get("/cases/\(record.id)").text
            #expect(page.contains("/looks/\(record.id)/place-now.jpg"))
            let path = "/looks/\(record.id)/now.jpg"
            let picture = try await wang.get(path)
            #expect(picture.status == .ok)
            #expect(picture.headers[.contentType] == "image/jpeg")
            #expect(try await wang.get("/looks/\(record.id)/addendum.json").status == .notFound)
            #expect(try await wang.get("/looks/\(record.id)/..%2Fmanifest.json").status == .notFound)
            let file = test.path(record, try #require(kept.addendum) + "/now.jpg")
            #expect(chmod(file, 0o600) == 0)
            try Data([1]).write(to: URL(fileURLWithPath: file))
            #expect(try await wang.get(path).status == .notFound)
        }
    }
}

extension ParseStrategy where Self == Date.ISO8601FormatStyle {
    fileprivate static var iso8601: Self { .init() }
}

extension Date.ISO8601FormatStyle {
    fileprivate var fractional: Self { Self(includingFractionalSeconds: true) }
}
