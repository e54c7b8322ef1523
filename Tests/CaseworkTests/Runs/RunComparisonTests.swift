import Casework
import Foundation
import Testing

@Suite("What would change between two runs")
struct RunComparisonTests {
    static let start = Date(timeIntervalSince1970: 1_795_464_000)
    static let box = [100, 100, 80, 60]

    /// One change of one finding, and what it is called.
    struct Row: Sendable, CustomTestStringConvertible {
        var name: String
        var edit: @Sendable (inout RunFinding) -> Void
        var expected: [RunComparison.Change]

        var testDescription: String { name }
    }

    static let rows: [Row] = [
        Row(name: "nothing", edit: { _ in }, expected: [.kept]),
        Row(name: "another zone of the same place", edit: { $0.zone = "z9" }, expected: [.kept]),
        Row(name: "5 s later, within the tolerance", edit: { shift(&$0, 5) }, expected: [.kept]),
        Row(name: "6 s later", edit: { shift(&$0, 6) }, expected: [.moved]),
        Row(name: "only confirmed later", edit: { $0.confirmedAt? += 30 }, expected: [.moved]),
        Row(name: "another violation", edit: { $0.violation = "parked-bikes" }, expected: [.renamed]),
        Row(
            name: "another violation, and later",
            edit: {
                $0.violation = "parked-bikes"; shift(&$0, 20)
            }, expected: [.renamed]),
        Row(name: "a box half as wide", edit: { $0.box = [100, 100, 40, 60] }, expected: [.kept]),
        Row(name: "a box around it, four times as large", edit: { $0.box = [60, 70, 160, 120] }, expected: [.kept]),
        Row(name: "a box around it, nine times as large", edit: { $0.box = [20, 40, 240, 180] }, expected: [.lost, .gained]),
        Row(name: "another place", edit: { $0.box = [500, 100, 80, 60] }, expected: [.lost, .gained]),
        Row(name: "another camera", edit: { $0.channelID = "c2" }, expected: [.lost, .gained]),
        Row(name: "after it was over", edit: { shift(&$0, 900) }, expected: [.lost, .gained]),
        Row(
            name: "the same place in the sub-stream",
            edit: {
                $0.box = [25, 25, 20, 15]; $0.sourceSize = [320, 180]
            },
            expected: [.kept]),
    ]

    @Test("what differs tells what became of it", arguments: rows)
    func table(_ row: Row) {
        var changed = Self.finding("f1")
        row.edit(&changed)
        let comparison = Self.compare([Self.finding("f1")], [changed])
        #expect(comparison.entries.map(\.change) == row.expected)
    }

    @Test("without a wall clock the seconds of the same file tell, and two files tell nothing")
    func withoutClock() {
        func timeless(_ path: String, _ first: Double) -> RunFinding {
            var finding = Self.finding("f", path: path)
            (finding.firstStillAt, finding.confirmedAt, finding.clearedAt) = (nil, nil, nil)
            (finding.firstStillS, finding.confirmedS, finding.clearedS) = (first, first + 10, first + 40)
            return finding
        }
        #expect(Self.compare([timeless("a.mp4", 5)], [timeless("a.mp4", 7)]).entries.map(\.change) == [.kept])
        #expect(Self.compare([timeless("a.mp4", 5)], [timeless("a.mp4", 300)]).entries.map(\.change) == [.lost, .gained])
        #expect(Self.compare([timeless("a.mp4", 5)], [timeless("b.mp4", 5)]).total.kept == 0)
        #expect(Self.compare([timeless("a.mp4", 5)], [timeless("a.mp4", 7)]).byHour["unknown"]?.kept == 1)
    }

    @Test("of two findings for one, the better box has the pair and the other is a piece of the same act")
    func pieces() {
        var second = Self.finding("f2")
        second.box = [110, 100, 80, 60]
        let comparison = Self.compare([Self.finding("f1")], [second, Self.finding("f3")])
        let kept = comparison.entries.first { $0.change == .kept }
        let gained = comparison.entries.first { $0.change == .gained }
        #expect(kept?.after?.id == "f3")
        #expect(gained?.after?.id == "f2")
        #expect(gained?.partOf == "f3")
    }

