import ArgumentParser
import CaseStoreSQLite
import Casework
import Evidence
import Foundation

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract:
            "Checks evidence packages, bundles of cases or whole stores, offline, and names every byte range, link, signature, row or log line that is wrong.",
        discussion: """
            Of a store, the packages and their chains are checked, then the database: its logs, every row against them, and every \
            case against its package. Nothing is written; the store may be running. \
            Exit code 0: everything is as it was sealed. 1: something is not; each problem is one line, and with several paths each \
            line begins with its path.
            """)

    @Argument(help: "A package's folder, a bundle (.tar), or a store; as many as needed.")
    var paths: [String]

    @Option(help: "The public key (PEM) that packages must be signed with; a store's own key.pub otherwise.")
    var key: String?

    func run() async throws {
        let trusted = try key.map { path in try VerifyingKey.load(from: path) } ?? []
        let verifier = EvidenceVerifier(trustedKeys: trusted)
        var isIntact = true
        for path in paths {
            switch EvidenceVerifier.target(at: path) {
            case .package: isIntact = report(verifier.verify(package: path)) && isIntact
            case .store: isIntact = try await reportStore(path, verifier) && isIntact
            case nil where CaseBundleVerifier.isBundle(path):
                let folder = FileManager.default.temporaryDirectory.path
                isIntact = report(CaseBundleVerifier(trustedKeys: trusted).verify(bundle: path, temporaryFolder: folder)) && isIntact
            case nil:
                Terminal.standardError.message(
                    "\(path): neither an evidence package (no manifest.json), a bundle (.tar) nor a store (no evidence folder)")
                isIntact = false
            }
        }
        guard isIntact else { throw ExitStatus.failed }
    }

    private func report(_ report: PackageReport) -> Bool {
        for problem in report.problems { print("\(report.path): \(problem)") }
        if report.isIntact {
            let added = report.addendaSHA256.isEmpty ? "" : " with \(report.addendaSHA256.count) addenda"
            print("\(report.path): as sealed\(added); \(report.signer)")
        }
        return report.isIntact
    }

    private func report(_ report: BundleReport) -> Bool {
        for problem in report.problems { print("\(report.path): \(problem)") }
        guard report.isIntact, let bundle = report.bundle else { return false }
        print("\(report.path): case \(bundle.caseID) as exported at \(bundle.madeAt); \(report.signer)")
        return true
    }

    private func reportStore(_ path: String, _ verifier: EvidenceVerifier) async throws -> Bool {
        let terminal = Terminal.standardError
        let isAlone = paths.count == 1
        // The rows first: a case that is added meanwhile has its package, and is not missed.
        let rows = try await SQLiteCaseStore.inspection(of: URL(fileURLWithPath: path))
        let logged = Dictionary(
            rows.cases.map { row in
                let named = row.addenda.compactMap { addendum in
                    ContentHash(hex: addendum.sha256).map { LoggedAddendum(folder: addendum.folder, sha256: $0) }
                }
                return (row.packagePath, named)
            }, uniquingKeysWith: +)
        let report = verifier.verify(store: path, loggedAddenda: logged) { progress in
            guard isAlone else { return }
            terminal.progress(
                Double(progress.packagesDone) / Double(max(1, progress.packageCount)),
                "\(progress.packagesDone)/\(progress.packageCount) packages · \(progress.bytesRead >> 20) MB",
                isLast: progress.packagesDone == progress.packageCount)
        }
        let lines = report.lines + (rows.problems + StoreComparison.problems(report, rows)).map(\.description)
        let prefix = isAlone ? "" : path + ": "
        for line in lines { print(prefix + line) }
        print(
            prefix + "\(report.packageCount) packages of \(report.packageCountByChannel.count) channels"
                + (rows.hasDatabase ? ", \(rows.cases.count) cases, " : ", no database, ")
                + (report.certifiedCount > 0 ? "\(report.certifiedCount) deleted with their certificates, " : "")
                + (lines.isEmpty ? "all as sealed" : "\(lines.count) problems") + "; \(report.keySource)")
        return lines.isEmpty
    }
}
