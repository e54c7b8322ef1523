import Foundation
import Testing
import Yams

import Casework

/// Shipped settings, moments and logs that the tests of deadlines share.
enum DutyBench {
    static func zone(_ name: String = "Asia/Shanghai") throws -> TimeZone { try #require(TimeZone(identifier: name)) }

    /// Such as `2026-11-24 09:30`, by the zone's wall clock.
    static func at(_ text: String, _ zone: String = "Asia/Shanghai") throws -> Date {
        let numbers = text.split { "- :".contains($0) }.compactMap { Int($0) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try self.zone(zone)
        return try #require(
            calendar.date(
                from: DateComponents(year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4])))
    }

    /// Hours by day, no holidays.
    static func calendar(_ hours: [String: [String]], _ zone: String) throws -> WorkingCalendar {
        let settings = CalendarSettings(hours: hours.mapValues { $0.compactMap { ClockSpan($0) } }, makeUpHours: [], years: [])
        #expect(settings.problems == [])
        return WorkingCalendar(settings, timeZone: try self.zone(zone))
    }

    static func clocks(_ zone: String = "Asia/Shanghai") throws -> CaseClocks {
        let settings = try YAMLDecoder().decode(CalendarSettings.self, from: CatalogueTests.config("calendar.yaml"))
        return CaseClocks(
            rules: try YAMLDecoder().decode(DeadlineRules.self, from: CatalogueTests.config("deadlines.yaml")),
            calendar: WorkingCalendar(settings, timeZone: try self.zone(zone)))
    }

    /// Tuesday, 09:30 in Shanghai.
    static let start = Date(timeIntervalSince1970: 1_795_483_800)

    static func record(_ violation: String = "piled-goods") -> CaseRecord {
        CaseRecord(
            id: "k",
            incident: IncidentRecord(
                id: "i", channelID: "c1", violation: violation, zoneID: "z", zonesVersion: 1, ruleVersion: "r", phase: .confirmed,
                openedAt: start - 600, confirmedAt: start, box: [0, 0, 1, 1], score: 1),
            createdAt: start, packagePath: "p", manifestSHA256: "")
    }

    /// A line that moves no case.
    static func line(_ kind: String, _ minutes: Double, _ detail: String = "{}", by actor: String = "a") -> CaseEvent {
        CaseEvent(sequence: 0, caseID: "k", at: start + minutes * 60, actor: actor, kind: kind, detail: detail, hash: "")
    }

    static func act(_ action: CaseAction, _ minutes: Double) throws -> CaseEvent {
        line(action.eventKind, minutes, try CaseLine.text(of: action))
    }

    static var sealed: CaseEvent { line("sealed", 0, by: "machine") }

    /// The way to the second review: reminded at 2 min with `due` minutes to correct, looked at 31, not corrected at 40.
    static func toSecondReview(due: Double = 30) throws -> [CaseEvent] {
        [
            sealed, try act(CaseAction(.confirm), 1), try act(CaseAction(.remind, dueAt: start + due * 60), 2),
            try act(CaseAction(.look, look: CasePeople.look), 31), try act(CaseAction(.notCorrected), 40),
        ]
    }
}
