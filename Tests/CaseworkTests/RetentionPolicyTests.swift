import Foundation
import Testing
import Yams

import Casework

@Suite("What may be deleted, and when")
struct RetentionPolicyTests {
    private static let start = Date(timeIntervalSince1970: 1_795_464_000)

    private static func shipped() throws -> RetentionRules {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try YAMLDecoder().decode(
            RetentionRules.self, from: String(contentsOf: root.appendingPathComponent("Config/retention.yaml"), encoding: .utf8))
    }

    private static func record(_ state: CaseState, _ outcome: CaseAction.Outcome?, held: Bool, deleted: Bool = false) -> CaseRecord {
        var standing = CaseStanding()
        standing.state = state
        standing.outcome = outcome
        standing.settledAt = state.isFinal ? start : nil
        if held { standing.hold = CaseStanding.Word(kind: .hold, note: "n", userID: "u", at: start) }
        return CaseRecord(
            id: "k",
            incident: IncidentRecord(
                id: "i", channelID: "c", violation: "v", zoneID: "z", zonesVersion: 1, ruleVersion: "r", phase: .confirmed, openedAt: start,
                box: [0, 0, 1, 1], score: 1),
            createdAt: start, packagePath: "p", manifestSHA256: "m", standing: standing, deletedAt: deleted ? start : nil)
    }

    @Test("the shipped rules have one row for every ending, and none below the law's 30 days")
    func rules() throws {
        try Self.shipped().validate()
    }

    @Test("no state that is open, no case under hold and none that is gone is ever deleted, whatever the rules and its age")
    func never() throws {
        let everything = RetentionRules(
            rows: [.init(id: "all", states: CaseState.allCases, minDays: 0, maxDays: 0, article: BilingualText(zh: "无", en: "none"))])
        for rules in [try Self.shipped(), everything] {
            for (state, held, outcome) in Self.all {
                for days in [0, 29, 30, 31, 89, 90, 91, 729, 730, 731, 40_000] {
                    let verdict = RetentionPolicy(rules: rules).verdict(
                        Self.record(state, outcome, held: held), at: Self.start + Double(days) * 86_400)
                    if case .keep = verdict { continue }
                    #expect(state.isFinal && !held && days >= 30, "\(state) \(held) \(days)")
                }
            }
        }
        let gone = RetentionPolicy(rules: everything).verdict(Self.record(.falseAlarm, nil, held: false, deleted: true), at: .distantFuture)
        #expect(gone == .keep(until: nil, .deleted, nil))
    }

    private static let all = CaseState.allCases.flatMap { state in
        [false, true].flatMap { held in ([nil] + CaseAction.Outcome.allCases).map { (state, held, $0) } }
    }

    static let table: [(CaseState, CaseAction.Outcome?, Int, String)] = [
        (.falseAlarm, nil, 29, "keep"), (.falseAlarm, nil, 30, "must"), (.exempt, nil, 30, "may"), (.exempt, nil, 90, "must"),
        (.transferred, nil, 89, "may"), (.closed, .corrected, 29, "keep"), (.closed, .corrected, 45, "may"),
        (.closed, .corrected, 90, "must"), (.closed, .dropped, 90, "must"), (.closed, .withdrawn, 91, "must"),
        (.closed, .revoked, 90, "must"), (.closed, .firstOffence, 5000, "keep"), (.closed, .minor, 5000, "keep"),
        (.handedOver, nil, 5000, "keep"), (.closed, nil, 5000, "keep"),
    ]

    @Test("the shipped rules, row by row", arguments: table)
    func rows(_ state: CaseState, _ outcome: CaseAction.Outcome?, _ days: Int, _ expected: String) throws {
        let verdict = RetentionPolicy(rules: try Self.shipped()).verdict(
            Self.record(state, outcome, held: false), at: Self.start + Double(days) * 86_400)
        let word =
            switch verdict {
            case .keep: "keep"
            case .mayDelete: "may"
            case .mustDelete: "must"
            }
        #expect(word == expected)
    }

    @Test("rules with a gap, an overlap, too few or too many days, or an open state are refused by name")
    func refused() throws {
        let rules = try Self.shipped()
        func problem(_ change: (inout RetentionRules) -> Void) -> String {
            var changed = rules
            change(&changed)
            do {
                try changed.validate()
                return ""
            } catch { return error.description }
        }
        #expect(problem { $0.rows.removeFirst() }.contains("none for false-alarm"))
        #expect(
            problem { $0.rows.append(.init(id: "x", states: [.exempt], minDays: 30, maxDays: 40, article: $0.rows[0].article)) }.contains(
                "2 for exempt"))
        #expect(problem { $0.rows[0].minDays = 29 }.contains("below the law's 30"))
        #expect(problem { $0.rows[0].maxDays = 29 }.contains("max_days is 29"))
        #expect(problem { $0.rows[1].maxDays = 731 }.contains("max_days is 731"))
        #expect(problem { $0.rows[0].states.append(.candidate) }.contains("is not over"))
    }

    @Test("a clock that jumped ahead waits, one that was put back does nothing, and a waiting run counts for nothing")
    func prudence() {
        func run(_ kind: RetentionRun.Kind, _ days: Double) -> RetentionRun {
            RetentionRun(kind: kind, at: Self.start + days * 86_400, actor: "machine", detail: "{}")
        }
        func answer(_ runs: [RetentionRun], _ days: Double) -> RetentionPrudence.Answer {
            RetentionPrudence.answer(runs: runs, now: Self.start + days * 86_400)
        }
        #expect(answer([], 0) == .waits(since: nil))
        #expect(answer([run(.ran, 0)], 2) == .goesOn)
        #expect(answer([run(.ran, 0)], 2.01) == .waits(since: Self.start))
        #expect(answer([run(.waits, 400), run(.ran, 0)], 400) == .waits(since: Self.start))
        #expect(answer([run(.waits, 400), run(.ran, 0)], 1) == .goesOn)
        #expect(answer([run(.confirmed, 400), run(.waits, 400), run(.ran, 0)], 400) == .goesOn)
        #expect(answer([run(.ran, 0)], -1) == .early)
    }
}
