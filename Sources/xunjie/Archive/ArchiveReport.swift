import Casework
import Foundation
import Pipeline

/// A listing as the JSON document of `archive list --json`.
struct ArchiveReport: Encodable {
    struct File: Encodable {
        var path: String
        var startsAt: Date?
        var timeSource: String
        var seconds: Double?
        var bytes: Int64
    }

    struct Span: Encodable {
        var from: Date
        var to: Date
        var seconds: Double

        init(_ interval: DateInterval) {
            from = interval.start
            to = interval.end
            seconds = interval.duration
        }
    }

    struct Timeline: Encodable {
        var channel: String
        var from: Date?
        var to: Date?
        var seconds: Double
        var files: [File]
        var gaps: [Span]
        var overlaps: [Span]
    }

    struct Problem: Encodable {
        var path: String
        var reason: String
        var lost: Bool
    }

    var timelines: [Timeline]
    var problems: [Problem]

    init(_ listing: ArchiveListing) {
        timelines = listing.timelines.map { timeline in
            Timeline(
                channel: timeline.channelID, from: timeline.from, to: timeline.to, seconds: timeline.seconds,
                files: timeline.files.map {
                    File(path: $0.path, startsAt: $0.startsAt, timeSource: $0.timeSource, seconds: $0.seconds, bytes: $0.bytes)
                },
                gaps: timeline.gaps.map(Span.init), overlaps: timeline.overlaps.map(Span.init))
        }
        problems = listing.problems.map { Problem(path: $0.path, reason: $0.reason, lost: $0.isLost) }
    }

    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
        }
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