    @Test("as many pairs as can be: a finding that fits two leaves the one that fits only one")
    func mostPairs() {
        var wide = Self.finding("wide")
        wide.box = [100, 100, 160, 60]
        var left = Self.finding("left")
        left.box = [100, 100, 80, 60]
        var right = Self.finding("right")
        right.box = [180, 100, 80, 60]
        var near = Self.finding("near")
        near.box = [90, 100, 80, 60]
        let comparison = Self.compare([wide, near], [left, right])
        #expect(comparison.total.kept == 2)
    }

    @Test("what the other side's footage does not show is neither lost nor gained")
    func uncovered() {
        var late = Self.finding("late")
        Self.shift(&late, 7200)
        late.path = "later.mp4"
        let later = Self.input("later.mp4", at: Self.start + 7200)
        let comparison = RunComparison(
            before: .init(Self.record([Self.input()]), [Self.finding("f1")]), after: .init(Self.record([later]), [late]),
            tolerance: .runs, timeZone: .gmt)
        #expect(comparison.total.uncovered == 2)
        #expect(comparison.total.lost == 0 && comparison.total.gained == 0)
    }

    @Test("one that lasts to the end of its footage does not meet what comes days later at the same place")
    func lastsToTheEnd() {
        var open = Self.finding("f1")
        open.clearedAt = nil
        open.clearedS = nil
        var days = Self.finding("f1")
        Self.shift(&days, 3 * 86_400)
        let inputs = [Self.input(), Self.input("later.mp4", at: Self.start + 3 * 86_400)]
        let comparison = RunComparison(
            before: .init(Self.record(inputs), [open]), after: .init(Self.record(inputs), [days]), tolerance: .runs, timeZone: .gmt)
        #expect(comparison.total.lost == 1 && comparison.total.gained == 1)
    }

    @Test("counts go by type, camera and the site's hour")
    func groups() throws {
        let zone = try #require(TimeZone(identifier: "Asia/Shanghai"))
        var other = Self.finding("f2")
        other.channelID = "c2"
        other.violation = "parked-bikes"
        Self.shift(&other, 3600)
        let comparison = RunComparison(
            before: .init(Self.record([Self.input()]), []), after: .init(Self.record([Self.input()]), [Self.finding("f1"), other]),
            tolerance: .runs, timeZone: zone)
        let hour = Calendar.current.dateComponents(in: zone, from: Self.start + 30).hour ?? -1
        #expect(comparison.byHour["\(hour)"]?.gained == 1)
        #expect(comparison.byChannel["c2"]?.gained == 1)
        #expect(comparison.byHour["\((hour + 1) % 24)"]?.gained == 1)
        #expect(comparison.byViolation["piled-goods"]?.gained == 1)
        #expect(comparison.total.all == 2)
    }

    // MARK: Properties

    @Test("a run compared with itself is all kept", arguments: 0..<20)
    func withItself(seed: UInt64) {
        let findings = Self.random(seed, 40)
        let comparison = Self.compare(findings, findings)
        #expect(comparison.total.kept == findings.count)
        #expect(comparison.total.all == findings.count)
    }

    @Test("exchanged sides exchange gained and lost, and nothing else", arguments: 0..<40)
    func exchanged(seed: UInt64) {
        let (a, b) = (Self.random(seed, 30), Self.random(seed &+ 1000, 30))
        let there = Self.compare(a, b)
        let back = Self.compare(b, a)
        func pairs(_ comparison: RunComparison, turned: Bool) -> Set<[String]> {
            Set(
                comparison.entries.map { entry in
                    let ids = [entry.before?.id ?? "", entry.after?.id ?? ""]
                    let change: RunComparison.Change =
                        !turned ? entry.change : entry.change == .gained ? .lost : entry.change == .lost ? .gained : entry.change
                    return [change.rawValue] + (turned ? ids.reversed() : ids)
                })
        }
        #expect(pairs(there, turned: false) == pairs(back, turned: true))
    }

