public import Casework
public import Evidence
public import Foundation

/// Makes bundles of cases; nil-able where a program holds no evidence store of its own.
public protocol CaseExporting: Sendable {
    /// - Throws: `CaseStoreError.notFound`, `.refused` for a case whose package is gone; `EvidenceError`.
    func bundle(caseID: String, exporter: String, reason: String, at: Date) async throws -> CaseBundleStream
}

public struct CaseExporter: CaseExporting {
    private let store: any CaseStore
    private let evidence: EvidenceStore
    private let timeZone: TimeZone
    private let program: String
    private let life: CaseLife

    public init(store: any CaseStore, evidence: EvidenceStore, timeZone: TimeZone, program: String, life: CaseLife = CaseLife()) {
        self.store = store
        self.evidence = evidence
        self.timeZone = timeZone
        self.program = program
        self.life = life
    }

    public func bundle(caseID: String, exporter: String, reason: String, at: Date) async throws -> CaseBundleStream {
        try await bundle(caseID: caseID, exporter: exporter, reason: reason, at: at, upTo: .max)
    }

    /// - Parameter sequence: the last line of the log that goes into it: the same case then gives the same log, whatever came after.
    func bundle(caseID: String, exporter: String, reason: String, at: Date, upTo sequence: Int64) async throws -> CaseBundleStream {
        guard let record = try await store.caseRecord(id: caseID) else { throw CaseStoreError.notFound("case \(caseID)") }
        guard record.deletedAt == nil else { throw CaseStoreError.refused("case \(caseID): its package was deleted") }
        guard let manifest = ContentHash(hex: record.manifestSHA256) else {
            throw CaseStoreError.refused("case \(caseID): its row holds no manifest's hash")
        }
        let events = try await store.events(caseID: caseID).filter { $0.sequence <= sequence }
        let standing = try CaseLog.standing(after: events, life: life)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        let draft = CaseBundle(
            caseID: caseID, state: standing.state.rawValue, manifestSHA256: manifest, exporter: exporter, reason: reason,
            madeAt: WallTime(at, in: timeZone), program: program)
        return try evidence.bundle(
            draft, package: record.packagePath, log: try await store.logLines(caseID: caseID).filter { $0.sequence <= sequence },
            standing: [UInt8](try encoder.encode(standing)))
    }
}

extension WallTime {
    /// The moment as it is read on a clock there.
    init(_ date: Date, in timeZone: TimeZone) {
        self.init(
            millisecondsSince1970: Int64((date.timeIntervalSince1970 * 1000).rounded()),
            utcOffsetMinutes: timeZone.secondsFromGMT(for: date) / 60)
    }
}
