import ArgumentParser
import Casework
import Foundation
import Pipeline
import Violations

/// `xunjie tune --decided`: a proposal out of what officers decided. Never put in force by itself.
struct DecidedTuning {
    let store: String
    let kind: ViolationKind
    /// The cases that the numbers are chosen on; nil for all channels.
    let channel: String?
    let folds: Int
    let out: String?
    let date: String?
    let dryRun: Bool
    let models: String

    func run() async throws {
        let library = try ProfileLibrary.load(folder: models)
        let (all, unreadable) = try await DecidedStore.use(store) { opened in
            try await MeasuredCase.load(kind, from: opened, evidencePath: store + "/evidence")
        }
        for id in unreadable { Terminal.standardError.message("note: case \(id): its manifest cannot be read, so it is left out") }
        let cases = all.filter { channel == nil || $0.channelID == channel }
        let outcome: DecisionTuning.Outcome
        do {
            outcome = try DecisionTuning(kind, cases: cases, folds: folds, rules: library.rules).run()
        } catch {
            Terminal.standardError.message("\(error)\(channel.map { " on channel \($0)" } ?? "")")
            throw ExitStatus.failed
        }
        report(outcome, cases)
        let elsewhere = all.filter { channel != nil && $0.channelID != channel }
        let others = DecisionTuning.effect(of: outcome.tuned, insteadOf: outcome.present, on: elsewhere)
        if channel != nil, outcome.tuned != outcome.present {
            print(
                "A profile holds for all channels. On the \(elsewhere.count) decided cases of the others it would have avoided "
                    + "\(others.avoided.count) false alarms and cost \(others.cost.count) true cases\(Self.list(others.cost))")
        }
        print(
            "Not judged: looser limits, the dwell, the visible part and metres, and what was never reported. Cases by infrared light "
                + "are tried against the numbers of the day.")
        guard outcome.isBetter else {
            print("No proposal: on cases held out the numbers do no better than the present ones.")
            return
        }
        guard !dryRun else {
            print("Nothing was written.")
            return
        }
        try write(outcome, others, cases.count)
    }

    private func report(_ outcome: DecisionTuning.Outcome, _ cases: [MeasuredCase]) {
        func row(_ name: String, _ score: TypeScore) -> [String] {
            [
                name, String(score.matched), String(score.missed), String(score.wrong), TextTable.number(score.recall),
                TextTable.number(score.precision), TextTable.number(score.f1),
            ]
        }
        let confirmed = cases.count(where: \.isTrue)
        print(
            "\(kind.rawValue): \(confirmed) true cases, \(cases.count - confirmed) false alarms\(channel.map { " of channel \($0)" } ?? "")"
        )
        TextTable.print(
            titles: ["profile", "true kept", "true lost", "false left", "recall", "precision", "F1"],
            rows: [
                row("present", outcome.presentScore), row("tuned, where chosen (folds added)", outcome.trainScore),
                row("tuned, held out", outcome.heldOutScore),
            ])
        print(outcome.changes.isEmpty ? "No number changes." : outcome.changes.joined(separator: "\n"))
        guard !outcome.changes.isEmpty else { return }
        print("It would have avoided \(Self.count(outcome.effect.avoided, "false alarm"))\(Self.list(outcome.effect.avoided))")
        print("It would have cost \(Self.count(outcome.effect.cost, "true case"))\(Self.list(outcome.effect.cost))")
    }

    private func write(_ outcome: DecisionTuning.Outcome, _ others: DecisionTuning.Effect, _ count: Int) throws {
        let present = "\(models)/\(kind.rawValue).yaml"
        let day = date ?? Date().formatted(.iso8601.year().month().day())
        let name = [kind.rawValue, channel, day].compactMap { $0 }.joined(separator: "_")
        let target = URL(fileURLWithPath: out ?? "\(store)/proposals/\(name).yaml").standardizedFileURL
        // A link or “..” must not lead there either.
        let folder = target.deletingLastPathComponent()
        guard folder.resolvingSymlinksInPath().path != URL(fileURLWithPath: models).standardizedFileURL.resolvingSymlinksInPath().path
        else {
            throw ValidationError(
                "\(target.path): a proposal is not written among the profiles in force; compare it in a re-analysis first")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var text = try ProfileText(path: present)
        try text.set(
            outcome.tuned, from: outcome.present,
            provenance: ProfileText.Provenance(
                folders: ["decided cases"], clips: count, date: day, train: outcome.trainScore, heldOut: outcome.heldOutScore,
                isFootage: false))
        let effect = outcome.effect
        let head =
            [
                "# A proposal out of officers' decisions, in force nowhere. Re-analyse with it and compare before it replaces the profile.",
                "# Chosen on \(count) decided cases\(channel.map { " of channel \($0)" } ?? "").",
                "# Would have avoided \(Self.count(effect.avoided, "false alarm"))\(Self.list(effect.avoided))",
                "# Would have cost \(Self.count(effect.cost, "true case"))\(Self.list(effect.cost))",
            ]
            + (channel == nil
                ? [] : ["# On other channels: avoided \(others.avoided.count), cost \(others.cost.count)\(Self.list(others.cost))"])
        let document = head.joined(separator: "\n") + "\n" + text.text
        try Data(document.utf8).write(to: target, options: .atomic)
        print("wrote \(target.path)")
    }

    private static func count(_ ids: [String], _ what: String) -> String { "\(ids.count) \(what)\(ids.count == 1 ? "" : "s")" }

    private static func list(_ ids: [String]) -> String { ids.isEmpty ? "." : ": " + ids.joined(separator: ", ") }
}