    @Test("the order of the findings does not matter, and each stands exactly once", arguments: 0..<20)
    func anyOrder(seed: UInt64) throws {
        let (a, b) = (Self.random(seed, 30), Self.random(seed &+ 2000, 30))
        let comparison = Self.compare(a, b)
        #expect(try comparison.json() == Self.compare(a.reversed(), b.shuffled()).json())
        #expect(comparison.entries.compactMap(\.before?.id).sorted() == a.map(\.id).sorted())
        #expect(comparison.entries.compactMap(\.after?.id).sorted() == b.map(\.id).sorted())
    }

    // MARK: CSV and JSON

    @Test("names of files cannot become formulas or new cells in a spreadsheet")
    func csv() {
        var finding = Self.finding("f1", path: #"=HYPERLINK("x"),y"#)
        finding.zone = "-1\n+2"
        let text = Self.compare([], [finding]).csv
        #expect(text.contains(#""'=HYPERLINK(""x""),y""#))
        #expect(text.contains("\"'-1\n+2\""))
        #expect(text.hasPrefix("change,channel,"))
    }

    @Test("JSON comes back as the same comparison")
    func json() throws {
        let comparison = Self.compare([Self.finding("f1")], [])
        let object = try #require(try JSONSerialization.jsonObject(with: comparison.json()) as? [String: Any])
        #expect((object["total"] as? [String: Any])?["lost"] as? Int == 1)
        #expect((object["byViolation"] as? [String: Any])?["piled-goods"] != nil)
    }

    // MARK: Making

    static func finding(_ id: String, path: String = "a.mp4") -> RunFinding {
        RunFinding(
            id: id, channelID: "c1", path: path, clip: "a", violation: "piled-goods", zone: "z1", box: box, sourceSize: [1280, 720],
            firstStillS: 10, confirmedS: 30, clearedS: 300, firstStillAt: start + 10, confirmedAt: start + 30, clearedAt: start + 300,
            still: nil)
    }

    static func shift(_ finding: inout RunFinding, _ seconds: Double) {
        finding.firstStillAt? += seconds
        finding.confirmedAt? += seconds
        finding.clearedAt? += seconds
    }

    static func input(_ path: String = "a.mp4", at date: Date = start) -> RunInput {
        RunInput(path: path, channelID: "c1", startsAt: date, timeSource: "pattern", seconds: 1800, bytes: 1)
    }

    static func record(_ inputs: [RunInput]) -> RunRecord {
        RunRecord(
            id: "r", name: "r", createdAt: start, createdBy: "u", program: "p", ruleVersion: "v", profilesSHA256: "", everyFrame: false,
            channels: [], inputs: inputs)
    }

    /// Both sides saw everything.
    static func compare(_ a: [RunFinding], _ b: [RunFinding]) -> RunComparison {
        func input(_ findings: [RunFinding]) -> RunComparison.Input {
            .init(
                side: .init(runID: "r", name: "r", ruleVersion: "v", count: findings.count), findings: findings.map { ComparedFinding($0) },
                coverage: nil)
        }
        return RunComparison(before: input(a), after: input(b), tolerance: .runs, timeZone: .gmt)
    }

    /// Crowded, so that many could be paired with many.
    static func random(_ seed: UInt64, _ count: Int) -> [RunFinding] {
        var state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1
        func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        return (0..<count).map { index in
            var finding = finding("s\(seed)-\(index)")
            finding.channelID = "c\(next(2))"
            finding.violation = ["piled-goods", "parked-bikes"][next(2)]
            finding.box = [next(300), next(200), 20 + next(120), 20 + next(90)]
            shift(&finding, Double(next(600)))
            return finding
        }
    }
}
