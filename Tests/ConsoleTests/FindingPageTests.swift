import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("A run's page and its stills")
struct FindingPageTests {
    @Test("a run shows what it was asked, its inputs with hashes, its problems and its findings with their boxes")
    func detail() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let run = try bench.add(0, findings: [RunBench.finding("f1"), RunBench.finding("f2", at: 60, violation: "parked-bikes")])
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/runs/\(run.id)")
            #expect(page.status == .ok)
            for text in [
                "夜间重算", "s1_goods_out.mp4", run.inputs[0].sha256 ?? "?", "/archive/&lt;broken&gt;.mp4", "乱堆物料", "非机动车乱停",
                "/runs/\(run.id)/findings/f1/still.jpg", "/runs/\(run.id)/findings/f1/promote",
                "/runs/compare?decided=1&amp;after=\(run.id)",
            ] { #expect(page.text.contains(text), "\(text)") }
            #expect(!page.text.contains("<broken>"))
            let filtered = try await browser.get("/runs/\(run.id)?violation=parked-bikes&hour=\(Self.hour(60))")
            #expect(filtered.text.contains("findings/f2/still") && !filtered.text.contains("findings/f1/still"))
            #expect(try await browser.get("/runs/\(run.id)?lang=en").text.contains("What was asked"))
        }
    }

    @Test("a run that is under way says so instead of “nothing found”, and one without findings names its problems")
    func emptyStates() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let running = try bench.add(0, findings: nil)
            let empty = try bench.add(1, findings: [])
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/runs/\(running.id)")
            #expect(page.text.contains("尚未完成") && !page.text.contains("没有发现"))
            #expect(try await browser.get("/runs/\(empty.id)").text.contains("没有发现"))
            #expect(try await browser.get("/runs/compare?before=\(empty.id)&after=\(running.id)").status == .conflict)
        }
    }

    @Test("names out of files and findings are text on every page")
    func escaped() async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let nasty = "<img src=x onerror=alert(1)>"
            var finding = RunBench.finding(nasty, still: "stills/a.jpg")
            finding.zone = nasty
            finding.violation = nasty
            let run = try bench.add(0, name: nasty, file: "/archive/\(nasty).mp4", findings: [finding])
            let other = try bench.add(1, findings: [])
            var browser = try await Browser(login: "chen", client)
            for uri in ["/runs/\(run.id)", "/runs/compare?before=\(other.id)&after=\(run.id)", "/runs/compare?decided=1&after=\(run.id)"] {
                let page = try await browser.get(uri)
                #expect(page.status == .ok)
                #expect(!page.text.contains("<img src=x"), "\(uri)")
            }
            let still = try await browser.get(
                "/runs/\(run.id)/findings/\(nasty.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")/still.jpg")
            #expect(still.status == .ok)
        }
    }

    @Test("a still comes as a JPEG, and each look is in the access log once")
    func still() async throws {
        try await TestConsole.with { test, client in
            let run = try RunBench(test: test).add(0, findings: [RunBench.finding("f1")])
            let program = try await test.program("wang", client)
            for _ in 0..<2 {
                let answer = try await program.get("/runs/\(run.id)/findings/f1/still.jpg")
                #expect(Array(buffer: answer.body) == RunBench.jpeg)
                #expect(answer.headers[.contentType] == "image/jpeg")
            }
            let log = try await test.store.accessLog(before: nil, limit: 10).filter { $0.action == "file-viewed" }
            #expect(log.map(\.subject) == ["run \(run.id)/f1"])
        }
    }

    @Test("the page with its stills is one line of the access log")
    func pageLog() async throws {
        try await TestConsole.with { test, client in
            let run = try RunBench(test: test).add(0, findings: [RunBench.finding("f1")])
            var browser = try await Browser(login: "li", client)
            _ = try await browser.get("/runs/\(run.id)")
            _ = try await browser.get("/runs/\(run.id)/findings/f1/still.jpg")
            let log = try await test.store.accessLog(before: nil, limit: 20).filter { $0.userID == "u-li" }
            #expect(log.contains { $0.action == "run-viewed" && $0.subject == run.id })
            #expect(!log.contains { $0.action == "file-viewed" })
        }
    }

    @Test(
        "a still's name out of a damaged run leads nowhere else",
        arguments: [
            "../../../xunjie.sqlite", "/etc/passwd", "stills/../../key.jpg", "..", "stills/a/b.jpg", ".hidden.jpg", "stills/link.jpg",
            "run.json",
        ])
    func traversal(name: String) async throws {
        try await TestConsole.with { test, client in
            let bench = RunBench(test: test)
            let run = try bench.add(0, findings: [])
            try RunFolder(path: bench.folder(run)).write([RunBench.finding("f1", still: name)])
            try FileManager.default.createSymbolicLink(
                atPath: bench.folder(run) + "/stills/link.jpg", withDestinationPath: "/etc/passwd")
            let program = try await test.program("wang", client)
            let answer = try await program.get("/runs/\(run.id)/findings/f1/still.jpg")
            #expect(answer.status == .notFound)
            #expect(!answer.text.contains("root:"))
        }
    }

    @Test("a run's id leads nowhere else", arguments: ["..", "%2e%2e", "..%2f..", "nothing", "%00", "0197b7a8-0000-7000-8000-00000000000"])
    func strangeRun(id: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            for uri in ["/runs/\(id)", "/runs/\(id)/findings/f1/still.jpg", "/api/v1/runs/\(id)/record", "/api/v1/runs/\(id)/findings"] {
                #expect(try await program.get(uri).status.kind == .clientError, "\(uri)")
            }
        }
    }

    @Test("without a log-in neither pages nor answers tell anything of a run")
    func loginNeeded() async throws {
        try await TestConsole.with { test, client in
            let run = try RunBench(test: test).add(0, findings: [RunBench.finding("f1")])
            for uri in ["/runs/\(run.id)", "/runs/\(run.id)/findings/f1/still.jpg", "/runs/compare?decided=1&after=\(run.id)"] {
                let answer = try await client.execute(uri: uri, method: .get)
                #expect(answer.status == .unauthorized || answer.headers[.location]?.hasPrefix("/login") == true)
            }
            for uri in [
                "/api/v1/runs/\(run.id)/record", "/api/v1/runs/\(run.id)/findings", "/api/v1/runs/compare?decided=1&after=\(run.id)",
                "/api/v1/runs/compare.csv",
            ] {
                #expect(try await client.execute(uri: uri, method: .get).status == .unauthorized)
            }
        }
    }

    static func hour(_ seconds: Double) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
        return calendar.component(.hour, from: RunBench.start + seconds)
    }
}
