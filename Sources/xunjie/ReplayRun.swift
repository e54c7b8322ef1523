import FFmpegIO
import Foundation
import FrameCore
import Pipeline
import SceneAnalysis

/// Runs a batch with its progress on the terminal, and says at the end what happened to each file.
struct ReplayRun {
    let library: ProfileLibrary
    let jobs: Int
    /// One picture is analysed in each such time; nil for as often as the dwell asks.
    var sampling: Duration?

    func run(_ items: [ReplayBatch.Item], totalSeconds: Double?) -> [Replay.Result] {
        let started = ContinuousClock.now
        let terminal = Terminal.standardError
        let show: @Sendable (ReplayBatch.Progress, Bool) -> Void = { progress, isLast in
            let elapsed = max(0.001, started.duration(to: .now).inSeconds)
            let rate = progress.seconds / elapsed
            let part =
                totalSeconds.map { min(1, progress.seconds / max(1, $0)) } ?? Double(progress.filesDone) / Double(max(1, progress.files))
            let left = totalSeconds.map { max(0, $0 - progress.seconds) / max(0.001, rate) }
            let rest = left.map { isLast ? "" : " · \(Terminal.clock($0)) left" } ?? ""
            terminal.progress(
                isLast ? 1 : part,
                "\(progress.filesDone)/\(progress.files) files · \(Terminal.oneDigit(rate)) × real time\(rest) · "
                    + "\(progress.findings) found\(progress.failures > 0 ? " · \(progress.failures) failed" : "")",
                isLast: isLast)
        }
        let results = ReplayBatch(replay: Replay(library: library, sampling: sampling), jobs: jobs).run(items) { show($0, false) }
        show(ReplayBatch.Progress(files: items.count, results: results), true)
        for result in results {
            if let failure = result.failure { terminal.message("failed: \(failure)") }
            for remark in result.remarks { terminal.message("note: \(result.file): \(remark)") }
            for fault in result.viewFaults {
                terminal.message(
                    "view: \(result.file): \(fault.kind.rawValue) from \(Terminal.oneDigit(fault.fromSeconds)) to \(Terminal.oneDigit(fault.toSeconds)) s, nothing judged"
                )
            }
        }
        return results
    }
}
