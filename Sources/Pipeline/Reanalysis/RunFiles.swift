import Casework
import Evidence
import Foundation

/// What a run keeps in its `work/` until it is done: where each reel is, what excursions found, which inputs were read.
///
/// Each file is replaced in one step and is on the disk when the call returns, so a run that is killed finds the old state or
/// the new one. Safe from any thread, as no two write the same file.
struct RunFiles: Sendable {
    let folder: RunFolder

    /// What the first pass gave for a whole reel.
    struct ReelResult: Codable {
        var incidents: [FoundIncident]
        var outcomes: [FileOutcome]
        var faults: [ViewFaultSpan]
        var plans: [ExcursionPlan]
    }

    /// An input as it was when it was read.
    struct InputFacts: Codable, Equatable {
        var bytes: Int64
        var modifiedNanoseconds: Int64
        /// Of the whole file; nil until it was read to the end.
        var sha256: String?
    }

    /// Makes the folders.
    func prepare() throws {
        for path in [folder.workPath, stillsPath] {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
    }

    /// The run is done: only its record, findings and stills stay.
    func removeWork() throws {
        try? FileManager.default.removeItem(atPath: folder.workPath)
    }

    // MARK: Reels

    func state(reel: Int, boundary: Int) throws -> ReelWalk.State? {
        try read(ReelWalk.State.self, Self.stateName(reel, boundary))
    }

    func save(_ state: ReelWalk.State, reel: Int, boundary: Int) throws { try write(state, Self.stateName(reel, boundary)) }

    /// Numbers of the checkpoints that there are of a reel, ascending.
    func boundaries(reel: Int) -> [Int] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.workPath)) ?? []
        let start = "reel-\(reel)-"
        return names.compactMap { name in
            guard name.hasPrefix(start), name.hasSuffix(".state") else { return nil }
            return Int(name.dropFirst(start.count).dropLast(".state".count))
        }.sorted()
    }

    func removeState(reel: Int, boundary: Int) {
        unlink("\(folder.workPath)/\(Self.stateName(reel, boundary))")
    }

    func result(reel: Int) throws -> ReelResult? { try read(ReelResult.self, "reel-\(reel).result") }
    func save(_ result: ReelResult, reel: Int) throws { try write(result, "reel-\(reel).result") }

    func excursion(reel: Int, _ index: Int) throws -> Excursion.Result? {
        try read(Excursion.Result.self, "reel-\(reel)-excursion-\(index).result")
    }

    func save(_ result: Excursion.Result, reel: Int, _ index: Int) throws {
        try write(result, "reel-\(reel)-excursion-\(index).result")
    }

    private static func stateName(_ reel: Int, _ boundary: Int) -> String { "reel-\(reel)-\(boundary).state" }

    // MARK: Inputs

    /// What whoever made the run knew to be wrong with its footage: in its progress before it first began, kept here since.
    func listedProblems() throws -> [RunProblem] {
        if let known = try read([RunProblem].self, "listed.problems") { return known }
        let problems = (try? folder.progress())?.problems ?? []
        try write(problems, "listed.problems")
        return problems
    }

    func inputFacts(_ input: Int) throws -> InputFacts? { try read(InputFacts.self, "input-\(input).facts") }
    func save(_ facts: InputFacts, input: Int) throws { try write(facts, "input-\(input).facts") }

    // MARK: Stills

    private var stillsPath: String { folder.workPath + "/stills" }

    func save(still bytes: [UInt8], named name: String) throws {
        try DurableFile.replace("\(stillsPath)/\(name)", with: bytes, mode: 0o644)
    }

    /// Puts a still of `work/` where the finished run keeps it.
    func publish(still name: String, as path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(stillsPath)/\(name)")))
        try DurableFile.replace("\(folder.path)/\(path)", with: bytes, mode: 0o644)
    }

    // MARK: Files

    private func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value? {
        let path = "\(folder.workPath)/\(name)"
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try StateArchive.decode(type, from: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
    }

    private func write(_ value: some Encodable, _ name: String) throws {
        try DurableFile.replace("\(folder.workPath)/\(name)", with: StateArchive.encode(value))
    }
}
