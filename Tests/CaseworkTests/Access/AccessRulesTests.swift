import Casework
import Foundation
import Testing
import Yams

@Suite("Who may look, and why")
struct AccessRulesTests {
    private static let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Config/access.yaml")

    @Test("the file that ships is sound and holds the reasons of the regulation's register")
    func shipped() throws {
        let rules = try YAMLDecoder().decode(AccessRules.self, from: String(contentsOf: Self.file, encoding: .utf8))
        try rules.validate()
        #expect(
            rules.reasons.map(\.code) == [
                "review", "re-check", "second-opinion", "objection", "supervision", "training", "technical", "other",
            ])
        #expect(rules.reasons.filter(\.needsText).map(\.code) == ["other"])
        #expect(rules.rememberMinutes == 15)
    }

    static let mistakes: [(@Sendable (inout AccessRules) -> Void, String)] = [
        ({ $0.unit = "" }, "unit"), ({ $0.rememberMinutes = 0 }, "rememberMinutes"), ({ $0.rememberMinutes = 500 }, "rememberMinutes"),
        ({ $0.reasons.removeAll { $0.code == "review" } }, "review"), ({ $0.reasons[0].needsText = true }, "review"),
        ({ $0.reasons.append($0.reasons[1]) }, "more than once"), ({ $0.reasons[1].code = "A b" }, "a–z"),
        ({ $0.reasons[1].code = AccessRules.list }, "program alone"), ({ $0.reasons[1].name.en = "" }, "empty"),
        ({ $0.fonts = [] }, "fonts"), ({ $0.fonts = ["font.ttf"] }, "whole path"),
    ]

    @Test("each mistake is named", arguments: mistakes.indices)
    func mistake(_ index: Int) throws {
        var rules = AccessRules(
            unit: "队", rememberMinutes: 15,
            reasons: [
                .init(code: "review", name: BilingualText(zh: "审核", en: "Review")),
                .init(code: "training", name: BilingualText(zh: "培训", en: "Training")),
            ], fonts: ["/f.ttf"])
        try rules.validate()
        Self.mistakes[index].0(&rules)
        let wrong = rules
        let error = #expect(throws: CatalogueError.self) { try wrong.validate() }
        let (text, word) = (error?.description ?? "", Self.mistakes[index].1)
        #expect(text.contains(word))
    }

    @Test("a group holds its channels and those of its grids, and names what is wrong with it")
    func groups() {
        func channel(_ id: String, grid: String) -> ChannelRecord {
            ChannelRecord(id: id, name: id, url: "rtsp://x/1", grid: grid, createdAt: Date(timeIntervalSince1970: 0))
        }
        let channels = [channel("a", grid: "310117-01-03"), channel("b", grid: "310117-02"), channel("c", grid: "")]
        #expect(CameraGroup(name: "北", channelIDs: ["c", "gone"], grids: ["310117-01"]).members(of: channels) == ["a", "c", "gone"])
        #expect(CameraGroup(name: "北", grids: [""]).members(of: channels) == [])
        #expect(CameraGroup(name: "北", channelIDs: ["c"]).problems.isEmpty)
        #expect(CameraGroup(name: "", channelIDs: ["c"]).problems.map(\.field) == ["name"])
        #expect(CameraGroup(name: "北").problems.map(\.field) == ["channelIDs"])
        #expect(CameraGroup(name: "北", channelIDs: ["c", "c"], grids: [""]).problems.map(\.field) == ["grids", "channelIDs"])
    }

    @Test("what hangs on several cameras is seen by who sees them all; nobody told means nothing")
    func scopes() {
        let (isSeenByAll, isSeenByNobody) = (AccessScope.all.holds("x"), AccessScope.nothing.holds("x"))
        #expect(isSeenByAll && !isSeenByNobody)
        let both = ["a", "b"]
        let (isSeenByBoth, isSeenByOne) = (AccessScope.only(["a", "b"]).holds(all: both), AccessScope.only(["a"]).holds(all: both))
        #expect(isSeenByBoth && !isSeenByOne)
        #expect(AccessScope.only(["a", "b"]).intersection(.only(["b", "c"])) == .only(["b"]))
        #expect(AccessScope.all.intersection(.only(["b"])) == .only(["b"]))
        #expect(AccessScope.all.intersection(.all) == .all)
    }

    @Test("an assessment must say everything the law asks, and holds between its days")
    func assessment() throws {
        let day = try #require(LocalDay("2026-11-24"))
        var record = ImpactAssessment(
            purpose: "p", necessity: "n", impact: "i", measures: "m", date: day, assessedBy: "a", validUntil: day.adding(days: 365))
        #expect(record.problems.isEmpty)
        #expect(record.holds(on: day) && !record.holds(on: day.adding(days: -1)) && !record.holds(on: day.adding(days: 366)))
        record.measures = " "
        record.validUntil = day.adding(days: -1)
        #expect(record.problems.map(\.field) == ["measures", "validUntil"])
    }
}
