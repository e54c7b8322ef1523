import Casework
import Foundation
import Testing

@Suite("Minutes, days and lateness")
struct HealthValueTests {
    @Test("a minute is in the set once, however often it is added, and comes back from its bytes")
    func minutes() {
        var set = MinuteSet()
        for minute in [0, 0, 7, 8, 719, 1439, 1499, 1500, -1] { set.insert(minute) }
        #expect(set.count == 6)
        #expect(MinuteSet(bytes: set.bytes) == set)
        #expect(set.contains(1439) && !set.contains(1438) && !set.contains(1500) && !set.contains(-1))
        #expect(set.count(in: 0..<8) == 2)
        #expect(MinuteSet().bytes.isEmpty)
        #expect(MinuteSet(bytes: Data(repeating: 0xFF, count: 1000)).count == MinuteSet.limit)
    }

    @Test("a day begins at local midnight and counts its minutes from there")
    func days() throws {
        let shanghai = try #require(TimeZone(identifier: "Asia/Shanghai"))
        let late = try #require(try? Date("2026-11-23T16:00:30Z", strategy: .iso8601))
        let day = LocalDay(late, in: shanghai)
        #expect(day.description == "2026-11-24")
        #expect(day.minute(of: late, in: shanghai) == 0)
        #expect(LocalDay(late.addingTimeInterval(-31), in: shanghai).description == "2026-11-23")
        #expect(day.adding(days: -24).description == "2026-10-31")
        #expect(LocalDay("2026-02-29") == nil && LocalDay("2026-2-1") == nil && LocalDay("2028-02-29") != nil)
    }

    @Test("the day on which clocks are put back has 25 hours, and no minute of it is counted as another")
    func clocksBack() throws {
        let zone = try #require(TimeZone(identifier: "Europe/Berlin"))
        let day = try #require(LocalDay("2026-10-25"))
        let end = try #require(LocalDay("2026-10-26")).start(in: zone)
        #expect(day.minute(of: end.addingTimeInterval(-1), in: zone) == MinuteSet.limit - 1)
        #expect(LocalDay(end.addingTimeInterval(-1), in: zone) == day)
        #expect(day.adding(days: 1).description == "2026-10-26")
    }

    @Test("the 99th percentile is the upper end of the class that holds it")
    func lateness() {
        var count = LatenessCount()
        #expect(count.quantile(0.99) == nil)
        for _ in 0..<99 { count.add(seconds: 0.02) }
        count.add(seconds: 5)
        let p99 = count.quantile(0.99) ?? 0
        #expect((0.02...0.036).contains(p99))
        for _ in 0..<3 { count.add(seconds: 1e9) }
        #expect(count.quantile(0.99) == LatenessCount.boundsSeconds.last)
        #expect(LatenessCount(counts: count.counts) == count)
        #expect(LatenessCount(counts: [1, 2]) == LatenessCount())
    }
}
