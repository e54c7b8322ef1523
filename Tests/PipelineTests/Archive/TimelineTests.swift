import Casework
import Foundation
import Testing

import Pipeline

@Suite("Gaps and overlaps")
struct TimelineTests {
    private static let origin = Date(timeIntervalSince1970: 1_795_392_000)

    private func timelines(_ files: [(start: Double?, seconds: Double?)]) throws -> [ArchiveTimeline] {
        let inputs = files.enumerated().map { index, file in
            RunInput(
                path: "f\(index)", channelID: "c", startsAt: file.start.map(Self.origin.addingTimeInterval), timeSource: "pattern",
                seconds: file.seconds, bytes: 1)
        }
        return try TimelineAssembly.timelines(inputs, rules: ArchiveFolder.settings().rules)
    }

    private func spans(_ intervals: [DateInterval]) -> [[Double]] {
        intervals.map { [$0.start.timeIntervalSince(Self.origin), $0.end.timeIntervalSince(Self.origin)] }
    }

    @Test(
        "are found whatever the order of the files",
        arguments: [
            ([(0.0, 60.0), (60, 60)], [], []),
            ([(61, 60), (0, 60)], [], []),  // a second between two is a recorder's, no gap
            ([(0, 60), (70, 60)], [[60.0, 70]], []),
            ([(0, 60), (50, 60)], [], [[50.0, 60]]),
            ([(0, 600), (100, 60), (120, 60)], [], [[100.0, 180]]),
            ([(0, 600), (100, 60), (700, 60)], [[600, 700]], [[100, 160]]),
        ] as [([(Double, Double)], [[Double]], [[Double]])])
    func found(files: [(Double, Double)], gaps: [[Double]], overlaps: [[Double]]) throws {
        let timeline = try #require(try timelines(files.map { ($0.0, $0.1) }).first)
        #expect(spans(timeline.gaps) == gaps)
        #expect(spans(timeline.overlaps) == overlaps)
        #expect(timeline.files.map(\.startsAt) == timeline.files.map(\.startsAt).sorted { ($0 ?? .distantPast) < ($1 ?? .distantPast) })
    }

    @Test("after a file of unknown length nobody knows of a gap")
    func unknownLength() throws {
        let timeline = try #require(try timelines([(0, nil), (100, 60), (300, 60)]).first)
        #expect(spans(timeline.gaps) == [[160, 300]])
    }

    @Test("files without a known time stand alone")
    func alone() throws {
        let found = try timelines([(nil, 60), (0, 60), (nil, 60)])
        #expect(found.map { $0.files.map(\.path) } == [["f1"], ["f0"], ["f2"]])
    }
}
