import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Searching the past in the console")
struct PastTests {
    /// Around the rubbish of the sample clip, which lies there from 18.4 to 52.2 s.
    private static let region = "0.52,0.52 0.63,0.52 0.63,0.75 0.52,0.75"
    // 2026-11-24 in Asia/Shanghai, as the footage begins.
    private static let local = ["from": "2026-11-24T04:00:00", "to": "2026-11-24T04:05:00"]

    private static var iso: [String: any Sendable] {
        let points: [[Double]] = [[0.52, 0.52], [0.63, 0.52], [0.63, 0.75], [0.52, 0.75]]
        return [
            "channel": "c1", "from": StoredFootage.start.ISO8601Format(),
            "to": StoredFootage.start.addingTimeInterval(300).ISO8601Format(), "region": points, "staySeconds": 10,
        ]
    }

    private static func form(_ extra: [String: String] = [:]) -> [String: String] {
        var form = ["channel": "c1", "region": region, "stay": "10"]
        let style = Date.ISO8601FormatStyle(timeZone: TimeZone(identifier: "Asia/Shanghai") ?? .gmt).year().month().day()
            .time(includingFractionalSeconds: false).dateTimeSeparator(.standard)
        form["from"] = StoredFootage.start.formatted(style)
        form["to"] = StoredFootage.start.addingTimeInterval(300).formatted(style)
        return form.merging(extra) { $1 }
    }

    private static func settle(_ path: String, _ browser: inout Browser) async throws -> String {
        for _ in 0..<600 {
            let page = try await browser.get(path).text
            if !page.contains("data-under-way") { return page }
            try await Task.sleep(for: .milliseconds(50))
        }
        return ""
    }

    @Test("a search by the page finds what lay there, with its pictures; every look is in the access log", arguments: ["zh", "en"])
    func search(language: String) async throws {
        try await TestConsole.with(stock: StoredFootage()) { test, client in
            var browser = try await Browser(login: "wang", client)
            var page = try await browser.get("/past?lang=\(language)").text
            while page.contains("data-past-scanning") { page = try await browser.get("/past").text }
            #expect(page.contains("data-past ") || page.contains("data-past>"))
            let answer = try await browser.post("/past", Self.form())
            #expect(answer.status == .seeOther, "\(answer.text)")
            let path = try #require(answer.headers[.location])
            let done = try await Self.settle(path, &browser)
            #expect(done.contains("past-entry"), "\(done)")
            #expect(done.contains(language == "zh" ? "离开" : "gone"))
            for name in ["from", "staying", "to"] {
                let picture = try await browser.get("\(path)/1/\(name).jpg?near")
                #expect(picture.status == .ok && picture.headers[.contentType] == "image/jpeg")
                #expect(Array(picture.body.readableBytesView.prefix(2)) == [0xff, 0xd8])
            }
            let large = try await browser.get("\(path)/1/from.jpg")
            #expect(large.status == .ok)
            for bad in ["/1/other.jpg", "/99/from.jpg", "/1/from.png", "/x/from.jpg", "/1/..%2Ffrom.jpg"] {
                #expect(try await browser.get(path + bad).status == .notFound)
            }
            let log = try await test.store.accessLog(before: nil, limit: 100)
            #expect(log.contains { $0.action == "past-searched" && $0.userID == "u-wang" && $0.subject.hasPrefix("c1 ") })
            #expect(log.contains { $0.action == "past-viewed" && $0.subject.hasSuffix("/1/from") })
            // Somebody else's search is nobody's business.
            var other = try await Browser(login: "li", client)
            #expect(try await other.get(path).status == .notFound)
            #expect(try await other.get("\(path)/1/from.jpg").status == .notFound)
        }
    }

