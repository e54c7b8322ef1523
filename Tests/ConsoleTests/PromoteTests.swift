import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Making a case of a finding on the console")
struct PromoteTests {
    @Test("an officer promotes with a reason and lands on the case; a second time it is the same case")
    func promote() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let run = try bench.add(0, findings: [RunBench.finding("f1")])
            var browser = try await Browser(login: "wang", client)
            _ = try await browser.get("/runs/\(run.id)")
            let answer = try await browser.post("/runs/\(run.id)/findings/f1/promote", ["reason": "夜里摆出来的"])
            #expect(answer.status == .seeOther || answer.status == .found)
            let address = try #require(answer.headers[.location])
            let page = try await browser.get(address)
            #expect(page.status == .ok)
            for text in ["由重算发现转为案件", "夜里摆出来的", "s1_goods_out.mp4", "存证校验通过"] { #expect(page.text.contains(text), "\(text)") }
            let program = try await test.program("li", client)
            let again = try await program.send(.post, "/api/v1/runs/\(run.id)/findings/f1/promote", ["reason": "x"])
            #expect(again.status == .ok && again.object["isNew"] as? Bool == false)
            #expect(address.hasSuffix(again.object["caseID"] as? String ?? "?"))
            #expect(try await test.store.counts().byState["candidate"] == 1)
            // The run's page now leads to the case instead of offering another.
            let detail = try await browser.get("/runs/\(run.id)")
            #expect(detail.text.contains(address) && !detail.text.contains("findings/f1/promote"))
            #expect(try await test.store.accessLog(before: nil, limit: 50).contains { $0.action == "finding-promoted" })
        }
    }

    @Test("an act that is a case already is refused with the way to it")
    func duplicate() async throws {
        try await TestConsole.with { test, client in
            let standing = try await test.addCase(0)
            let run = try RunBench(test: test).add(0, findings: [RunBench.finding("f1", at: 12)])
            var browser = try await Browser(login: "wang", client)
            _ = try await browser.get("/runs/\(run.id)")
            let answer = try await browser.post("/runs/\(run.id)/findings/f1/promote", ["reason": "x"])
            #expect(answer.status == .conflict)
            #expect(answer.text.contains("/cases/\(standing.id)"))
            let program = try await test.program("wang", client)
            #expect(
                try await program.send(.post, "/api/v1/runs/\(run.id)/findings/f1/promote", ["reason": "x"]).errorCode == "is-case")
            #expect(try await test.store.counts().byState["candidate"] == 1)
        }
    }

    @Test("a finding whose file is gone, a reason that is missing, a finding that is not there")
    func refused() async throws {
        try await TestConsole.with { test, client in
            let run = try RunBench(test: test).add(
                0, file: "/archive/gone.mp4", findings: [RunBench.finding("f1", path: "/archive/gone.mp4")])
            let program = try await test.program("wang", client)
            func send(_ id: String, _ fields: [String: any Sendable]) async throws -> String? {
                try await program.send(.post, "/api/v1/runs/\(run.id)/findings/\(id)/promote", fields).errorCode
            }
            #expect(try await send("f1", ["reason": "x"]) == "source-missing")
            #expect(try await send("f1", ["reason": " "]) == "invalid")
            #expect(try await send("f1", [:]) == "missing-field")
            #expect(try await send("f2", ["reason": "x"]) == "not-found")
            #expect(try await test.store.counts().byState["candidate"] == 0)
        }
    }
}
