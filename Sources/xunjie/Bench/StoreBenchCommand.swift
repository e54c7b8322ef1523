import ArgumentParser
import CaseStoreSQLite
import Foundation
import Pipeline

/// `xunjie bench store`: pages, searches and summaries of a store with a great many cases.
struct StoreBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Milliseconds of the queue's pages, of searches and of summaries in a store with a million cases.",
        discussion: """
            FOLDER is made and filled if it is not there, which takes minutes and some 3 GB, and left for the next time. Every kind \
            of question is asked alone and again while cases arrive, each with its fsync. A popular recorder's own statements, on \
            the same rows and analysed, are timed beside them.
            """)

    private struct Result: Encodable {
        var incidents: Int
        var channels: Int
        var days: Int
        var alone: [StoreBench.Times]
        var whileWriting: [StoreBench.Times]
        var writes: Int
        var peer: [StoreBench.Times]
        var machine: String
    }

    @Argument(help: "The store's folder, for this benchmark alone.")
    var folder: String

    @Option(help: "How many cases.")
    var incidents = 1_000_000

    @Option(help: "Of how many channels.")
    var channels = 90

    @Option(help: "Over how many days.")
    var days = 90

    @Option(help: "How many questions of each kind.")
    var questions = 250

    @Option(help: "Cases an hour that arrive meanwhile; sixty times 500, so that a minute stands for an hour.")
    var perHour = 30_000.0

    @Flag(help: "Check the whole store against its logs first; takes minutes.")
    var check = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard incidents > 0, channels > 0, days > 0, questions > 0, perHour > 0 else {
            throw ValidationError("all numbers must be more than 0")
        }
        guard channels <= 999 else { throw ValidationError("--channels must be from 1 to 999") }
    }

    func run() async throws {
        let url = URL(fileURLWithPath: folder)
        // A store that is there was filled up to its newest change, which is near enough for questions at random.
        let isNew = !FileManager.default.fileExists(atPath: folder + "/xunjie.sqlite")
        let store = try SQLiteCaseStore.open(directory: url)
        let note = folder + "/filled"
        var until = Date()
        if !isNew, let text = try? String(contentsOfFile: note, encoding: .utf8), let seconds = Double(text) {
            until = Date(timeIntervalSince1970: seconds)
        }
        let filler = StoreFiller(cases: incidents, channels: channels, days: days, until: until)
        if isNew {
            let all = incidents
            try await filler.fill(store) { done in
                Terminal.standardError.progress(Double(done) / Double(all), "\(done) cases", isLast: done == all)
            }
            try String(until.timeIntervalSince1970).write(toFile: note, atomically: true, encoding: .utf8)
        }
        if check {
            let problems = try await store.problems()
            for problem in problems { print(problem) }
            guard problems.isEmpty else { throw ExitStatus.failed }
        }
        let bench = StoreBench(store: store, filled: filler, questions: questions)
        let alone = try await bench.run()
        let perHour = perHour
        let writing = Task { try await bench.write(perHour: perHour) }
        let whileWriting = try await bench.run(seed: 8)
        writing.cancel()
        let writes = try await writing.value
        let peer = try bench.run(peer: PeerEvents(path: folder + "/peer.sqlite", copying: store))
        try store.close()
        let result = Result(
            incidents: incidents, channels: channels, days: days, alone: alone, whileWriting: whileWriting, writes: writes, peer: peer,
            machine: BenchMachine().description)
        if json { return try BenchOutput.printJSON(result) }
        show(result)
    }

    private func show(_ result: Result) {
        print("\(result.incidents) cases, \(result.channels) channels, \(result.days) days · \(result.machine)")
        print("                                            alone: p50     p95     max   writing: p50     p95     max   ms")
        for (alone, writing) in zip(result.alone, result.whileWriting) {
            print(
                alone.what.padding(toLength: 40, withPad: " ", startingAt: 0)
                    + String(
                        format: "%14.2f%8.2f%8.2f%15.2f%8.2f%8.2f", alone.p50_ms, alone.p95_ms, alone.max_ms, writing.p50_ms,
                        writing.p95_ms,
                        writing.max_ms))
        }
        for row in result.peer {
            print(
                row.what.padding(toLength: 40, withPad: " ", startingAt: 0)
                    + String(format: "%14.2f%8.2f%8.2f", row.p50_ms, row.p95_ms, row.max_ms))
        }
        print("\(result.writes) cases arrived and as many were decided meanwhile, each on the disk before the next")
    }
}
