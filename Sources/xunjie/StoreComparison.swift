import CaseStoreSQLite
import Casework
import Evidence

/// Compares a store's cases with its packages: each must have the other, and they must say the same.
enum StoreComparison {
    /// None where there is no database, or one that could not be read, which is reported already.
    static func problems(_ packages: StoreReport, _ rows: StoreInspection) -> [StoreProblem] {
        guard rows.hasDatabase, rows.isReadable else { return [] }
        let byPath = Dictionary(rows.cases.map { ($0.packagePath, $0) }) { first, _ in first }
        var problems = rows.cases.compactMap { problem(of: $0, packages) }
        for path in packages.packages.keys.sorted() where byPath[path] == nil {
            problems.append(StoreProblem(subject: path, what: "is a package without a case; the program adds the case when it is started"))
        }
        return problems
    }

    private static func problem(of row: StoreInspection.Case, _ report: StoreReport) -> StoreProblem? {
        func told(_ what: String) -> StoreProblem { StoreProblem(subject: "cases \(row.id)", what: what) }
        guard let package = report.packages[row.packagePath] else {
            // What cannot be read is told of the package; what retention removed is told in the case's log.
            let isKnown = row.isDeleted || report.unreadable.contains(row.packagePath)
            return isKnown ? nil : told("its package \(row.packagePath) is missing")
        }
        guard package.manifestSHA256.hex == row.manifestSHA256 else {
            return told("the manifest of its package \(row.packagePath) is another one than was sealed with the case")
        }
        let pairs = [
            ("id", row.id, package.caseID), ("incident_id", row.incidentID, package.incidentID),
            ("channel_id", row.channelID, package.channelID), ("violation", row.violation, package.violation),
        ]
        let different = pairs.filter { $0.1 != $0.2 }.map { "\($0.0) is “\($0.1)”, the package says “\($0.2)”" }
        return different.isEmpty ? nil : told("is not what its package \(row.packagePath) tells: " + different.joined(separator: "; "))
    }
}
