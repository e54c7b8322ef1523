import Casework
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Pipeline
import Testing

@Suite("The board, a channel's page and the faults")
struct HealthPageTests {
    static let faultID = "01900000-0000-7000-8000-000000000001"

    private static func fault(_ kind: FaultKind = .stalled, id: String = faultID, reason: String = "stalled") -> FaultRecord {
        FaultRecord(
            id: id, channelID: "c2", kind: kind, reason: reason, startedAt: Date().addingTimeInterval(-600), hasStill: true)
    }

    private static func today() -> HealthDayRecord {
        let zone = TimeZone(identifier: "Asia/Shanghai") ?? .gmt
        var record = HealthDayRecord(channelID: "c1", day: LocalDay(Date(), in: zone))
        for minute in 0..<30 {
            record.watched.insert(minute)
            if minute < 20 { record.eyesOpen.insert(minute) }
        }
        record.blindMinutes = ["view-black": 10]
        return record
    }

    @Test("the worst channel stands first, with sign, word and reason; a filter shows one kind, a place orders them")
    func board() async throws {
        try await TestConsole.with { test, client in
            var browser = try await Browser(login: "wang", client)
            let text = try await browser.get("/channels?lang=en").text
            let (bad, good) = (text.range(of: "data-channel=\"c2\""), text.range(of: "data-channel=\"c1\""))
            #expect(try #require(bad).lowerBound < #require(good).lowerBound)
            #expect(text.contains("<i aria-hidden=\"true\">!</i>Stalled") && text.contains("no frame for 40 s"))
            #expect(text.contains("1 seeing · 1 blind"))
            let blind = try await browser.get("/channels?show=bad").text
            #expect(blind.contains("data-channel=\"c2\"") && !blind.contains("data-channel=\"c1\""))
            let placed = try await browser.get("/channels?sort=place&show=nonsense").text
            #expect(placed.contains("data-channel=\"c1\"") && placed.contains("data-channel=\"c2\""))
            let none = try await browser.get("/channels?show=busy&lang=en").text
            #expect(none.contains("No channel matches"))
            #expect(!text.contains("top-secret") && !text.contains("hidden-token"))
        }
    }

    @Test("a small picture comes with a tag, and is not sent again while it is the same")
    func thumbnail() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            let first = try await program.get("/channels/c1/thumb.jpg")
            #expect(first.status == .ok && first.headers[.contentType] == "image/jpeg")
            #expect(first.headers[.cacheControl] == "private, no-cache")
            let tag = try #require(first.headers[.eTag])
            let again = try await program.get("/channels/c1/thumb.jpg", headers: [.ifNoneMatch: tag])
            #expect(again.status == .notModified && again.body.readableBytes == 0)
            #expect(try await program.get("/channels/c2/thumb.jpg").status == .notFound)
        }
    }

    @Test("a channel's page shows its days, its faults and its facts, and never its password")
    func channelPage() async throws {
        try await TestConsole.with { test, client in
            try await test.store.saveHealth([Self.today()])
            try await test.store.saveFaults([Self.fault()])
            var browser = try await Browser(login: "zhao", client)
            let good = try await browser.get("/channels/c1?lang=en").text
            #expect(good.contains("open 20 of 30 watched minutes") && good.contains("The picture is black 10 min"))
            #expect(good.contains("1280 × 720") && good.contains("Pause"))
            #expect(!good.contains("top-secret") && !good.contains("hidden-token"))
            let bad = try await browser.get("/channels/c2").text
            #expect(!bad.contains("fault-still\"><span class=\"muted\">") && !bad.contains("c2/still.jpg"))
            #expect(bad.contains("fault-\(Self.faultID)") && bad.contains("state-open\">Open"))
        }
    }

    @Test("an operator's note stands with its fault, with name and time; an officer reads it")
    func note() async throws {
        try await TestConsole.with { test, client in
            try await test.store.saveFaults([Self.fault()])
            var browser = try await Browser(login: "zhao", client)
            let page = try await browser.get("/faults?kind=stalled&lang=en").text
            #expect(page.contains("Connected, but no new pictures come") && page.contains("not noted yet"))
            let answer = try await browser.post("/faults/\(Self.faultID)/note", ["text": "已派<b>老周</b>", "back": "/faults?state=open"])
            #expect(answer.headers[.location] == "/faults?state=open#fault-\(Self.faultID)")
            let elsewhere = try await browser.post("/faults/\(Self.faultID)/note", ["text": "x", "back": "//evil.example"])
            #expect(elsewhere.headers[.location] == "/faults#fault-\(Self.faultID)")
            let refused = try await browser.post("/faults/\(Self.faultID)/note", ["text": "  "])
            #expect(refused.status == .unprocessableContent)
            var officer = try await Browser(login: "wang", client)
            let read = try await officer.get("/faults").text
            #expect(read.contains("已派&lt;b&gt;老周") && read.contains("用户 zhao") && !read.contains("fault-note\""))
            #expect(try await officer.post("/faults/\(Self.faultID)/note", ["text": "x"]).status == .forbidden)
        }
    }

    @Test("what nobody could ask for is an error and no list", arguments: ["/faults?state=lost", "/faults?kind=rust"])
    func unknownFilter(path: String) async throws {
        try await TestConsole.with { _, client in
            var browser = try await Browser(login: "wang", client)
            #expect(try await browser.get(path).status == .unprocessableContent)
        }
    }

    @Test("the picture of a fault is shown to those who are logged in, to nobody else")
    func still() async throws {
        try await TestConsole.with { test, client in
            let program = try await test.program("wang", client)
            #expect(try await program.get("/faults/\(Self.faultID)/still.jpg").body.readableBytes == FixedHealth.picture.count)
            #expect(try await program.get("/faults/..%2F..%2Fkey.pem/still.jpg").status == .notFound)
            let stranger = try await client.execute(uri: "/faults/\(Self.faultID)/still.jpg", method: .get)
            #expect(stranger.status != .ok)
        }
    }

    @Test("the board with ninety channels is made quickly and says nothing twice")
    func ninety() async throws {
        try await TestConsole.with { test, client in
            for number in 10..<98 {
                try await test.store.addChannel(
                    ChannelRecord(id: "n\(number)", name: "通道 \(number)", url: "rtsp://10.0.0.1/\(number)", createdAt: Date()))
            }
            var browser = try await Browser(login: "wang", client)
            let text = try await browser.get("/channels").text
            #expect(text.ranges(of: "data-channel=\"").count == 90)
            #expect(text.utf8.count < 200_000)
            for number in 1..<4 {
                try await test.store.addChannel(
                    ChannelRecord(
                        id: "road-\(4 - number)", name: "路 \([2, 10, 1][number - 1]) 号", url: "rtsp://10.0.0.1/x", createdAt: Date()))
            }
            let placed = try await browser.get("/channels?sort=place").text
            let order = placed.matches(of: /tile-name">路 (\d+) 号/).map { $0.1 }
            #expect(order == ["1", "2", "10"])
        }
    }
}
