import Casework
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("Day summary and search in the console")
struct SummaryPageTests {
    /// The local day of the sealed cases.
    private static let day = "2026-11-24"

    @Test("the page shows a day's numbers in both languages, with links to the days beside it")
    func page() async throws {
        try await TestConsole.with { test, client in
            for index in 0..<3 { try await test.addCase(index, channel: index == 0 ? "c2" : "c1") }
            var browser = try await Browser(login: "wang", client)
            let page = try await browser.get("/summary?day=\(Self.day)&lang=en")
            #expect(page.status == .ok && page.text.contains("<b>3</b><span>Found</span>"), "\(page.text)")
            #expect(page.text.contains("/summary?day=2026-11-23") && page.text.contains("茸惠路 c2"))
            #expect(try await browser.get("/summary?from=2026-11-01&to=2026-11-30&lang=zh").text.contains("<b>3</b><span>发现</span>"))
            #expect(try await browser.get("/summary?day=2026-11-20&lang=zh").text.contains("这段时间没有案件"))
        }
    }

    @Test(
        "days that are none, in the wrong order or too many are refused",
        arguments: ["day=2026-02-30", "from=x", "from=2026-11-24&to=2026-11-23", "from=2024-01-01&to=2026-01-01", "day=%3Cb%3E"])
    func refused(_ query: String) async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            #expect(try await program.get("/api/v1/summary?\(query)").status == .unprocessableContent)
        }
    }

    @Test("the API gives counts and parts, and nothing to whoever is not logged in")
    func api() async throws {
        try await TestConsole.with { test, client in
            for index in 0..<3 { try await test.addCase(index, violation: index == 0 ? "parked-bikes" : "piled-goods") }
            let program = try await test.program("wang", client)
            let total = try await program.get("/api/v1/summary?day=\(Self.day)").text
            #expect(total.contains(#""byDay":{"2026-11-24":"#) && total.contains(#""found":3"#), "\(total)")
            for path in ["/api/v1/summary", "/api/v1/search?q=c1", "/summary", "/search?q=c1"] {
                #expect([.unauthorized, .seeOther].contains(try await client.execute(uri: path, method: .get) { $0.status }))
            }
        }
    }

    @Test("a search finds cases by number and place, escapes what was typed, and is logged as a look")
    func search() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            #expect(try await browser.get("/queue").text.contains(#"action="/search""#))
            #expect(try await browser.get("/search?q=\(record.id.prefix(13))").text.contains("/cases/\(record.id)"))
            let page = try await browser.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E&lang=en").text
            #expect(page.contains("Nothing was found") && !page.contains("<script>alert"))
            #expect(
                try await test.store.accessLog(before: nil, limit: 20).contains { $0.action == "queue-viewed" && $0.subject == record.id })
            let program = try await test.program("li", client)
            let found = try await program.get("/api/v1/search?q=188")
            #expect(found.text.contains(record.id) && found.text.contains(#""channels":["c1","c2"]"#), "\(found.text)")
        }
    }

    @Test("lists take moments, a shop, an outcome and an officer, and refuse what is none")
    func filters() async throws {
        try await TestConsole.with { test, client in
            let first = try await test.addCase(0)
            try await test.addCase(1)
            let program = try await test.program("wang", client)
            let until = "2026-11-23T20:01:00Z"
            let list = try await program.get("/api/v1/cases?until=\(until)").text
            #expect(list.contains(first.id) && list.components(separatedBy: #""packagePath""#).count == 2, "\(list)")
            for query in ["shop=s", "outcome=revoked", "decidedBy=u-li", "from=2027-01-01T00:00:00Z"] {
                #expect(try await program.get("/api/v1/cases?state=all&\(query)").text.contains(#""cases":[]"#))
            }
            for query in ["from=yesterday", "outcome=lost"] {
                #expect(try await program.get("/api/v1/cases?\(query)").status == .badRequest)
            }
        }
    }
}
