import Casework
import Dispatch
public import FFmpegIO
import Foundation
import FrameCore
import Synchronization

extension ArchiveScan {
    private struct State {
        var next = 0
        var done = 0
        var looks: [Look?]
    }

    /// What one file gave.
    private enum Look {
        case usable(survey: FileSurvey, origin: FileOrigin)
        case lost(reason: String)
        case passedOver
    }

    /// Lists what `inputs` hold: the same footage gives the same listing, however the threads raced.
    ///
    /// Blocks until all is looked at. Memory grows with the number of files, not with their size. What cannot be used is a problem
    /// in the listing, also an input that is not there.
    /// - Parameter progress: called on any of the threads, once a file.
    /// - Throws: `ArchiveScanError.stopped`.
    public func list(
        _ inputs: [String], stop: StopFlag = StopFlag(), progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) throws(ArchiveScanError) -> ArchiveListing {
        var walk = ArchiveWalk(rules: settings.rules, stop: stop)
        for input in inputs { try walk.take(input) }
        let candidates = walk.candidates
        let finder = OriginFinder(settings: settings)
        let state = Mutex(State(looks: Array(repeating: nil, count: candidates.count)))
        progress(Progress(filesDone: 0, files: candidates.count))
        DispatchQueue.concurrentPerform(iterations: min(jobs, max(candidates.count, 1))) { _ in
            while !stop.isStopped {
                let index = state.withLock { state -> Int? in
                    guard state.next < candidates.count else { return nil }
                    defer { state.next += 1 }
                    return state.next
                }
                guard let index else { return }
                let look = self.look(at: candidates[index], finder, stop)
                progress(
                    state.withLock { state in
                        state.looks[index] = look
                        state.done += 1
                        return Progress(filesDone: state.done, files: candidates.count)
                    })
            }
        }
        guard !stop.isStopped else { throw .stopped }
        return assemble(candidates, state.withLock { $0.looks }, problems: walk.problems)
    }

    private func look(at candidate: ArchiveWalk.Candidate, _ finder: OriginFinder, _ stop: StopFlag) -> Look {
        let survey: FileSurvey
        do throws(AVError) {
            survey = try FileSurvey.run(candidate.path, stop: stop)
        } catch {
            return candidate.isGuess ? .passedOver : .lost(reason: Self.reason(error, candidate.path))
        }
        guard survey.firstKeySeconds != nil || !survey.wasSearchedWhole else {
            return candidate.isGuess ? .passedOver : .lost(reason: "holds no key frame: nothing of it can be decoded")
        }
        if let seconds = survey.seconds, seconds <= 0 { return .lost(reason: "is cut off before its first picture") }
        let absolute = URL(fileURLWithPath: candidate.path).standardizedFileURL.path
        var origin = finder.origin(of: candidate, path: absolute, survey: survey)
        if origin.startsAt == nil && settings.readsClock { readClock(candidate.path, survey, stop, into: &origin) }
        // Files whose time is unknown are no one's timeline: each keeps its own name.
        if origin.channelID == nil, origin.startsAt != nil { origin.channelID = finder.folderChannel(absolute) }
        origin.remarks += SurveyRemarks.remarks(survey, path: candidate.path, origin: origin)
        return .usable(survey: survey, origin: origin)
    }

    private func readClock(_ path: String, _ survey: FileSurvey, _ stop: StopFlag, into origin: inout FileOrigin) {
        switch BurntInClock.read(path, survey: survey, zone: settings.timeZone, stop: stop) {
        case .date(let date):
            origin.startsAt = date
            origin.source = "burnt-in"
        case .unreadable(let reason):
            origin.remarks.append(ArchiveRemark(kind: .single, text: "the clock in its picture cannot be read: \(reason)"))
        case .noProgram:
            origin.remarks.append(ArchiveRemark(kind: .noClockProgram, text: BurntInClock.missingProgram))
        }
    }

    /// Why a file cannot be opened, said more exactly where its first bytes tell more.
    private static func reason(_ error: AVError, _ path: String) -> String {
        guard error.code == .invalidData else { return error.reason }
        switch ContainerSniff.video(path)?.container {
        case "mov", "mp4":
            return "is an MP4 that was cut off before its index (moov): nothing of it can be read; recover it with a repair tool"
        case let container?: return "begins as \(container) and is damaged"
        case nil: return "is no video, whatever its name says"
        }
    }

    // MARK: Putting together

    private func assemble(_ candidates: [ArchiveWalk.Candidate], _ looks: [Look?], problems: [RunProblem]) -> ArchiveListing {
        var problems = problems
        var remarks = RemarkDigest()
        var names = LoneNames()
        var inputs: [RunInput] = []
        for (candidate, look) in zip(candidates, looks) {
            switch look {
            case .lost(let reason): problems.append(RunProblem(path: candidate.path, reason: reason, isLost: true))
            case .usable(let survey, let origin):
                let channelID = origin.channelID ?? names.name(for: candidate.path)
                inputs.append(
                    RunInput(
                        path: candidate.path, channelID: channelID, startsAt: origin.startsAt, timeSource: origin.source,
                        seconds: survey.seconds, bytes: Self.bytes(of: candidate.path)))
                for remark in origin.remarks { remarks.add(remark, path: candidate.path, channelID: channelID) }
            case .passedOver, nil: break
            }
        }
        problems += remarks.problems
        problems.sort { ($0.path, $0.reason) < ($1.path, $1.reason) }
        return ArchiveListing(timelines: TimelineAssembly.timelines(inputs, rules: settings.rules), problems: problems)
    }

    private static func bytes(of path: String) -> Int64 {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64
        return size ?? ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int).flatMap { $0 }.map(Int64.init) ?? 0)
    }
}

/// Names for files that nothing tells the channel of: their own, made different where two are alike.
private struct LoneNames {
    private var taken: Set<String> = []

    mutating func name(for path: String) -> String {
        let parts = path.split(separator: "/").map(String.init)
        let stem = ChannelName.clean((parts.last.map { $0 as NSString } ?? "").deletingPathExtension) ?? "file"
        let folder = parts.dropLast().last.flatMap(ChannelName.clean)
        var candidates = [stem]
        if let folder { candidates.append("\(folder)_\(stem)") }
        var count = 2
        while true {
            for candidate in candidates where taken.insert(candidate).inserted { return candidate }
            candidates = ["\(stem)_\(count)"]
            count += 1
        }
    }
}
