import ArgumentParser
import Casework
import Foundation
import Pipeline

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Says how the serving program and its channels are doing, worst first.",
        discussion: "Exit code 0: all well. 1: something that should be seen is not. 2: the program is not running.")

    @Option(help: "Folder of the store that the program serves.")
    var store = ".var/store"

    @Flag(help: "Print the status as JSON.")
    var json = false

    @Flag(help: "Go on every two seconds until Ctrl-C.")
    var watch = false

    private static let watchInterval = Duration.seconds(2)

    func run() async throws {
        while true {
            let report = Report.read(folder: store)
            if watch, isatty(STDOUT_FILENO) == 1 { print("\u{1B}[H\u{1B}[2J", terminator: "") }
            print(json ? report.json : report.text(width: Self.terminalWidth))
            guard watch else {
                if report.exitCode != ExitCode.success { throw report.exitCode }
                return
            }
            try await Task.sleep(for: Self.watchInterval)
        }
    }

    /// Columns of the terminal; nil elsewhere, where nothing is cut.
    private static var terminalWidth: Int? {
        var size = winsize()
        // SAFETY: TIOCGWINSZ fills the one structure that it is given, which lives through the call.
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}

/// What is known of the serving program, from its status file and whether its process is there.
struct Report {
    let status: StationStatus?
    /// Why it does not count as running; nil if it does.
    let trouble: String?

    static func read(folder: String, now: Date = Date()) -> Report {
        let status: StationStatus
        do {
            status = try StationStatus.read(folder: folder)
        } catch let error as CocoaError where error.code == .fileReadNoSuchFile {
            return Report(status: nil, trouble: "not running: no program serves \(folder)")
        } catch {
            return Report(status: nil, trouble: "the status of \(folder) cannot be read: \(error.localizedDescription)")
        }
        let age = now.timeIntervalSince(status.writtenAt)
        // EPERM: the process is there and another user's.
        guard kill(status.processID, 0) == 0 || errno == EPERM else {
            return Report(
                status: status, trouble: "not running: process \(status.processID) is gone; this is what it last wrote, \(Int(age)) s ago")
        }
        guard age <= status.staleAfterSeconds else {
            return Report(status: status, trouble: "stale: process \(status.processID) has written nothing for \(Int(age)) s")
        }
        return Report(status: status, trouble: nil)
    }

    var exitCode: ExitCode {
        guard let status, trouble == nil else { return ExitStatus.notRunning }
        return status.isSomethingBlind || status.evidence.problem != nil ? ExitStatus.failed : .success
    }

    var json: String {
        struct Answer: Encodable {
            var running: Bool
            var trouble: String?
            var status: StationStatus?
        }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(running: trouble == nil, trouble: trouble, status: status)
        return (try? encoder.encode(answer)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    func text(width: Int?) -> String {
        var lines: [String] = []
        if let trouble { lines.append(trouble) }
        if let status {
            lines.append(Self.summary(status))
            for fault in status.stationFaults { lines.append("machine: \(fault.reason), since \(fault.startedAt.formatted(.iso8601))") }
            if let problem = status.evidence.problem { lines.append("evidence cannot be stored: \(problem)") }
            lines.append("")
            lines += StatusTable.lines(status)
        }
        return lines.map { line in width.map { TextColumns.cut(line, to: $0) } ?? line }.joined(separator: "\n")
    }

    private static func summary(_ status: StationStatus) -> String {
        func count(_ health: ChannelHealth) -> Int { status.channels.count { $0.health == health } }
        let open = status.channels.reduce(0) { $0 + $1.eyesOpenMinutes }
        let watched = status.channels.count { $0.health != .off } * status.dayMinutes
        let part = watched > 0 ? String(format: "%.1f %%", 100 * min(1, Double(open) / Double(watched))) : "–"
        let faults = status.channels.reduce(status.stationFaults.count) { $0 + $1.faults.count }
        let up = Int(status.writtenAt.timeIntervalSince(status.startedAt) / 60)
        return "\(status.channels.count) channels: \(count(.good)) seeing, \(count(.bad)) blind, \(count(.busy)) starting, "
            + "\(count(.off)) stopped · faults \(faults) · eyes open today \(part)\n"
            + "\(status.program), process \(status.processID), up \(up / 60) h \(up % 60) min · "
            + "\(status.usage.residentBytes >> 20) MB · CPU \(Int(status.usage.cpuSeconds)) s · evidence waiting \(status.evidence.waiting), "
            + "dropped \(status.evidence.dropped)"
    }
}
