import Casework
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Acting on cases over the API")
struct CaseActionTests {
    static let logins = ["wang", "qian", "zhou", "sun", "xu", "zhao", "he", "chen"]

    /// Fields that would do for any kind.
    private static func full(_ kind: CaseAction.Kind) -> [String: any Sendable] {
        var fields = TestConsole.review(kind.rawValue, note: "货物仍占道")
        fields["reason"] = [.exempt: "permit", .transfer: "police"][kind] ?? "delivery"
        fields["suggestion"] = kind == .screen ? "false-alarm" : nil
        if [.remind, .order, .cannotSee].contains(kind) { fields["dueAt"] = Date().addingTimeInterval(1_800).formatted(.iso8601) }
        if kind == .corrected { fields["outcome"] = "corrected" }
        return fields
    }

    /// Brings a new case to a state by the API and, where only the machine may act, by the store.
    static func bring(_ test: TestConsole, _ client: any TestClientProtocol, _ index: Int, to state: CaseState) async throws
        -> String
    {
        let id = try await test.addCase(index).id
        let reminded: [(String, CaseAction.Kind)] = [("wang", .confirm), ("wang", .remind)]
        let second = reminded + [("machine", .look), ("wang", .notCorrected)]
        let ways: [CaseState: [(String, CaseAction.Kind)]] = [
            .candidate: [], .screened: [("xu", .screen)], .confirmed: [("wang", .confirm)], .falseAlarm: [("wang", .falseAlarm)],
            .exempt: [("wang", .exempt)], .transferred: [("wang", .transfer)], .awaitingCorrection: reminded,
            .recheckDue: reminded + [("machine", .look)], .secondReview: second, .disputed: second + [("qian", .disagree)],
            .handedOver: second + [("qian", .agree)], .reexamination: second + [("qian", .agree), ("wang", .object)],
            .closed: reminded + [("machine", .look), ("wang", .corrected)],
        ]
        for (login, kind) in ways[state] ?? [] {
            if login == "machine" {
                let look = SecondLook(proposal: .notCorrected, reason: BilingualText(zh: "仍在", en: "still there"))
                _ = try await test.store.act(caseID: id, CaseAction(kind, look: look), by: login, at: Date() + 3_600)
            } else {
                let answer = try await test.program(login, client).send(.post, "/api/v1/cases/\(id)/actions", full(kind))
                try #require(answer.status == .ok, "\(login) \(kind): \(answer.text)")
            }
        }
        try #require(try await test.store.caseRecord(id: id)?.state == state)
        return id
    }

    @Test("no role gets an action through that its rule forbids: every state × action × role is tried", arguments: CaseState.allCases)
    func forbidden(_ state: CaseState) async throws {
        try await TestConsole.with { test, client in
            let id = try await Self.bring(test, client, 0, to: state)
            let before = try #require(try await test.store.caseRecord(id: id))
            var refused = 0
            for login in Self.logins {
                let program = try await test.program(login, client)
                let user = try #require(try await test.store.user(login: login))
                let possible = Set(CaseLife().possible(for: CaseActor(user), at: Date(), from: before.standing))
                for kind in CaseAction.Kind.allCases where !possible.contains(kind) && !(kind == .hold || kind == .release) {
                    let answer = try await program.send(.post, "/api/v1/cases/\(id)/actions", Self.full(kind))
                    let isAgain = before.decision?.userID == user.id && kind.rawValue == before.decision?.verdict.rawValue
                    #expect(answer.status.kind == .clientError || isAgain, "\(login) \(kind) at \(state): \(answer.status)")
                    refused += 1
                }
            }
            #expect(refused > 100)
            #expect(try await test.store.caseRecord(id: id) == before)
            #expect(try await test.store.problems() == [])
        }
    }

    @Test("the machine's own actions, and any under its name, cannot be had by API or form")
    func machineOnly() async throws {
        try await TestConsole.with { test, client in
            let id = try await Self.bring(test, client, 0, to: .awaitingCorrection)
            for login in Self.logins {
                let answer = try await test.program(login, client).send(
                    .post, "/api/v1/cases/\(id)/actions", ["kind": "look", "look": ["proposal": "corrected"]])
                #expect(answer.status.kind == .clientError)
                var browser = try await Browser(login: login, client)
                let page = try await browser.post("/cases/\(id)/act", ["kind": "look"])
                #expect(page.status.kind == .clientError)
            }
            #expect(try await test.store.caseRecord(id: id)?.state == .awaitingCorrection)
        }
    }

    @Test("the second officer sees nothing of what the first said, by page or API, until the opinion is given")
    func blind() async throws {
        try await TestConsole.with { test, client in
            let id = try await Self.bring(test, client, 0, to: .secondReview)
            let qian = try await test.program("qian", client)
            var browser = try await Browser(login: "qian", client)
            for path in ["/api/v1/cases/\(id)", "/api/v1/cases/\(id)/events", "/api/v1/cases?state=second-review"] {
                let text = try await qian.get(path).text
                #expect(!text.contains("u-wang") && !text.contains("货物仍占道") && !text.contains("still there"), "\(path)")
            }
            for path in ["/cases/\(id)", "/queue?state=second-review", "/queue/rows/\(id)"] {
                let text = try await browser.get(path).text
                #expect(!text.contains("用户 wang") && !text.contains("货物仍占道") && !text.contains("仍在"), "\(path)")
            }
            // The head sees all of it, and so does the second officer afterwards.
            #expect(try await test.program("zhou", client).get("/api/v1/cases/\(id)").text.contains("u-wang"))
            _ = try await qian.send(.post, "/api/v1/cases/\(id)/actions", Self.full(.agree))
            #expect(try await qian.get("/api/v1/cases/\(id)").text.contains("u-wang"))
        }
    }

    @Test("an officer whose certificate is over is told so and decides nothing")
    func expired() async throws {
        try await TestConsole.with { test, client in
            let id = try await test.addCase().id
            let chen = try await test.program("chen", client)
            let over: [String: any Sendable] = ["number": "沪-2", "validFrom": "2020-01-01", "validUntil": "2020-12-31"]
            #expect(try await chen.send(.patch, "/api/v1/users/wang", ["certificate": over]).status == .ok)
            let answer = try await test.program("wang", client).send(.post, "/api/v1/cases/\(id)/actions", Self.full(.confirm))
            #expect(answer.status == .forbidden && answer.errorCode == "certificate-invalid")
            #expect(try await chen.send(.patch, "/api/v1/users/wang", ["certificate": NSNull()]).status == .ok)
            let without = try await test.program("wang", client).send(.post, "/api/v1/cases/\(id)/actions", Self.full(.confirm))
            #expect(without.errorCode == "certificate-missing")
        }
    }

    @Test("every page of a case shows its forms in both languages, in every state and to every role", arguments: CaseState.allCases)
    func pages(_ state: CaseState) async throws {
        try await TestConsole.with { test, client in
            let id = try await Self.bring(test, client, 0, to: state)
            for login in Self.logins {
                var browser = try await Browser(login: login, client)
                let user = try #require(try await test.store.user(login: login))
                let record = try #require(try await test.store.caseRecord(id: id))
                let possible = CaseLife().possible(for: CaseActor(user), at: Date(), from: record.standing)
                for language in ["zh", "en"] {
                    let page = try await browser.get("/cases/\(id)?lang=\(language)")
                    #expect(page.status == .ok)
                    #expect(!page.text.contains("{{"))
                    for kind in possible { #expect(page.text.contains("value=\"\(kind.rawValue)\""), "\(login) \(kind)") }
                }
            }
        }
    }
}
