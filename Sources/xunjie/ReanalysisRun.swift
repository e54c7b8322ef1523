import Casework
import Dispatch
import FFmpegIO
import Foundation
import Pipeline
import SceneAnalysis

/// Carries out a run with its progress on the terminal, pauses it on a signal, and says at the end what happened to each file.
struct ReanalysisRun {
    let folder: RunFolder
    let jobs: Int

    func run(_ reanalysis: Reanalysis) throws -> Reanalysis.Outcome {
        let stop = StopFlag()
        let signals = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { stop.stop() }
            source.resume()
            return source
        }
        defer { for source in signals { source.cancel() } }
        let terminal = Terminal.standardError
        let outcome = try reanalysis.run(stop: stop) { Self.show($0, on: terminal) }
        switch outcome.state {
        case .done: break
        case .cancelled: terminal.message("cancelled: nothing is left of it but its record in \(folder.path)")
        default: terminal.message("paused: go on with xunjie reanalyze --resume \(folder.path)")
        }
        for problem in try folder.progress().problems {
            terminal.message("\(problem.isLost ? "failed" : "note"): \(problem.path): \(problem.reason)")
        }
        for file in outcome.files {
            for fault in file.viewFaults {
                terminal.message(
                    "view: \(file.path): \(fault.kind.rawValue) from \(Terminal.oneDigit(fault.fromSeconds)) to "
                        + "\(Terminal.oneDigit(fault.toSeconds)) s, nothing judged")
            }
        }
        return outcome
    }

    private static func show(_ progress: RunProgress, on terminal: Terminal) {
        let isOver = progress.state != .running
        let part = progress.secondsTotal > 0 ? progress.secondsDone / progress.secondsTotal : nil
        let rest = isOver ? "" : progress.remainingSeconds.map { " · \(Terminal.clock($0)) left" } ?? ""
        let lost = Set(progress.problems.filter(\.isLost).map(\.path)).count
        terminal.progress(
            progress.state == .done ? 1 : part,
            "\(progress.filesDone)/\(progress.files) files · \(progress.pass == 2 && !isOver ? "closer look · " : "")"
                + "\(Terminal.oneDigit(progress.rate)) × real time\(rest) · \(progress.found) found"
                + (lost > 0 ? " · \(lost) failed" : ""),
            isLast: isOver)
    }
}
