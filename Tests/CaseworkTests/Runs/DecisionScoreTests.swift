import Casework
import Foundation
import Testing

@Suite("A run against what officers decided")
struct DecisionScoreTests {
    private typealias Make = RunComparisonTests

    @Test("true cases, false alarms, undecided ones and those outside the footage are counted apart")
    func counts() throws {
        let cases = [
            Self.record("confirmed-found", .confirmed, x: 100), Self.record("exempt-found", .exempt, x: 300),
            Self.record("transferred-lost", .transferred, x: 500), Self.record("false-again", .falseAlarm, x: 700),
            Self.record("false-gone", .falseAlarm, x: 900), Self.record("waiting", .candidate, x: 1100),
            Self.record("elsewhen", .confirmed, x: 100, at: 90_000),
        ]
        let findings = [100, 300, 700, 1100].enumerated().map { Self.finding("f\($0)", x: $1) } + [Self.finding("new", x: 100, y: 500)]
        let score = try #require(Self.compare(cases, findings).score)
        #expect(score.trueFound == 2)
        #expect(score.trueLost == 1)
        #expect(score.falseFound == 1)
        #expect(score.falseAvoided == 1)
        #expect(score.undecided == 1)
        #expect(score.notCovered == 1)
        #expect(score.unjudged == 1)
        #expect(score.recall == 2.0 / 3)
        #expect(score.precision == 2.0 / 3)
    }

    @Test("a case outside the covered time is not lost")
    func notCovered() {
        let comparison = Self.compare([Self.record("k", .confirmed, x: 100, at: 90_000)], [])
        #expect(comparison.total.lost == 0 && comparison.total.uncovered == 1)
        #expect(comparison.score?.recall == nil)
    }

    @Test("a case whose beginning is not in the footage is not covered: its dwell could not be seen")
    func halfCovered() {
        #expect(Self.compare([Self.record("k", .confirmed, x: 100, at: -25)], []).total.uncovered == 1)
    }

    @Test("clocks a minute apart still meet")
    func clocks() {
        let comparison = Self.compare([Self.record("k", .confirmed, x: 100, at: 45)], [Self.finding("f", x: 100)])
        #expect(comparison.total.kept == 1)
    }

    @Test("two cases of one act are both found by the one finding")
    func twoCases() throws {
        let cases = [Self.record("k1", .confirmed, x: 100), Self.record("k2", .confirmed, x: 104, at: 60)]
        let score = try #require(Self.compare(cases, [Self.finding("f", x: 100)]).score)
        #expect(score.trueFound == 2)
        #expect(score.trueLost == 0)
    }

    @Test("an approval keeps the figures of its own channel, and reads back out of a version's note")
    func approval() throws {
        var other = Self.finding("o", x: 100)
        other.channelID = "c2"
        let comparison = Self.compare([Self.record("k", .falseAlarm, x: 100)], [other])
        let approval = ZonesApproval(name: "陈", reason: "ok", runID: "r", comparison: comparison, channelID: "c1")
        #expect(approval.count.lost == 1 && approval.count.gained == 0)
        #expect(ZonesApproval(note: try approval.note()) == approval)
        #expect(ZonesApproval(note: "") == nil)
    }

    private static func record(_ id: String, _ state: CaseState, x: Int, at seconds: Double = 0) -> ComparedFinding {
        let opened = Make.start + 10 + seconds
        let incident = IncidentRecord(
            id: "i-\(id)", channelID: "c1", violation: "piled-goods", zoneID: "z1", zonesVersion: 1, ruleVersion: "r", phase: .confirmed,
            openedAt: opened, confirmedAt: opened + 20, box: [x, 100, 80, 60], score: 1)
        var standing = CaseStanding()
        standing.state = state
        return ComparedFinding(
            CaseRecord(id: id, incident: incident, createdAt: opened + 20, packagePath: "p", manifestSHA256: "", standing: standing),
            pictureSize: [1280, 720])
    }

    private static func finding(_ id: String, x: Int, y: Int = 100) -> RunFinding {
        var finding = Make.finding(id)
        finding.box = [x, y, 80, 60]
        return finding
    }

    private static func compare(_ cases: [ComparedFinding], _ findings: [RunFinding]) -> RunComparison {
        RunComparison(
            before: .init(side: .init(runID: nil, name: "", ruleVersion: nil, count: cases.count), findings: cases, coverage: nil),
            after: .init(Make.record([Make.input()]), findings), tolerance: .decisions, timeZone: .gmt)
    }
}
