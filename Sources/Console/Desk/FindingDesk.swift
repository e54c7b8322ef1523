import Casework
import Evidence
import Foundation
import HTTPTypes
import NIOPosix
import Pipeline

/// What is done with the findings of runs, the same for pages and API.
struct FindingDesk: Sendable {
    /// What stands before a run in a comparison.
    enum Before: Sendable, Hashable {
        case run(id: String)
        case decisions
    }

    let shelf: FindingShelf
    let store: any CaseStore
    let evidenceRoot: String
    let channels: ChannelDesk
    /// nil where this program can seal nothing.
    let promotion: (any FindingPromotion)?
    let timeZone: TimeZone
    let now: @Sendable () -> Date

    func finding(_ id: String, of run: FindingShelf.Run) throws(Refusal) -> RunFinding {
        guard let finding = run.findings?.first(where: { $0.id == id }) else { throw .notFound }
        return finding
    }

    // MARK: Comparing

    /// - Throws: `Refusal` for a run that is not done yet.
    func comparison(_ before: Before, _ after: FindingShelf.Run) async throws -> RunComparison {
        let later = try Self.input(after)
        let earlier: RunComparison.Input
        switch before {
        case .run(let id): earlier = try Self.input(await shelf.run(id))
        case .decisions: earlier = try await cases(shownBy: RunCoverage(after.record.inputs))
        }
        let (timeZone, tolerance) = (timeZone, before == .decisions ? RunComparison.Tolerance.decisions : .runs)
        return try await NIOThreadPool.singleton.runIfActive {
            RunComparison(before: earlier, after: later, tolerance: tolerance, timeZone: timeZone)
        }
    }

    /// The live case of the same act for each finding that has one; empty for a run that is not done.
    func cases(met by: FindingShelf.Run) async throws -> [String: ComparedFinding] {
        guard by.findings?.isEmpty == false else { return [:] }
        return Self.cases(in: try await comparison(.decisions, by))
    }

    /// - Parameter comparison: of the decisions with a run.
    static func cases(in comparison: RunComparison) -> [String: ComparedFinding] {
        var cases: [String: ComparedFinding] = [:]
        for entry in comparison.entries {
            if let finding = entry.after, let standing = entry.before { cases[finding.id] = standing }
        }
        // A piece of an act leads to the case of the whole.
        for entry in comparison.entries {
            if let finding = entry.after, let whole = entry.partOf, cases[finding.id] == nil { cases[finding.id] = cases[whole] }
        }
        return cases
    }

    private func cases(shownBy coverage: RunCoverage) async throws -> RunComparison.Input {
        let (shelf, root) = (shelf, evidenceRoot)
        return try await .cases(of: store, evidencePath: root, shownBy: coverage) { record in
            shelf.pictureSize(of: record) {
                guard let manifest = try? EvidenceManifest.read(of: record, evidencePath: root) else { return [] }
                return [manifest.channel.width, manifest.channel.height]
            }
        }
    }

    private static func input(_ run: FindingShelf.Run) throws(Refusal) -> RunComparison.Input {
        guard let findings = run.findings else {
            throw Refusal(
                .conflict, "run-not-done", zh: "分析“\(run.record.name)”尚未完成，完成后才能对比。",
                en: "The run “\(run.record.name)” is not done yet; only what is done can be compared.")
        }
        return RunComparison.Input(run.record, findings)
    }

    // MARK: Promoting

    private static let reasonLimit = 500

    func promote(
        _ findingID: String, of run: FindingShelf.Run, reason: String, by visit: Visit, address: String
    ) async throws -> PromotedCase {
        let finding = try finding(findingID, of: run)
        let reason = try Self.checked(reason)
        guard let promotion else {
            throw Refusal(.serviceUnavailable, "no-evidence", zh: "本程序不能封存证据。", en: "This program seals no evidence.")
        }
        do {
            let promoted = try await promotion.promote(finding, of: run.record, reason: reason, by: visit.user.id)
            try await store.appendAccess(
                AccessRecord(
                    at: now(), userID: visit.user.id, action: "finding-promoted",
                    subject: "\(run.record.id)/\(finding.id) \(promoted.caseID)",
                    address: address))
            return promoted
        } catch let refusal as PromotionRefusal {
            throw Refusal(refusal)
        } catch let error as SettingsError {
            throw Refusal(.unprocessableContent, "zones-broken", zh: "区域有误：\(error)", en: "A zone is wrong: \(error)")
        } catch let error as EvidenceError {
            throw Refusal(.insufficientStorage, "not-sealed", zh: "证据未能封存：\(error)", en: "The evidence could not be sealed: \(error)")
        }
    }

    static func checked(_ reason: String) throws(Refusal) -> String {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...reasonLimit).contains(reason.count) else {
            throw .invalid("reason", zh: "请写明理由（1–\(reasonLimit) 字）。", en: "A reason is needed, 1 to \(reasonLimit) characters.")
        }
        return reason
    }
}

extension Refusal {
    init(_ refusal: PromotionRefusal) {
        let code: String
        switch refusal {
        case .isCase: code = "is-case"
        case .noWallClock: code = "no-wall-clock"
        case .sourceMissing: code = "source-missing"
        case .sourceChanged: code = "source-changed"
        case .sourceUnusable: code = "source-unusable"
        case .unknownChannel: code = "unknown-channel"
        case .unknownZone: code = "unknown-zone"
        }
        let text = refusal.text
        self.init(.conflict, code, zh: text.zh, en: text.en)
        if case .isCase(let id) = refusal { link = "/cases/\(id)" }
    }
}
