import ArgumentParser
import Evidence
import Foundation

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks an evidence package or a whole store, offline, and names every byte range, link or signature that is wrong.",
        discussion: "Exit code 0: everything is as it was sealed. 1: something is not; each problem is one line.")

    @Argument(help: "A package's folder, or a store.")
    var path: String

    @Option(help: "The public key (PEM) that packages must be signed with; a store's own key.pub otherwise.")
    var key: String?

    func run() async throws {
        let trusted = try key.map { path in try VerifyingKey.load(from: path) } ?? []
        let verifier = EvidenceVerifier(trustedKeys: trusted)
        switch EvidenceVerifier.target(at: path) {
        case .package: try report(verifier.verify(package: path))
        case .store: try reportStore(verifier)
        case nil:
            Terminal.standardError.message("\(path): neither an evidence package (no manifest.json) nor a store (no evidence folder)")
            throw ExitStatus.failed
        }
    }

    private func report(_ report: PackageReport) throws {
        for problem in report.problems { print("\(report.path): \(problem)") }
        guard report.isIntact else { throw ExitStatus.failed }
        print("\(report.path): as sealed; \(report.signer)")
    }

    private func reportStore(_ verifier: EvidenceVerifier) throws {
        let terminal = Terminal.standardError
        let report = verifier.verify(store: path) { progress in
            terminal.progress(
                Double(progress.packagesDone) / Double(max(1, progress.packageCount)),
                "\(progress.packagesDone)/\(progress.packageCount) packages · \(progress.bytesRead >> 20) MB",
                isLast: progress.packagesDone == progress.packageCount)
        }
        for line in report.lines { print(line) }
        print(
            "\(report.packageCount) packages of \(report.packageCountByChannel.count) channels, "
                + (report.isIntact ? "all as sealed" : "\(report.lines.count) problems") + "; \(report.keySource)")
        guard report.isIntact else { throw ExitStatus.failed }
    }
}
