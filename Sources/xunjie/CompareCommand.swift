import ArgumentParser
import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Pipeline

struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Says what would change: between two runs, or between what officers decided and a run.",
        discussion: """
            RUN is a run's folder, or its number within --store. With --decided the first side is the store's cases: recall is \
            the part of the true cases (confirmed, exempt, transferred) that the run finds, precision the part of the decided \
            cases found that were true. Cases outside the run's footage count for neither.
            """)

    @Argument(help: ArgumentHelp("The run before and the run after; with --decided only the run.", valueName: "run"))
    var runs: [String]

    @Option(help: "Compare with the decided cases of this store; nothing else may have it open.")
    var decided: String?

    @Option(help: "Store in which a run is looked for by its number.")
    var store = ".var/store"

    @Option(help: "Also write all pairs here, as CSV.")
    var csv: String?

    @Option(help: "Also write everything here, as JSON.")
    var json: String?

    @Option(help: "Seconds by which beginning or confirmation of a pair must differ to count as moved.")
    var movedAfter: Double?

    @Option(help: "Folder with site.yaml, which says in which time zone the hours are.")
    var config: String?

    func validate() throws {
        guard runs.count == (decided == nil ? 2 : 1) else {
            throw ValidationError(decided == nil ? "name two runs, or one with --decided STORE" : "with --decided name one run")
        }
        if let movedAfter, !(0...86_400).contains(movedAfter) { throw ValidationError("--moved-after must be from 0 to 86400 seconds") }
    }

    func run() async throws {
        let inputs = try runs.map { name in
            let folder = try folder(of: name)
            do {
                return try RunComparison.Input(run: folder)
            } catch {
                throw ValidationError("\(folder.path): is no run that is done: \(Self.reason(error))")
            }
        }
        guard let after = inputs.last else { return }
        let before = decided == nil ? inputs[0] : try await decisions(after)
        var tolerance: RunComparison.Tolerance = decided == nil ? .runs : .decisions
        if let movedAfter { tolerance.movedSeconds = movedAfter }
        let comparison = RunComparison(before: before, after: after, tolerance: tolerance, timeZone: try timeZone())
        if let csv { try Data(comparison.csv.utf8).write(to: URL(fileURLWithPath: csv), options: .atomic) }
        if let json { try comparison.json().write(to: URL(fileURLWithPath: json), options: .atomic) }
        report(comparison)
    }

    private func folder(of name: String) throws -> RunFolder {
        for path in [name, "\(store)/runs/\(name)"] where FileManager.default.fileExists(atPath: path + "/run.json") {
            return RunFolder(path: URL(fileURLWithPath: path).standardizedFileURL.path)
        }
        throw ValidationError("“\(name)”: no run there (no run.json), and none of that number in \(store)/runs")
    }

    private func decisions(_ run: RunComparison.Input) async throws -> RunComparison.Input {
        guard let decided, let coverage = run.coverage else { throw ExitStatus.failed }
        return try await DecidedStore.use(decided) { store in
            try await .cases(of: store, evidencePath: decided + "/evidence", shownBy: coverage)
        }
    }

    private func timeZone() throws -> TimeZone {
        let path = try ProjectFolders.config(config) + "/site.yaml"
        let site = try ConfigFile.read(Station.Site.self, path)
        guard let zone = TimeZone(identifier: site.time_zone) else {
            throw SettingsError(file: path, line: nil, reason: "“\(site.time_zone)” is no time zone of this system")
        }
        return zone
    }

    private func report(_ comparison: RunComparison) {
        func rows(_ counts: [String: ChangeCount], _ order: (String, String) -> Bool) -> [[String]] {
            counts.sorted { order($0.key, $1.key) }.map { [$0.key] + Self.cells($0.value) }
        }
        let titles = ["kept", "gained", "lost", "moved", "renamed", "uncovered"]
        TextTable.print(
            titles: ["type"] + titles, rows: rows(comparison.byViolation, <) + [["all"] + Self.cells(comparison.total)])
        print("")
        TextTable.print(titles: ["camera"] + titles, rows: rows(comparison.byChannel, <))
        print("")
        TextTable.print(
            titles: ["hour"] + titles, rows: rows(comparison.byHour) { (Int($0) ?? 99) < (Int($1) ?? 99) })
        guard let score = comparison.score else { return }
        print("")
        print("recall \(TextTable.number(score.recall)): \(score.trueFound) of \(score.trueFound + score.trueLost) true cases found")
        print(
            "precision \(TextTable.number(score.precision)): \(score.trueFound) of \(score.trueFound + score.falseFound) decided cases found were true"
        )
        print(
            "false alarms avoided \(score.falseAvoided), raised again \(score.falseFound); undecided \(score.undecided); "
                + "outside the footage \(score.notCovered); found without a case \(score.unjudged)")
    }

    private static func cells(_ count: ChangeCount) -> [String] {
        [count.kept, count.gained, count.lost, count.moved, count.renamed, count.uncovered].map(String.init)
    }

    private static func reason(_ error: any Error) -> String {
        (error as? DecodingError).map { "\($0)" } ?? error.localizedDescription
    }
}

/// A store whose decided cases are read, by commands that change nothing in it.
enum DecidedStore {
    /// - Throws: `ValidationError` for a folder without a store, or one that a process has open.
    static func use<Value>(_ folder: String, _ body: (SQLiteCaseStore) async throws -> Value) async throws -> Value {
        guard FileManager.default.fileExists(atPath: folder + "/xunjie.sqlite") else {
            throw ValidationError("\(folder): holds no store (no xunjie.sqlite)")
        }
        do {
            let store = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: folder))
            defer { try? store.close() }
            return try await body(store)
        } catch let error as CaseStoreError {
            guard case .locked = error else { throw error }
            throw ValidationError("\(error); while it runs, its page /runs/compare?decided=1 says the same, as do its CSV and JSON")
        }
    }
}
