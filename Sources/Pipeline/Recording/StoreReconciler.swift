public import Casework
public import Evidence
import Foundation
public import Logging

/// Makes files and rows agree at start: a sealed package without a row becomes a case, a row without its package is named.
public enum StoreReconciler {
    /// What was found.
    public struct Report: Sendable {
        public var addedCases = 0
        public var missingPackages: [String] = []
    }

    /// - Parameter screen: asks the ledgers about the cases that are added.
    public static func run(
        sealed: [SealedPackage], store: any CaseStore, screen: LedgerScreen? = nil, logger: Logger
    ) async throws -> Report {
        var report = Report()
        let rows = try await store.packagePaths()
        var onDisk: Set<String> = []
        for package in sealed {
            onDisk.insert(package.manifest.caseID)
            guard rows[package.manifest.caseID] == nil else { continue }
            let score = package.manifest.rule.measurements["scorePart"] ?? 0
            let incident = IncidentRecord(manifest: package.manifest, score: score)
            if try await store.addCase(CaseRecord(sealed: package, incident: incident), actor: "machine") {
                report.addedCases += 1
                await screen?.screen(package.manifest)
                logger.notice("a sealed package had no case; it has one now", metadata: ["case": "\(package.manifest.caseID)"])
            }
        }
        for (caseID, path) in rows.sorted(by: { $0.key < $1.key }) where !onDisk.contains(caseID) {
            report.missingPackages.append(path)
            logger.critical("the evidence of a case is missing", metadata: ["case": "\(caseID)", "package": "\(path)"])
            try await store.appendEvent(
                caseID: caseID, at: Date(), actor: "machine", kind: "package-missing", detail: "{}")
        }
        return report
    }
}
