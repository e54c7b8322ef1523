public import Evidence
import Foundation

extension RunComparison.Input {
    /// A run that is done.
    /// - Throws: what reading `run.json` or `findings.jsonl` throws.
    public init(run folder: RunFolder) throws {
        try self.init(folder.record(), folder.findings())
    }

    public init(_ record: RunRecord, _ findings: [RunFinding]) {
        let coverage = RunCoverage(record.inputs)
        self.init(
            side: .init(runID: record.id, name: record.name, ruleVersion: record.ruleVersion, count: findings.count),
            findings: findings.map { ComparedFinding($0, coverage: coverage) }, coverage: coverage)
    }

    /// The store's cases of the channels that `coverage` shows, decided or not.
    /// - Parameters:
    ///   - evidencePath: the folder that the cases' package paths are relative to.
    ///   - pictureSize: what is known already of a case's picture, width and height; nil has its manifest read.
    public static func cases(
        of store: any CaseStore, evidencePath: String, shownBy coverage: RunCoverage,
        pictureSize: @Sendable (CaseRecord) -> [Int]? = { _ in nil }
    ) async throws -> RunComparison.Input {
        var found: [ComparedFinding] = []
        for channel in coverage.times.keys.sorted() {
            var cursor: CaseCursor?
            repeat {
                let page = try await store.cases(CaseFilter(states: [], channelID: channel), after: cursor, limit: 500)
                for record in page.cases {
                    let incident = record.incident
                    let isShown = coverage.covers(channel, from: incident.openedAt, to: incident.confirmedAt ?? record.createdAt)
                    // Only what can be met needs a place.
                    let size = isShown ? pictureSize(record) ?? Self.pictureSize(of: record, evidencePath: evidencePath) : []
                    found.append(ComparedFinding(record, pictureSize: size))
                }
                cursor = page.next
            } while cursor != nil
        }
        return RunComparison.Input(
            side: .init(runID: nil, name: "", ruleVersion: nil, count: found.count), findings: found, coverage: nil)
    }

    private static func pictureSize(of record: CaseRecord, evidencePath: String) -> [Int] {
        guard let manifest = try? EvidenceManifest.read(of: record, evidencePath: evidencePath) else { return [] }
        return [manifest.channel.width, manifest.channel.height]
    }
}

extension EvidenceManifest {
    /// What a case's package says of itself, unchecked: for lists and figures, not for proof.
    public static func read(of record: CaseRecord, evidencePath: String) throws -> EvidenceManifest {
        let url = URL(fileURLWithPath: evidencePath).appendingPathComponent(record.packagePath).appendingPathComponent("manifest.json")
        return try JSONDecoder().decode(EvidenceManifest.self, from: Data(contentsOf: url))
    }
}
