import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Pages")
struct PageTests {
    private static let paths = [
        "/queue", "/queue?state=all", "/channels", "/channels/c1", "/faults", "/channels/add", "/channels/c1/zones",
        "/users", "/password", "/past", "/runs", "/ledgers", "/ledgers/device", "/ledgers/device/c1", "/ledgers/shop", "/ledgers/shop/new",
        "/ledgers/permit/new", "/ledgers/shop/import", "/deadlines", "/grid", "/grid/roster/new", "/referrals", "/summary", "/search?q=c1",
        "/notices", "/exports", "/retention", "/audit", "/q",
    ]

    @Test("every page comes in Chinese unless English was chosen, and keeps the choice", arguments: paths)
    func languages(path: String) async throws {
        try await TestConsole.with { test, client in
            try await test.addCase()
            var browser = try await Browser(login: "chen", client)
            let chinese = try await browser.get(path)
            #expect(chinese.status == .ok)
            #expect(chinese.headers[.contentType] == "text/html; charset=utf-8")
            #expect(chinese.text.contains("<html lang=\"zh-CN\""))
            let english = try await browser.get(path + (path.contains("?") ? "&" : "?") + "lang=en")
            #expect(english.text.contains("<html lang=\"en\""))
            #expect(english.text != chinese.text)
            let again = try await browser.get(path)
            #expect(again.text.contains("<html lang=\"en\""))
            for text in [chinese.text, english.text] {
                #expect(!text.contains("{{") && !text.contains("}}"))
                #expect(!text.contains("<script>") && !text.contains("onclick=") && !text.contains("style=\""))
            }
        }
    }

