import Casework
import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@Suite("The log of looks")
struct AccessLogTests {
    private func looks(_ test: TestConsole) async throws -> [AccessRecord] {
        let actions: Set<String> = ["queue-viewed", "case-viewed", "file-viewed"]
        return try await test.store.accessLog(before: nil, limit: 100).filter { actions.contains($0.action) }.reversed()
    }

    @Test("a page of the queue is one line that names the cases whose pictures it shows, and only those not shown before")
    func queue() async throws {
        try await TestConsole.with { test, client in
            let first = try await test.addCase(0)
            var browser = try await Browser(login: "wang", client)
            let picture = try await browser.get("/evidence/\(first.id)/after-dwell.jpg")
            #expect(picture.status == .ok)
            let second = try await test.addCase(1)
            for _ in 0..<2 { _ = try await browser.get("/queue") }
            let log = try await looks(test)
            #expect(log.map(\.action) == ["queue-viewed", "queue-viewed"])
            #expect(log.map(\.subject) == [first.id, second.id])
            #expect(log.allSatisfy { $0.userID == "u-wang" })
        }
    }

    @Test("a case's page is a line of its own each time, its pictures are part of it, its clip and a colleague's look are not")
    func casePage() async throws {
        try await TestConsole.with { test, client in
            let record = try await test.addCase()
            var browser = try await Browser(login: "wang", client)
            let begun = try await looks(test).count
            for _ in 0..<2 { _ = try await browser.get("/cases/\(record.id)") }
            for name in ["at-start.jpg", "close-up.jpg", "clip.mp4"] {
                let file = try await browser.get("/evidence/\(record.id)/\(name)")
                #expect(file.status == .ok)
            }
            let colleague = try await test.program("li", client)
            _ = try await colleague.get("/evidence/\(record.id)/at-start.jpg")
            let log = try await looks(test).dropFirst(begun)
            #expect(log.map(\.action) == ["case-viewed", "case-viewed", "file-viewed", "file-viewed"])
            #expect(log.map(\.subject) == [record.id, record.id, "\(record.id)/clip.mp4", "\(record.id)/at-start.jpg"])
            #expect(log.last?.userID == "u-li")
        }
    }
}
