import Casework
import Foundation

/// The runs of a folder. Records are read once, as they may name tens of thousands of files; progress is read each time.
struct RunShelf {
    private struct Known {
        var changed: Date
        var summary: RunSummary
    }

    let folder: String
    private var known: [String: Known] = [:]

    init(folder: String) {
        self.folder = folder
    }

    /// Newest first.
    mutating func list() -> [RunSummary] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        known = known.filter { names.contains($0.key) }
        return names.sorted(by: >).compactMap { summary($0) }
    }

    /// - Parameter id: a name within the folder; anything else is unknown.
    mutating func summary(_ id: String) -> RunSummary? {
        guard !id.isEmpty, !id.hasPrefix("."), !id.contains("/"), !id.contains("\0") else { return nil }
        let run = RunFolder(path: folder + "/" + id)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: run.path + "/run.json"),
            let changed = attributes[.modificationDate] as? Date
        else { return nil }
        var summary: RunSummary
        if let kept = known[id], kept.changed == changed {
            summary = kept.summary
        } else {
            guard let fresh = Self.read(run) else { return nil }
            known[id] = Known(changed: changed, summary: fresh)
            summary = fresh
        }
        summary.progress = try? run.progress()
        summary.wish = run.wish()
        return summary
    }

    private static func read(_ run: RunFolder) -> RunSummary? {
        // The folder's name is the id: a copy under another name is no run of its own.
        guard var record = try? run.record(), record.id == run.id else { return nil }
        let inputs = record.inputs
        record.inputs = []
        let starts = inputs.compactMap(\.startsAt)
        let ends = inputs.compactMap { input in input.startsAt?.addingTimeInterval(max(0, input.seconds ?? 0)) }
        let span = starts.min().flatMap { first in ends.max().map { DateInterval(start: first, end: max(first, $0)) } }
        return RunSummary(
            folder: run, record: record, files: inputs.count, footageSeconds: inputs.reduce(0) { $0 + ($1.seconds ?? 0) }, span: span,
            progress: nil, wish: .run)
    }
}
