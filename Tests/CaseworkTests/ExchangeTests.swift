import Foundation
import Testing
import Yams

import Casework

@Suite("Exchange with other systems")
struct ExchangeTests {
    private static let start = Date(timeIntervalSince1970: 1_795_464_000)
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func shipped<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try YAMLDecoder().decode(type, from: String(contentsOf: root.appendingPathComponent("Config/\(name).yaml"), encoding: .utf8))
    }

    private static func sighting(
        _ violation: String = "piled-goods", minutes: Double = 0, lasting: Double = 0, metres: Double? = nil, channel: String? = nil,
        grid: String? = nil
    ) -> ExternalMatch.Sighting {
        let from = start + minutes * 60
        return ExternalMatch.Sighting(
            violation: violation, from: from, to: from + lasting * 60, latitude: metres.map { 31.03 + $0 / 111_194.93 },
            longitude: metres.map { _ in 121.23 }, channelID: channel, grid: grid)
    }

    static let pairs: [(ExternalMatch.Sighting, ExternalMatch.Sighting, Bool)] = [
        (sighting(channel: "c1"), sighting(channel: "c1"), true),
        (sighting(channel: "c1"), sighting("parked-bikes", channel: "c1"), false),
        (sighting(channel: "c1"), sighting(channel: "c2"), false),
        (sighting(channel: "c1"), sighting(minutes: 10, channel: "c1"), true),
        (sighting(channel: "c1"), sighting(minutes: 10.1, channel: "c1"), false),
        (sighting(minutes: 10, channel: "c1"), sighting(channel: "c1"), true),
        (sighting(lasting: 60, channel: "c1"), sighting(minutes: 70, channel: "c1"), true),
        (sighting(lasting: 60, channel: "c1"), sighting(minutes: 30, channel: "c1"), true),
        (sighting(lasting: 60, channel: "c1"), sighting(minutes: 71, channel: "c1"), false),
        (sighting(metres: 0), sighting(metres: 19.9), true), (sighting(metres: 0), sighting(metres: 20.1), false),
        (sighting(metres: 0), sighting(minutes: 11, metres: 0), false),
        (sighting(grid: "g7"), sighting(grid: "g7"), true), (sighting(grid: "g7"), sighting(grid: "g8"), false),
        // Coordinates say more than a grid.
        (sighting(metres: 0, grid: "g7"), sighting(metres: 300, grid: "g7"), false),
        (sighting(metres: 0, channel: "c1"), sighting(metres: 300, channel: "c1"), true),
        (sighting(metres: 0), sighting(channel: "c1"), false), (sighting(grid: ""), sighting(grid: ""), false),
    ]

    @Test("two tellings are one act by type, place within 20 m and time within 10 min", arguments: pairs)
    func same(_ left: ExternalMatch.Sighting, _ right: ExternalMatch.Sighting, _ expected: Bool) {
        let match = ExternalMatch(metres: 20, minutes: 10)
        #expect(match.isSame(left, right) == expected && match.isSame(right, left) == expected)
    }

    @Test("the shipped settings are valid; wrong ones are named")
    func settings() throws {
        let settings = try Self.shipped(ExchangeSettings.self, "exchange")
        try settings.validate()
        #expect(settings.external.match == ExternalMatch(metres: 20, minutes: 10))
        for (url, name) in [
            ("ftp://a", "b"), ("https://user:pass@a/x", "b"), ("https://", "b"), ("https://a", "handover"), ("https://a", "B"),
        ] {
            var wrong = settings
            wrong.webhooks = [.init(name: name, url: url, secretFile: "s")]
            #expect(throws: CatalogueError.self) { try wrong.validate() }
        }
    }

    @Test("codes of all three lists lead to our violations, and those of domain notes §2.1 that we do not look for are known")
    func codes() throws {
        let catalogue = try Self.shipped(ViolationCatalogue.self, "violations")
        try catalogue.validate()
        let table = CodeTable(catalogue)
        #expect(table.row(code: "09005", list: nil)?.violation == "storefront-encroachment")
        #expect(table.row(code: "04-05", list: .b)?.violation == "storefront-encroachment")
        #expect(table.row(code: "05-04", list: .c)?.violation == "storefront-encroachment")
        #expect(table.row(code: "04-06", list: .b)?.violation == "roadside-vending")
        #expect(table.row(code: "04-06", list: .c)?.name.zh == "道路积水")
        #expect(table.row(code: "04-06", list: nil) == nil && table.row(code: "99999", list: nil) == nil)
        #expect(table.row(code: "06029", list: nil)?.violation == nil && table.row(code: "06029", list: nil)?.name.zh == "露天烧烤")
        let all = table.rows.flatMap(\.codes.a)
        #expect(Set(all).count == all.count && all.count >= 35)
    }

    @Test("a row of the grid's table has every column, local times and all codes")
    func grid() throws {
        let catalogue = try Self.shipped(ViolationCatalogue.self, "violations")
        let settings = try Self.shipped(ExchangeSettings.self, "exchange")
        var standing = CaseStanding()
        standing.state = .closed
        standing.outcome = .corrected
        standing.settledAt = Self.start + 3600
        standing.correction = CaseStanding.Correction(kind: .remind, userID: "w", at: Self.start + 60, dueAt: Self.start, notice: nil)
        standing.recheck = CaseStanding.Word(kind: .corrected, note: "", userID: "w", at: Self.start + 3600)
        let record = CaseRecord(
            id: "k",
            incident: IncidentRecord(
                id: "i", channelID: "c", violation: "storefront-encroachment", zoneID: "z", zonesVersion: 1, ruleVersion: "r",
                phase: .cleared, openedAt: Self.start, box: [0, 0, 1, 1], score: 1),
            createdAt: Self.start, packagePath: "p", manifestSHA256: "m", standing: standing)
        let channel = ChannelRecord(
            id: "c", name: "路口", url: "rtsp://x", place: "茸惠路 188 号", longitude: 121.23, latitude: 31.03, grid: "310117003001001",
            createdAt: Self.start)
        let values = ShanghaiGrid(
            catalogue: catalogue, settings: settings.grid, channels: ["c": channel],
            timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
        ).values(of: record)
        #expect(values.count == ShanghaiGrid.columns.count && ShanghaiGrid.columns.count == 24)
        let row = Dictionary(zip(ShanghaiGrid.columns, values)) { first, _ in first }
        #expect(
            row["DISCOVERTIME"] == "2026-11-24 04:00:00" && row["ENDTIME"] == "2026-11-24 05:00:00" && row["SOLVINGTIME"] == row["ENDTIME"])
        #expect(row["INFOBCNAME"] == "街面秩序" && row["INFOZCNAME"] == "A 09005; B 04-05; C 05-04" && row["STREETNAME"] == "中山街道")
        #expect(row["COORDX"] == "121.230000" && row["GRIDCODE"] == "310117003001001" && row["EXECUTEDEPT"] == "城管执法")
        #expect(row["STATUSNAME"] == "已结案" && row["ADDRESS"] == "茸惠路 188 号")
    }

    static let fields: [(String, String)] = [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("two\nlines", "\"two\nlines\""), ("=1+1", "'=1+1"),
        ("+cmd", "'+cmd"), ("-2+3", "'-2+3"), ("-12.5", "-12.5"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("＝1", "'＝1"), ("", ""),
        ("=\"a\",1", "\"'=\"\"a\"\",1\""),
    ]

    @Test("a spreadsheet gets text as text: quotes, lines, and nothing that it takes for a formula", arguments: fields)
    func csv(_ text: String, _ expected: String) {
        #expect(CSVText.field(text) == expected)
    }

    @Test("a party's code has no look-alikes, is forgiven for its form, and nothing else is a code")
    func partyCode() {
        var generator = SystemRandomNumberGenerator()
        var seen: Set<String> = []
        for _ in 0..<200 {
            let code = PartyCode.make(using: &generator)
            seen.insert(code.text)
            #expect(code.text.count == 10 && !code.text.contains { "01OIL".contains($0) })
            #expect(PartyCode(typed: " \(code.printed.lowercased()) ") == code && code.sha256.count == 64)
        }
        #expect(seen.count == 200)
        for wrong in ["", "ABCDE-FGHJ", "ABCDE-FGHJKM", "ABCDE-FGHI1", "案案案案案案案案案案", String(repeating: "A", count: 5000)] {
            #expect(PartyCode(typed: wrong) == nil)
        }
    }

    @Test("the wait doubles up to its bound")
    func backoff() {
        let backoff = RetryBackoff(first: 5, longest: 900)
        #expect([0, 1, 2, 3, 8, 9, 1000].map(backoff.wait) == [0, 5, 10, 20, 640, 900, 900])
    }
}
