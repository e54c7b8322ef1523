import Casework
import Evidence
import FFmpegIO
import Foundation
import Synchronization

/// Watches that every input stays what it was when the run first read it. Safe from any thread.
final class RunInputs: Sendable {
    private let inputs: [RunInput]
    private let files: RunFiles
    private let known = Mutex<[Int: RunFiles.InputFacts]>([:])

    init(_ inputs: [RunInput], _ files: RunFiles) {
        self.inputs = inputs
        self.files = files
    }

    /// Refuses to go on with a run of which an input was changed since.
    func checkAll(stop: StopFlag) throws {
        for index in inputs.indices {
            guard let facts = try files.inputFacts(index) else { continue }
            known.withLock { $0[index] = facts }
            try check(index, against: facts, stop)
        }
    }

    /// Call before a file is opened. One that is not there is left to whoever opens it to complain of.
    func willOpen(_ index: Int, stop: StopFlag) throws {
        if let facts = known.withLock({ $0[index] }) { return try check(index, against: facts, stop) }
        guard let present = Self.look(inputs[index].path) else { return }
        guard inputs[index].bytes == 0 || present.bytes == inputs[index].bytes else {
            throw ReanalysisError.inputChanged(inputs[index].path)
        }
        try files.save(present, input: index)
        known.withLock { $0[index] = present }
    }

    private func check(_ index: Int, against facts: RunFiles.InputFacts, _ stop: StopFlag) throws {
        let path = inputs[index].path
        guard let present = Self.look(path), present.bytes == facts.bytes else { throw ReanalysisError.inputChanged(path) }
        guard present.modifiedNanoseconds != facts.modifiedNanoseconds else { return }
        // Touched, perhaps copied back from somewhere: what counts is what is in it.
        guard let sha256 = facts.sha256, try Self.hash(path, stop: stop) == sha256 else { throw ReanalysisError.inputChanged(path) }
        var same = facts
        same.modifiedNanoseconds = present.modifiedNanoseconds
        let facts = same
        known.withLock { $0[index] = facts }
        try files.save(facts, input: index)
    }

    /// Reads the whole file for its hash; without effect where it is known.
    func hash(_ index: Int, stop: StopFlag) throws {
        guard var facts = known.withLock({ $0[index] }), facts.sha256 == nil else { return }
        facts.sha256 = try Self.hash(inputs[index].path, stop: stop)
        let complete = facts
        try check(index, against: complete, stop)
        try files.save(complete, input: index)
        known.withLock { $0[index] = complete }
    }

    /// Lower-case hex; nil for a file that was never read.
    func sha256(_ index: Int) -> String? { known.withLock { $0[index]?.sha256 } }

    private static func look(_ path: String) -> RunFiles.InputFacts? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return RunFiles.InputFacts(
            bytes: Int64(status.st_size),
            modifiedNanoseconds: Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec))
    }

    private static func hash(_ path: String, stop: StopFlag) throws -> String {
        guard let hash = try ContentHash(ofFile: path, while: { !stop.isStopped }) else { throw AVError(.stopped, .read, path) }
        return hash.hex
    }
}
