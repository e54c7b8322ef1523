import Foundation
import Pipeline
import Testing

@Suite("Patterns for names of files")
struct PathPatternTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var pattern: String
        var path: String
        var channel: String?
        var start: String?
        var end: String?
        var testDescription: String { path }
    }

    private static let folders = "{channel}/{yyyy}-{MM}-{dd}/{HH}.{mm}.{ss}"

    static let fitting = [
        Case(pattern: folders, path: "/a/gate-3/2026-11-23/08.15.30.mp4", channel: "gate-3", start: "2026-11-23T08:15:30Z"),
        Case(pattern: "/" + folders + ".dav", path: "gate-3/2026-11-23/08.15.30.DAV", channel: "gate-3", start: "2026-11-23T08:15:30Z"),
        Case(
            pattern: "{channel}_{yyyy}{MM}{dd}{HH}{mm}{ss}_{yyyy}{MM}{dd}{HH}{mm}{ss}", path: "a_b_20261123235000_20261124000000.mp4",
            channel: "a_b", start: "2026-11-23T23:50:00Z", end: "2026-11-24T00:00:00Z"),
        Case(
            pattern: "{yyyy}{MM}{dd}-{HH}{mm}{ss}-{HH}{mm}{ss}_*", path: "20261123-080000-081000_x.avi", start: "2026-11-23T08:00:00Z",
            end: "2026-11-23T08:10:00Z"),
        Case(
            pattern: "{channel}-{epoch}-*", path: "front-door-1763856923.5-x7.mp4", channel: "front-door", start: "2025-11-23T00:15:23.5Z"),
        Case(pattern: "{channel}/{epoch}", path: "cam/1763856923250.flv", channel: "cam", start: "2025-11-23T00:15:23.25Z"),
        Case(pattern: "{yy}{MM}{dd}{HH}{mm}{ss}[_{ms}]*", path: "261123080000_250x.mp4", start: "2026-11-23T08:00:00.25Z"),
        Case(pattern: "{yy}{MM}{dd}{HH}{mm}{ss}[_{ms}]*", path: "261123080000.mp4", start: "2026-11-23T08:00:00Z"),
        Case(pattern: "{channel}/{yyyy}-{MM}-{dd}/*", path: "西门/2026-11-23/1.mp4", channel: "西门"),
        Case(pattern: "{channel}/*/{channel}_*", path: "c1/x/c1_2.mp4", channel: "c1"),
        Case(pattern: "\\[{channel}\\]*", path: "[gate]x.mp4", channel: "gate"),
    ]

    @Test("what fits says channel, start and end", arguments: fitting)
    func fits(test: Case) throws {
        let match = try #require(try PathPattern(test.pattern).match(test.path))
        #expect(match.channel == test.channel)
        #expect(text(match.start) == test.start)
        #expect(text(match.end) == test.end)
    }

    @Test(
        "what does not fit says nothing",
        arguments: [
            (folders, "2026-11-23/08.15.30.mp4"), (folders, "gate/2026-11-23/08.15.mp4"), (folders, "gate/2026-13-23/08.15.30.mp4"),
            (folders, "gate/2026-02-30/08.15.30.mp4"), (folders, "gate/2026-11-23/24.15.30.mp4"),
            ("{channel}/*/{channel}_*", "c1/x/c2_2.mp4"), ("{channel}.mp4", "a.mkv"),
        ])
    func fitsNot(pattern: String, path: String) throws {
        #expect(try PathPattern(pattern).match(path) == nil)
    }

    @Test(
        "what is no pattern is refused with the reason",
        arguments: [
            ("", "empty"), ("{camera}/x", "{camera} is not known"), ("{channel", "not closed"), ("a]", "closes nothing"), ("x*", "neither"),
            ("{ss}", "without a year"), ("{yyyy}{MM}{dd}{mm}", "without an hour"), ("{yyyy}{yyyy}{yyyy}", "more than twice"),
            ("[{channel}", "not closed"),
        ])
    func refused(pattern: String, reason: String) {
        let error = #expect(throws: PathPatternError.self) { try PathPattern(pattern) }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "-")")
    }

    @Test("a name made to take for ever does not")
    func bounded() throws {
        let pattern = try PathPattern("*a*a*a*a*a*a*a*a*a*a*b{channel}")
        let started = ContinuousClock.now
        #expect(pattern.match(String(repeating: "a", count: 4000)) == nil)
        #expect(started.duration(to: .now) < .seconds(2))
    }

    private func text(_ moment: PathPattern.Moment?) -> String? {
        let date: Date? =
            switch moment {
            case .local(let fields)?: fields.date(in: .gmt)
            case .microsecondsSince1970(let microseconds)?: Date(timeIntervalSince1970: Double(microseconds) / 1e6)
            case nil: nil
            }
        guard let date else { return nil }
        let hasFraction = date.timeIntervalSince1970 != date.timeIntervalSince1970.rounded()
        let text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: hasFraction))
        guard hasFraction else { return text }
        return text.dropLast().replacing(/0+$/, with: "") + "Z"
    }
}
