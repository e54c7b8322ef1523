import ArgumentParser
import Casework
import FFmpegIO
import Foundation
import FrameCore
import Pipeline
import Violations

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Tells when something appeared, stayed and vanished in a part of the view, without any rule.",
        discussion: """
            Looks at key frames only, forwards and, unless told otherwise, from the end as well, which tells what stood there from the \
            start. What stands from the first picture to the last cannot be told from the street. Channels and times come from the \
            files, as `xunjie archive list` shows; each channel is searched by itself.
            """)

    @Argument(help: "Video files, or folders of them.")
    var inputs: [String]

    @Option(help: "Corners in parts of the picture's width and height: “0.1,0.5 0.6,0.5 0.6,0.9”.")
    var region: String?

    @Option(help: "Takes the region from a zones file (YAML or JSON): its only zone, or the one that --zone names.")
    var zoneFile: String?

    @Option(help: "Id of the zone in --zone-file.")
    var zone: String?

    @Option(help: "Begin of the time, ISO 8601 (2026-11-23T08:00:00+08:00).")
    var from: String?

    @Option(help: "End of the time, ISO 8601.")
    var to: String?

    @Option(help: "What stood for less, in seconds, is left out (5 to 3600).")
    var stays = PastQuestion.usualStay.inSeconds

    @Flag(help: "Looks forwards only: twice as fast, but does not tell what stood there from the start.")
    var forwardOnly = false

    @Option(name: [.short, .long], help: "Where the strip of stills goes (JPEG).")
    var output: String?

    @Flag(help: "Writes the answer as JSON to standard output.")
    var json = false

    @Option(help: "Pictures that are decoded at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @OptionGroup var archive: ArchiveOptions

    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        guard (region == nil) != (zoneFile == nil) else { throw ValidationError("name the place with --region or with --zone-file") }
        guard PastQuestion.stays.contains(.seconds(stays)) else { throw ValidationError("--stays must be from 5 to 3600 seconds") }
    }

    func run() async throws {
        FFmpegLog.silence()
        let question = PastQuestion(region: try polygon(), span: try span(), stay: .seconds(stays), looksBack: !forwardOnly)
        let settings = try archive.settings()
        let zone = settings.timeZone
        let listing = try ArchiveScan(settings: settings, jobs: jobs).listWithProgress(inputs)
        for problem in listing.problems {
            Terminal.standardError.message("\(problem.isLost ? "failed" : "note"): \(problem.path): \(problem.reason)")
        }
        let search = PastSearch(library: try analysis.library(), threads: jobs)
        var answers: [PastAnswer] = []
        var failures = listing.problems.count { $0.isLost }
        for timeline in listing.timelines {
            do {
                answers.append(try look(search, question, timeline))
            } catch PastSearchError.noFootage {
                Terminal.standardError.message("note: \(timeline.channelID): no footage in this time")
            } catch {
                failures += 1
                Terminal.standardError.message("failed: \(timeline.channelID): \(error)")
            }
        }
        failures += answers.reduce(0) { $0 + $1.problems.count }
        for answer in answers {
            for problem in answer.problems { Terminal.standardError.message("failed: \(problem.path): \(problem.reason)") }
        }
        if json {
            try PastTable.writeJSON(answers)
        } else {
            for answer in answers { print(PastTable.text(answer, timeZone: zone)) }
        }
        if let output { try writeSheets(answers, question.region, zone, to: output) }
        guard !answers.isEmpty else { throw ExitStatus.failed }
        if failures > 0 { throw ExitStatus.partly }
    }

    private func look(_ search: PastSearch, _ question: PastQuestion, _ timeline: ArchiveTimeline) throws -> PastAnswer {
        let started = ContinuousClock.now
        func show(_ progress: PastProgress, isLast: Bool) {
            let elapsed = max(0.001, started.duration(to: .now).inSeconds)
            let rate = String(format: "%.1f", progress.secondsDone / elapsed)
            Terminal.standardError.progress(
                progress.secondsTotal > 0 ? progress.part : nil,
                "\(timeline.channelID) · \(rate) × real time · \(progress.found) stood still",
                isLast: isLast)
        }
        var last = PastProgress()
        let answer = try search.run(question, in: timeline) { progress in
            last = progress
            show(progress, isLast: false)
        }
        last.secondsTotal = max(last.secondsDone, 0.001)
        last.secondsDone = last.secondsTotal
        last.found = answer.entries.count
        show(last, isLast: true)
        return answer
    }

    /// One sheet for each channel; the name of the first is as given.
    private func writeSheets(_ answers: [PastAnswer], _ region: Polygon, _ zone: TimeZone, to output: String) throws {
        for (index, answer) in answers.enumerated() {
            let url = URL(fileURLWithPath: output)
            let path =
                index == 0
                ? output
                : url.deletingPathExtension().path + "-\(index + 1)." + (url.pathExtension.isEmpty ? "jpg" : url.pathExtension)
            try Data(try PastSheet.jpeg(answer, region: region, timeZone: zone)).write(to: URL(fileURLWithPath: path), options: .atomic)
            Terminal.standardError.message("wrote \(path)")
        }
    }

    // MARK: The question

    private func polygon() throws -> Polygon {
        guard let region else { return try zonePolygon() }
        let points = try region.split(whereSeparator: { $0 == " " || $0 == ";" }).map { (pair) throws in
            let numbers = pair.split(separator: ",").compactMap { Double($0) }
            guard numbers.count == 2 else { throw ValidationError("--region: “\(pair)” is no corner; write x,y such as 0.25,0.6") }
            return UnitPoint(x: numbers[0], y: numbers[1])
        }
        do {
            return try Polygon(points)
        } catch {
            throw ValidationError("--region: \(error)")
        }
    }

    private func zonePolygon() throws -> Polygon {
        let path = zoneFile ?? ""
        let zones = try ZonesFile.read(path: path).zones
        if let zone {
            guard let named = zones.first(where: { $0.id == zone }) else {
                throw ValidationError("\(path) has no zone “\(zone)”; it has \(zones.map(\.id).joined(separator: ", "))")
            }
            return named.polygon
        }
        guard zones.count == 1 else {
            throw ValidationError("\(path) has \(zones.count) zones; name one with --zone: \(zones.map(\.id).joined(separator: ", "))")
        }
        return zones[0].polygon
    }

    private func span() throws -> DateInterval? {
        func date(_ text: String?, _ option: String) throws -> Date? {
            guard let text else { return nil }
            let fractional = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            guard let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: fractional)) else {
                throw ValidationError("\(option): “\(text)” is no time; write it as 2026-11-23T08:00:00+08:00")
            }
            return date
        }
        let (begin, end) = (try date(from, "--from"), try date(to, "--to"))
        guard begin != nil || end != nil else { return nil }
        let interval = (begin ?? .distantPast, end ?? .distantFuture)
        guard interval.0 < interval.1 else { throw ValidationError("--from must be before --to") }
        return DateInterval(start: interval.0, end: interval.1)
    }
}
