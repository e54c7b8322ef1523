import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Totals")
struct TotalsTests {
    @Test("after a thousand random actions every total is what a count of the cases gives", arguments: [1, 2])
    func recounted(_ seed: UInt64) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var generator = SplitMix(state: seed)
            try await store.addChannel(TemporaryStore.channel("c2"))
            var ids: [String] = []
            var moved = 0
            for step in 0..<1_000 {
                let at = TemporaryStore.start + Double(step) * 900
                if ids.isEmpty || Int.random(in: 0..<4, using: &generator) == 0 {
                    let id = "k\(ids.count)"
                    ids.append(id)
                    let channel = Bool.random(using: &generator) ? "c1" : "c2"
                    let violation = Bool.random(using: &generator) ? "piled-goods" : "parked-bikes"
                    try await store.addCase(
                        TemporaryStore.record(id, channel: channel, violation: violation, createdAt: at), actor: "machine")
                }
                let id = try #require(ids.randomElement(using: &generator))
                let kind = try #require(CaseAction.Kind.allCases.randomElement(using: &generator))
                let action = CaseAction(
                    kind, reason: "delivery", note: "n", ticks: Set(CaseAction.Tick.allCases), declaresNoConflict: true,
                    suggestion: .confirm, dueAt: at + 60, outcome: .minor,
                    look: SecondLook(proposal: .corrected, reason: BilingualText(zh: "无", en: "none")))
                let user = kind == .look ? "machine" : Bool.random(using: &generator) ? "wang" : "li"
                if (try? await store.act(caseID: id, action, by: user, at: at + 30)) != nil { moved += 1 }
            }
            #expect(moved > 100)
            #expect(try await store.problems() == [])
            let states = try await QueueTests.all(store, CaseFilter(states: []), limit: 500).map(\.state.rawValue)
            let counted = Dictionary(states.map { ($0, 1) }, uniquingKeysWith: +)
            let counts = try await store.counts()
            #expect(counts.byState.filter { $0.value > 0 } == counted)
        }
    }

    @Test("every state has its column")
    func columns() async throws {
        try await TemporaryStore.with { temporary in
            let names = try await temporary.store.pool.read { db in
                try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('case_totals')")
            }
            let states = CaseState.allCases.map { $0.rawValue.replacing("-", with: "_") }
            #expect(names == ["cut", "day", "channel_id", "violation", "cases"] + states + ["corrected"])
        }
    }

    @Test(
        "an edited, added or removed total is named",
        arguments: [
            "UPDATE case_totals SET false_alarm = 9 WHERE cut = 'both'", "UPDATE case_totals SET day = day + 1 WHERE cut = 'channel'",
            "UPDATE case_totals SET corrected = 1 WHERE cut = 'violation'", "UPDATE case_totals SET cases = 0 WHERE cut = 'store'",
            "DELETE FROM case_totals WHERE cut = 'both'",
            "INSERT INTO case_totals SELECT cut, 7, channel_id, violation, 1,0,0,0,0,0,0,0,0,0,0,0,0,0,0 FROM case_totals WHERE cut = 'both'",
            "UPDATE review_times SET minutes = 1 WHERE channel_id = ''", "DELETE FROM review_times WHERE channel_id = ''",
            "UPDATE local_offsets SET offset_ms = -36000000",
        ])
    func edited(_ sql: String) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            _ = try await store.act(
                caseID: "k1", TemporaryStore.review(.falseAlarm), by: "wang", at: TemporaryStore.start + 300)
            #expect(try await store.problems() == [])
            try await store.pool.write { db in
                try db.execute(sql: sql)
                #expect(db.changesCount == 1)
            }
            let subjects = try await store.problems().map(\.subject)
            #expect(!subjects.isEmpty && subjects.allSatisfy { $0.hasPrefix("case_totals") || $0.hasPrefix("review_times") }, "\(subjects)")
        }
    }

    @Test("days begin where the site's zone says, also with summer time and half hours, and are counted anew when it changes")
    func zones() async throws {
        let folder = try TemporaryStore.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        // 15 July 2026 22:15 UTC; in winter the same hour is another day in Berlin.
        let moments = [Date(timeIntervalSince1970: 1_784_153_700), Date(timeIntervalSince1970: 1_768_515_300)]
        let zones =
            [("Asia/Shanghai", ["2026-01-16", "2026-07-16"]), ("Europe/Berlin", ["2026-01-15", "2026-07-16"])]
            + [("Asia/Kolkata", ["2026-01-16", "2026-07-16"]), ("Pacific/Honolulu", ["2026-01-15", "2026-07-15"])]
        for (index, (name, days)) in zones.enumerated() {
            let zone = try #require(TimeZone(identifier: name))
            #expect(moments.map { LocalDay($0, in: zone).description }.sorted() == days)
            let store = try SQLiteCaseStore.open(directory: folder, timeZone: zone, now: { TemporaryStore.start })
            if index == 0 {
                try await TemporaryStore.populate(store)
                for (place, moment) in moments.enumerated() {
                    try await store.addCase(TemporaryStore.record("k\(place)", createdAt: moment), actor: "machine")
                }
            }
            let first = try #require(LocalDay("2026-01-01"))
            let summary = try await store.summary(first...first.adding(days: 364), channels: nil)
            #expect(summary.byDay.keys.sorted() == days, "\(name)")
            #expect(try await store.problems() == [])
            try store.close()
        }
    }
}
