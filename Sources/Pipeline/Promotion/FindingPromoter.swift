public import Casework
import Dispatch
import Evidence
import FFmpegIO
public import Foundation
import FrameCore
import Violations

/// Makes live cases of findings: cuts the clip out of the archived file, never re-encoded, seals the package, adds the case.
///
/// One at a time, so that two officers who promote the same act at the same moment get one case.
public actor FindingPromoter: FindingPromotion {
    /// How far the clock of the archive may be from that of the live cases, seconds.
    private static let clockSlack = 60.0
    /// A case that began earlier than this is not looked for, seconds: nothing stands longer without being confirmed again.
    private static let caseReach = 24.0 * 3600

    private let store: any CaseStore
    private let evidencePath: String
    private let writer: EvidenceWriter
    private let library: ProfileLibrary
    private let timeZone: TimeZone
    private let screen: LedgerScreen?
    private let now: @Sendable () -> Date
    private let added: @Sendable (_ caseID: String) -> Void
    private let queue = DispatchQueue(label: "xunjie.promotion")
    /// Ends with the promotion that was asked for last.
    private var last: Task<PromotedCase, any Error>?

    /// - Parameters:
    ///   - evidencePath: the folder that the cases' package paths are relative to.
    ///   - timeZone: of the site.
    ///   - screen: asks the ledgers about each new case.
    ///   - added: called once the case is in the store.
    public init(
        store: any CaseStore, evidencePath: String, writer: EvidenceWriter, library: ProfileLibrary, timeZone: TimeZone,
        screen: LedgerScreen? = nil, now: @escaping @Sendable () -> Date = { Date() }, added: @escaping @Sendable (_ caseID: String) -> Void
    ) {
        self.store = store
        self.evidencePath = evidencePath
        self.writer = writer
        self.library = library
        self.timeZone = timeZone
        self.screen = screen
        self.now = now
        self.added = added
    }

    public nonisolated var ruleVersion: String { library.rules.version }

    public func promote(_ finding: RunFinding, of run: RunRecord, reason: String, by userID: String) async throws -> PromotedCase {
        let earlier = last
        let work = Task {
            // Its outcome is its own asker's business.
            _ = await earlier?.result
            return try await makeCase(finding, run, reason, userID)
        }
        last = work
        return try await work.value
    }

    private func makeCase(_ finding: RunFinding, _ run: RunRecord, _ reason: String, _ userID: String) async throws -> PromotedCase {
        guard let confirmedAt = finding.confirmedAt, finding.firstStillAt != nil else {
            throw PromotionRefusal.noWallClock(path: finding.path)
        }
        let caseID = Self.id("case", finding, run, at: confirmedAt)
        if try await store.caseRecord(id: caseID.text) != nil { return PromotedCase(caseID: caseID.text, isNew: false) }
        guard let channel = try await store.channel(id: finding.channelID) else {
            throw PromotionRefusal.unknownChannel(id: finding.channelID)
        }
        if let other = try await standingCase(finding, run, confirmedAt) { throw PromotionRefusal.isCase(id: other) }
        let source = try PromotionSource(
            finding: finding, run: run, rules: library.rules, caseID: caseID,
            incidentID: Self.id("incident", finding, run, at: confirmedAt).text, channelName: channel.name,
            device: EvidenceManifest.Device(channel), timeZone: timeZone)
        let promotion = PromotionSource.Deed(userID: userID, reason: reason, at: now())
        let writer = writer
        try writer.admit()
        let sealed = try await queue.blocking { try writer.seal(source.draft(promotion)) }
        let incident = IncidentRecord(manifest: sealed.manifest, score: sealed.manifest.rule.measurements["scorePart"] ?? 0)
        try await store.addCase(CaseRecord(sealed: sealed, incident: incident), actor: userID)
        let detail = try JSONSerialization.data(
            withJSONObject: [
                "run": run.id, "finding": finding.id, "note": reason, "file": finding.path,
                "file_sha256": sealed.manifest.archive?.fileSHA256.hex ?? "",
            ], options: [.sortedKeys, .withoutEscapingSlashes])
        try await store.appendEvent(
            caseID: caseID.text, at: promotion.at, actor: userID, kind: "promoted", detail: String(decoding: detail, as: UTF8.self))
        if let clearedAt = finding.clearedAt {
            var cleared = incident
            cleared.phase = .cleared
            cleared.clearedAt = clearedAt
            try await store.recordIncident(cleared)
        }
        writer.announce(sealed)
        await screen?.screen(sealed.manifest)
        added(caseID.text)
        return PromotedCase(caseID: caseID.text, isNew: true)
    }

    /// The case of the same act, whoever made it.
    private func standingCase(_ finding: RunFinding, _ run: RunRecord, _ confirmedAt: Date) async throws -> String? {
        let wanted = ComparedFinding(finding, coverage: RunCoverage(run.inputs))
        let earliest = (finding.firstStillAt ?? confirmedAt) - Self.caseReach
        var cursor: CaseCursor?
        repeat {
            let page = try await store.cases(CaseFilter(states: [], channelID: finding.channelID), after: cursor, limit: 500)
            for record in page.cases {
                // The place needs the manifest, which is only read where the time fits.
                guard ComparedFinding(record, pictureSize: []).sharesTime(with: wanted, slack: Self.clockSlack),
                    let manifest = try? EvidenceManifest.read(of: record, evidencePath: evidencePath)
                else { continue }
                let standing = ComparedFinding(record, pictureSize: [manifest.channel.width, manifest.channel.height])
                if standing.sharesPlace(with: wanted) { return record.id }
            }
            // No case is made before its act.
            cursor = page.cases.last.map { $0.createdAt >= earliest } ?? false ? page.next : nil
        } while cursor != nil
        return nil
    }

    /// The same for the same finding of the same run, at the time of its confirmation.
    private static func id(_ use: String, _ finding: RunFinding, _ run: RunRecord, at date: Date) -> PackageID {
        let milliseconds = Int64(max(0, date.timeIntervalSince1970 * 1000)) & 0xffff_ffff_ffff
        return PackageID(milliseconds: milliseconds, hash: ContentHash(of: Array("\(use)\n\(run.id)\n\(finding.id)".utf8)))
    }
}
