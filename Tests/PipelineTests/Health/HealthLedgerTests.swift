import Casework
import Foundation
import Pipeline
import Testing

@Suite("Eyes-open minutes")
struct HealthLedgerTests {
    private static let zone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
    /// 2026-11-24 10:00:00 in Shanghai: minute 600.
    private static let start = Date(timeIntervalSince1970: 1_795_485_600)
    private static let day = LocalDay(start, in: zone)

    private static func status(
        _ state: ChannelStatus.State = .patrolling, _ reason: String = "", frameAt: Date, _ change: (inout ChannelStatus) -> Void = { _ in }
    ) -> ChannelStatus {
        var status = ChannelStatus(id: "c1", state: state, reason: reason, since: start, lastFrameAt: frameAt)
        status.canRecord = true
        change(&status)
        return status
    }

    /// One letter a look, every twenty seconds, so three a minute: o open, v view black, r cannot record, f no new frame,
    /// c connecting, p paused.
    private static func run(_ looks: String, in ledger: inout HealthLedger, from: Date = start) {
        for (place, look) in looks.enumerated() {
            let now = from + Double(place) * 20
            let status: ChannelStatus =
                switch look {
                case "o": Self.status(frameAt: now)
                case "v": Self.status(.patrolling, "view-black", frameAt: now)
                case "r": Self.status(frameAt: now) { $0.canRecord = false }
                case "f": Self.status(frameAt: start - 600)
                case "c": Self.status(.connecting, frameAt: now)
                default: Self.status(.stopped, frameAt: now)
                }
            ledger.look([status], at: now)
        }
    }

    @Test(
        "a minute counts only if every look of it was open and a frame was analysed in it",
        arguments: [
            ("ooo" + "ooo" + "o", 2, 2, [:]), ("ooo" + "ovo" + "o", 1, 2, ["view-black": 1]),
            ("rrr" + "ooo" + "o", 1, 2, ["cannot-record": 1]), ("fff" + "ooo" + "o", 1, 2, ["no-frames": 1]),
            ("cco" + "vcv" + "o", 0, 2, ["connecting": 1, "view-black": 1]), ("ppp" + "ooo" + "o", 1, 1, [:]),
            ("ooo", 0, 0, [:]),
        ] as [(String, Int, Int, [String: Int])])
    func minutes(looks: String, open: Int, watched: Int, blind: [String: Int]) {
        var ledger = HealthLedger(timeZone: Self.zone, stored: [])
        Self.run(looks, in: &ledger)
        let record = ledger.records(of: Self.day)["c1"]
        #expect(record?.eyesOpen.count ?? 0 == open)
        #expect(record?.watched.count ?? 0 == watched)
        #expect(record?.blindMinutes ?? [:] == blind)
        #expect(ledger.openMinutes["c1"] ?? 0 == open)
        #expect((record?.watched.count ?? 0) == (record?.eyesOpen.count ?? 0) + (record?.blindMinutes.values.reduce(0, +) ?? 0))
    }

    @Test("after a restart counting goes on, and the minute that both saw counts once")
    func restart() throws {
        var first = HealthLedger(timeZone: Self.zone, stored: [])
        Self.run("ooooo", in: &first)
        first.closeMinute()
        let stored = first.unstored()
        #expect(try #require(stored.first).watched.count == 2)

        var second = HealthLedger(timeZone: Self.zone, stored: stored)
        Self.run("oooo", in: &second, from: Self.start + 100)
        second.closeMinute()
        let record = try #require(second.records(of: Self.day)["c1"])
        #expect(record.watched.count == 3 && record.eyesOpen.count == 3)
        #expect(record.watched.contains(600) && record.watched.contains(602))
    }

    @Test("counters are added up over the day, and over a channel that began anew")
    func counters() throws {
        var ledger = HealthLedger(timeZone: Self.zone, stored: [])
        for (place, count) in [5, 9, 9, 2, 4].enumerated() {
            let status = Self.status(frameAt: Self.start) {
                $0.reconnects = count
                $0.skipped = ["damaged": count * 10]
                $0.counters.keyFramesDue = count * 100
                $0.counters.keyFramesAnalysed = count
            }
            ledger.look([status], at: Self.start + Double(place))
        }
        let record = try #require(ledger.records(of: Self.day)["c1"])
        #expect(record.reconnects == 13 && record.skippedFrames == ["damaged": 130])
        #expect(record.keyFramesDue == 1300 && record.keyFramesAnalysed == 13)
    }

    @Test("a day ends at local midnight; its last minute is stored with it, and then it is forgotten")
    func midnight() throws {
        var ledger = HealthLedger(timeZone: Self.zone, stored: [])
        let midnight = Self.day.adding(days: 1).start(in: Self.zone)
        Self.run("oooooo", in: &ledger, from: midnight - 60)
        ledger.closeMinute()
        let unstored = ledger.unstored().sorted { $0.day < $1.day }
        #expect(unstored.map { $0.eyesOpen.count } == [1, 1])
        #expect(unstored[0].eyesOpen.contains(1439) && unstored[1].eyesOpen.contains(0))
        ledger.stored(unstored, today: Self.day.adding(days: 1))
        #expect(ledger.unstored().isEmpty)
        #expect(ledger.records(of: Self.day).isEmpty && !ledger.records(of: Self.day.adding(days: 1)).isEmpty)
    }

    @Test("what changed again while it was being stored is stored again")
    func changedMeanwhile() {
        var ledger = HealthLedger(timeZone: Self.zone, stored: [])
        Self.run("oooo", in: &ledger)
        let taken = ledger.unstored()
        Self.run("oooo", in: &ledger, from: Self.start + 80)
        ledger.stored(taken, today: Self.day)
        #expect(ledger.unstored().count == 1)
    }

    @Test("the day's lateness is that of its minutes")
    func lateness() throws {
        var ledger = HealthLedger(timeZone: Self.zone, stored: [])
        for minute in 0..<4 {
            let now = Self.start + Double(minute) * 60
            ledger.look([Self.status(frameAt: now) { $0.latenessP99Seconds = minute == 1 ? 3 : 0.05 }], at: now)
        }
        let p99 = try #require(ledger.records(of: Self.day)["c1"]?.latenessP99Seconds)
        #expect((3...6).contains(p99))
    }
}