    @Test(
        "no text of the interface is the same in both languages: nothing was left untranslated",
        arguments: paths + ["/cases/*", "/login", "/nowhere"])
    func translated(path: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            _ = try await test.store.act(
                caseID: record.id, CaseAction(.falseAlarm, reason: "delivery", note: "", declaresNoConflict: true), by: "u-wang", at: Date()
            )
            let path = path.replacingOccurrences(of: "*", with: record.id)
            var browser = path == "/login" ? Browser(client) : try await Browser(login: "chen", client)
            let chinese = Self.texts(try await browser.get(path).text)
            let english = Self.texts(try await browser.get(path + (path.contains("?") ? "&" : "?") + "lang=en").text)
            let data = [
                record.id, record.incident.id, record.manifestSHA256, record.incident.zoneID, "rtsp://10.0.0.9/c1",
                "rtsp://10.0.0.9/c2", "茸惠路 c1", "茸惠路 c2", "no frame for 40 s", "chen", "wang", "zhao", "qian", "zhou", "sun", "handover",
                "package-records",
                "ended-lead", "no-case-here", "handed-over", "false-alarm",
                "not-penalised", "用户",
                "xunjie test",
                "r1", "piled-goods", "H.264", "JSON", "SHA-256", "RTSP", "TCP", "UDP", "scrypt", "xunjie serve --archive",
            ]
            let keys = ["Enter", "Ctrl", "Esc", "{&quot;zones&quot;: []}"]
            let same = chinese.intersection(english).filter { text in
                text.contains(/\b[A-Za-z]{3,}\b/) && !data.contains { text.contains($0) } && !keys.contains(text)
            }
            #expect(same.isEmpty)
        }
    }

    /// What a reader sees between the tags.
    private static func texts(_ page: String) -> Set<String> {
        let body = page.replacing(/<head>[\s\S]*<\/head>/, with: "").replacing(/<[^>]*>/, with: "\u{1}")
        return Set(body.split(separator: "\u{1}").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) })
    }

    @Test("the case page shows what a decision needs, and the queue shows the case", arguments: ["zh", "en"])
    func casePage(language: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/cases/\(record.id)?lang=\(language)")
            #expect(page.status == .ok)
            #expect(page.text.contains(language == "zh" ? "乱堆物料" : "Piled goods"))
            for name in ["scene-before.jpg", "at-start.jpg", "after-dwell.jpg", "close-up.jpg", "clip.mp4"] {
                #expect(page.text.contains("/evidence/\(record.id)/\(name)"))
            }
            #expect(page.text.contains(record.manifestSHA256))
            let queue = try await browser.get("/queue")
            #expect(queue.text.contains("/cases/\(record.id)"))
            let row = try await browser.get("/queue/rows/\(record.id)")
            #expect(row.status == .ok)
            #expect(row.text.contains("/cases/\(record.id)"))
            #expect(!row.text.contains("<html"))
        }
    }

    @Test("a decision by the plain form leads to the next case, and one that came too late says so")
    func decideByForm() async throws {
        try await TestConsole.with { test, client in
            let older = try await test.addCase(0)
            let newer = try await test.addCase(1)
            var wang = try await Browser(login: "wang", client)
            var li = try await Browser(login: "li", client)
            _ = try await li.get("/cases/\(newer.id)")
            let answer = try await wang.post(
                "/cases/\(newer.id)/act", TestConsole.form("false-alarm", ["reason": "delivery", "next": older.id]))
            #expect(answer.status == .seeOther)
            #expect(answer.headers[.location]?.contains("/cases/\(older.id)") == true)
            #expect(try await test.store.caseRecord(id: newer.id)?.state == .falseAlarm)
            let late = try await li.post("/cases/\(newer.id)/act", TestConsole.form("confirm", ["next": older.id]))
            #expect(late.status == .conflict)
            #expect(late.text.contains("<html"))
            #expect(try await test.store.caseRecord(id: newer.id)?.decision?.userID == "u-wang")
            let undone = try await wang.post("/cases/\(newer.id)/act", ["kind": "undo"])
            #expect(undone.status == .seeOther)
            #expect(try await test.store.caseRecord(id: newer.id)?.state == .candidate)
        }
    }

    @Test(
        "the form's next case cannot lead to another site",
        arguments: ["//evil.example", "https://evil.example", "../../evil", "x\r\nX-Bad: 1"])
    func nextCase(next: String) async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            let answer = try await browser.post("/cases/\(record.id)/act", TestConsole.form("confirm", ["next": next]))
            let location = try #require(answer.headers[.location])
            #expect(location.hasPrefix("/queue") || location.hasPrefix("/cases/"))
            #expect(!location.contains("evil") && !answer.headers.contains { $0.name.canonicalName == "x-bad" })
        }
    }

    @Test("names and notes that look like markup stay text on every page")
    func escaped() async throws {
        try await TestConsole.with { test, client in
            let markup = "<script>alert(1)</script>\"'<img src=x onerror=alert(2)>"
            var channel = try #require(try await test.store.channel(id: "c1"))
            channel.name = markup
            channel.place = markup
            try await test.store.updateChannel(channel)
            let record = try await test.addCase()
            _ = try await test.store.act(
                caseID: record.id, CaseAction(.falseAlarm, reason: "delivery", note: markup, declaresNoConflict: true), by: "u-wang",
                at: Date())
            var browser = try await Browser(login: "chen", client)
            for path in Self.paths + ["/cases/\(record.id)", "/queue/rows/\(record.id)"] {
                let text = try await browser.get(path).text
                #expect(!text.contains("<script>alert"), "\(path)")
                #expect(!text.contains("<img src=x"), "\(path)")
            }
            #expect(try await browser.get("/channels").text.contains("&lt;script&gt;"))
        }
    }

    @Test("a page that is not there is a page in the reader's language, not an empty answer")
    func notFound() async throws {
        try await TestConsole.with { _, client in
            var browser = try await Browser(login: "wang", client)
            for path in ["/nowhere", "/cases/nothing", "/channels/c9/zones"] {
                let response = try await browser.get(path, headers: [.accept: "text/html"])
                #expect(response.status == .notFound || response.status == .forbidden)
                #expect(response.text.contains("<html lang=\"zh-CN\""))
            }
        }
    }

    @Test("the first page is the queue")
    func home() async throws {
        try await TestConsole.with { _, client in
            var browser = try await Browser(login: "wang", client)
            let response = try await browser.get("/")
            #expect(response.headers[.location] == "/queue")
        }
    }

    @Test("scripts and styles come with a type, a tag and long life under their version, and nothing beside them")
    func assets() async throws {
        try await TestConsole.with { _, client in
            let page = try await client.execute(uri: "/login", method: .get)
            let address = try #require(page.text.firstMatch(of: /href="(\/assets\/console\.css\?v=[^"]+)"/)).1
            let style = try await client.execute(uri: String(address), method: .get)
            #expect(style.status == .ok)
            #expect(style.headers[.contentType]?.hasPrefix("text/css") == true)
            #expect(style.headers[.cacheControl]?.contains("immutable") == true)
            let tag = try #require(style.headers[.eTag])
            let again = try await client.execute(uri: String(address), method: .get, headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            for name in ["..%2fTemplates%2fqueue.mustache", "../Templates/queue.mustache", "nothing.css", ""] {
                let response = try await client.execute(uri: "/assets/\(name)", method: .get)
                #expect(response.status == .notFound)
            }
        }
    }
}