    @Test("a search by the API answers entries with times and no paths of the machine, and can be cancelled")
    func api() async throws {
        try await TestConsole.with(stock: StoredFootage()) { test, client in
            let program = try await test.program("zhao", client)
            let made = try await program.send(.post, "/api/v1/past", Self.iso)
            #expect(made.status == .created, "\(made.text)")
            let id = try #require(made.object["id"] as? String)
            var answer = try await program.get("/api/v1/past/\(id)")
            for _ in 0..<600 where ["waiting", "running"].contains(answer.object["state"] as? String) {
                try await Task.sleep(for: .milliseconds(50))
                answer = try await program.get("/api/v1/past/\(id)")
            }
            #expect(answer.object["state"] as? String == "done")
            let result = try #require(answer.object["result"] as? [String: any Sendable])
            let entries = try #require(result["entries"] as? [[String: any Sendable]])
            #expect(entries.first?["ending"] as? String == "vanished")
            #expect(!answer.text.contains(StoredFootage.root.path))
            #expect(answer.text.contains("s3_rubbish.mp4"))
            #expect((result["gaps"] as? [Any])?.count == 1)
            // On a busy machine a search may be over before its cancellation arrives: again, until one was not.
            var states: Set<String> = []
            for _ in 0..<100 where !states.contains("cancelled") {
                let other = try #require(try await program.send(.post, "/api/v1/past", Self.iso).object["id"] as? String)
                #expect(try await program.send(.delete, "/api/v1/past/\(other)").status == .noContent)
                states.insert(try await program.get("/api/v1/past/\(other)").object["state"] as? String ?? "none")
            }
            #expect(states.contains("cancelled") && states.isSubset(of: ["cancelled", "done"]), "\(states)")
            let archive = try await program.get("/api/v1/archive")
            #expect(archive.object["isConfigured"] as? Bool == true)
            #expect(!archive.text.contains(StoredFootage.root.path))
        }
    }

    @Test(
        "what cannot be asked is refused, and nothing of it reaches the page unescaped",
        arguments: [
            ["channel": "nobody"], ["channel": "<script>alert(1)</script>"], ["from": "yesterday"], ["to": ""],
            ["to": "2020-01-01T00:00:00"], ["to": "2027-11-24T00:00:00"], ["region": ""], ["region": "0.1,0.1 0.2,0.2"],
            ["region": "0,0 1,1 1,0 0,1"], ["region": "0,0 2,0 2,2"], ["region": "nan,0 1,0 1,1"],
            ["region": "\"><script>alert(1)</script>"],
            ["stay": "1"], ["stay": "1e9"], ["stay": "\"><b>"],
        ])
    func refused(change: [String: String]) async throws {
        try await TestConsole.with(stock: StoredFootage()) { test, client in
            var browser = try await Browser(login: "wang", client)
            _ = try await browser.get("/past")
            let answer = try await browser.post("/past", Self.form(change))
            // A stay that is no number is the usual one.
            #expect(answer.status == .unprocessableContent || change["stay"] == "\"><b>" && answer.status == .seeOther)
            #expect(!answer.text.contains("<script>") && !answer.text.contains("<b>\""))
            let log = try await test.store.accessLog(before: nil, limit: 100)
            #expect(log.contains { $0.action == "past-searched" } == (answer.status == .seeOther))
        }
    }

    @Test("without footage the pages say what to do")
    func empty() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "chen", client)
            for path in ["/past", "/runs"] { #expect(try await browser.get(path).status == .ok) }
            #expect(try await browser.get("/past?lang=en").text.contains("xunjie serve --archive"))
            #expect(try await browser.get("/past/still.jpg?channel=c1&at=2026-11-24T08:00:00").status == .notFound)
            #expect(try await browser.get("/past/still.jpg?channel=c1&at=x").status == .unprocessableContent)
        }
        // Footage of a name that no channel has.
        try await TestConsole.with(stock: StoredFootage(clips: [("<b>gate</b>", "s3_rubbish.mp4", 66)])) { test, client in
            var browser = try await Browser(login: "chen", client)
            var page = try await browser.get("/past").text
            while page.contains("data-past-scanning") { page = try await browser.get("/past").text }
            #expect(page.contains("&lt;b&gt;gate&lt;/b&gt;"))
            #expect(!page.contains("<b>gate"))
        }
    }

    @Test("footage lies under a channel's id, its name or its national id")
    func names() async throws {
        try await TestConsole.with(stock: StoredFootage(clips: [("茸惠路 c2", "s3_rubbish.mp4", 66)])) { test, client in
            let program = try await test.program("wang", client)
            var answer = try await program.get("/api/v1/archive")
            while answer.object["listedAt"] == nil { answer = try await program.get("/api/v1/archive") }
            let channels = try #require(answer.object["channels"] as? [[String: any Sendable]])
            #expect(channels.map { $0["channel"] as? String } == ["c2"])
        }
    }
}
