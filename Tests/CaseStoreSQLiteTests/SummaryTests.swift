import CaseStoreSQLite
import Casework
import Foundation
import Testing

@Suite("Summaries and searches")
struct SummaryTests {
    private static let day = LocalDay(TemporaryStore.start, in: TimeZone(secondsFromGMT: 28_800) ?? .gmt)

    /// Two channels, ten cases on one day, one on the next.
    private static func with(_ body: (SQLiteCaseStore) async throws -> Void) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let start = day.start(in: TimeZone(secondsFromGMT: 28_800) ?? .gmt) + 36_000
            var second = TemporaryStore.channel("c2")
            (second.name, second.place) = ("北门 100% 桥", "谷阳北路 7 号")
            try await store.addChannel(second)
            _ = try await store.putLedger(
                .shop, id: "shop-7", document: #"{"name":"七号果品店"}"#, isRetired: false, expecting: 0, author: "li", at: start)
            _ = try await store.putLedger(
                .shop, id: "shop-7", document: #"{"name":"新七号水果"}"#, isRetired: false, expecting: 1, author: "li", at: start)
            for index in 0..<11 {
                try await store.addCase(
                    TemporaryStore.record(
                        "case-\(index)", channel: index < 6 ? "c1" : "c2", violation: index % 2 == 0 ? "piled-goods" : "parked-bikes",
                        createdAt: index == 10 ? start + 86_400 : start + Double(index)), actor: "machine")
            }
            func act(_ index: Int, _ action: CaseAction, after minutes: Double, by user: String = "wang") async throws {
                _ = try await store.act(caseID: "case-\(index)", action, by: user, at: start + Double(index) + minutes * 60)
            }
            // 0, 1 false alarms after 5 and 45 minutes; 2 exempt; 3 corrected; 4 second review; 5 confirmed; 6 corrected.
            try await act(0, TemporaryStore.review(.falseAlarm), after: 5)
            try await act(1, TemporaryStore.review(.falseAlarm), after: 45)
            try await act(2, TemporaryStore.review(.exempt), after: 10)
            for index in 3...6 { try await act(index, TemporaryStore.review(), after: 20) }
            for index in [3, 4, 6] {
                try await act(
                    index, CaseAction(.remind, dueAt: start + 3_600, shopID: index == 3 ? "shop-7" : nil), after: 21)
            }
            for index in [3, 6] { try await act(index, CaseAction(.corrected, note: "n", outcome: .minor), after: 70) }
            try await act(4, CaseAction(.notCorrected, declaresNoConflict: true), after: 70)
            try await body(store)
        }
    }

    @Test("a day's numbers are those of its cases, by type, channel and day, and add up")
    func numbers() async throws {
        try await Self.with { store in
            let summary = try await store.summary(Self.day...Self.day, channels: nil)
            var expected = CaseTally()
            (expected.found, expected.waiting, expected.falseAlarms, expected.exempt) = (10, 3, 2, 1)
            (expected.underWay, expected.corrected, expected.notCorrected) = (2, 2, 1)
            #expect(summary.total == expected)
            #expect(summary.total.reviewed == 7 && summary.total.precision == 5.0 / 7 && summary.total.selfCorrection == 2.0 / 3)
            #expect(summary.byChannel.mapValues(\.found) == ["c1": 6, "c2": 4])
            #expect(summary.byViolation.mapValues(\.found) == ["piled-goods": 5, "parked-bikes": 5])
            #expect(summary.byDay == [Self.day.description: expected])
            for parts in [summary.byChannel, summary.byViolation, summary.byDay] {
                #expect(parts.values.reduce(into: CaseTally()) { $0 += $1 } == expected)
            }
            #expect(summary.reviews == ReviewTimes(minutes: [(5, 1), (10, 1), (20, 4), (45, 1)]))
            #expect(summary.reviews.medianMinutes == 20 && summary.reviews.withinPromisePart == 6.0 / 7)

            let both = try await store.summary(Self.day...Self.day.adding(days: 1), channels: nil)
            #expect(both.total.found == 11 && both.byDay.count == 2)
            let second = try await store.summary(Self.day...Self.day.adding(days: 1), channels: ["c2"])
            #expect(second.total.found == 5 && second.total.corrected == 1 && second.byChannel.keys.sorted() == ["c2"])
            #expect(second.reviews.cases == 1)
            let none = try await store.summary(Self.day...Self.day, channels: [])
            #expect(none.total == CaseTally() && none.reviews.medianMinutes == nil)
        }
    }

    @Test("a taken back review counts no more")
    func undone() async throws {
        try await Self.with { store in
            let before = try await store.summary(Self.day...Self.day, channels: nil)
            let at = TemporaryStore.start + 5_000_000
            _ = try await store.act(caseID: "case-7", TemporaryStore.review(.falseAlarm), by: "wang", at: at)
            #expect(try await store.summary(Self.day...Self.day, channels: nil).total.falseAlarms == 3)
            _ = try await store.act(caseID: "case-7", CaseAction(.undo), by: "wang", at: at + 1)
            #expect(try await store.summary(Self.day...Self.day, channels: nil) == before)
        }
    }

    @Test(
        "cases are found by the beginning of their number, package or incident, and by words of a place or a shop",
        arguments: [
            ("case-1", ["case-10", "case-1"]), ("CASE-3", ["case-3"]), ("i-case-4", ["case-4"]), ("2025/11/case-5", ["case-5"]),
            ("谷阳北路 北门", ["case-10", "case-9", "case-8", "case-7", "case-6"]),
            ("100%", ["case-10", "case-9", "case-8", "case-7", "case-6"]),
            ("新七号", ["case-3"]), ("shop-7", ["case-3"]), ("七号果品店", []), ("cas", []),
            ("%", ["case-10", "case-9", "case-8", "case-7", "case-6"]),
            ("_ase-1", []), ("   ", []), ("没有", []), ("case-1' OR 1=1", []),
        ])
    func search(_ text: String, _ ids: [String]) async throws {
        try await Self.with { store in
            let found = try await store.search(text, limit: 50)
            #expect(found.cases.map(\.id) == ids)
        }
    }

    @Test("a search says which channels and shops it found, and keeps to its limit")
    func searchSides() async throws {
        try await Self.with { store in
            let found = try await store.search("茸惠路口", limit: 2)
            #expect(found.channelIDs == ["c1"] && found.shopIDs == [] && found.cases.map(\.id) == ["case-5", "case-4"])
            #expect(try await store.search("水果", limit: 5).shopIDs == ["shop-7"])
        }
    }
}
