import Casework
import Foundation
import HTTPTypes
import Pipeline

extension FindingDesk {
    /// One channel whose zones in a run are others than those in force.
    struct Approvable: Sendable {
        var channelID: String
        var channelName: String
        /// In force at this moment; 0 for none.
        var zonesVersion: Int
        /// Why it cannot be approved; nil where it can.
        var hindrance: Refusal?
    }

    /// The channels of a run whose zones could go live.
    func approvable(in run: FindingShelf.Run) async throws -> [Approvable] {
        var found: [Approvable] = []
        for entry in run.record.channels {
            let channel = try await store.channel(id: entry.channelID)
            let live = try await store.zones(channelID: entry.channelID, version: nil)
            if let live, Self.isSame(live.document, entry.zones) { continue }
            var hindrance: Refusal?
            do {
                try await checkApproval(of: entry, in: run)
            } catch let refusal as Refusal {
                hindrance = refusal
            }
            found.append(
                Approvable(
                    channelID: entry.channelID, channelName: channel?.name ?? entry.channelID, zonesVersion: channel?.zonesVersion ?? 0,
                    hindrance: hindrance))
        }
        return found
    }

    /// Puts the zones of a run in force as the channel's next version.
    /// - Parameter before: what the approver compared the run with; its figures go into the version's note.
    func approve(
        _ run: FindingShelf.Run, channelID: String, comparedWith before: Before, reason: String, by visit: Visit, address: String
    ) async throws -> ZonesVersionRecord {
        let reason = try Self.checked(reason)
        guard let entry = run.record.channels.first(where: { $0.channelID == channelID }) else { throw Refusal.notFound }
        // Asked for first: whoever edits a channel between the check and the edit makes it a conflict.
        let revision = try await store.channelRevision()
        try await checkApproval(of: entry, in: run)
        if let live = try await store.zones(channelID: channelID, version: nil), Self.isSame(live.document, entry.zones) {
            throw Refusal(.conflict, "in-force", zh: "这些区域已在使用。", en: "These zones are in force already.")
        }
        let approval = ZonesApproval(
            name: visit.user.displayName, reason: reason, runID: run.record.id, comparison: try await comparison(before, run),
            channelID: channelID)
        return try await channels.saveZones(
            channelID, document: entry.zones, note: approval.note(), revision: revision, by: visit, address: address)
    }

    /// - Throws: `Refusal` where the run's zones must not go live.
    private func checkApproval(of entry: RunChannel, in run: FindingShelf.Run) async throws {
        guard let channel = try await store.channel(id: entry.channelID) else {
            throw Refusal(
                .conflict, "unknown-channel", zh: "通道“\(entry.channelID)”不在系统中，区域来自文件，无处生效。",
                en: "There is no channel “\(entry.channelID)” here for which these zones could be in force.")
        }
        if let promotion, promotion.ruleVersion != run.record.ruleVersion {
            throw Refusal(
                .conflict, "other-profiles",
                zh: "该分析用的是规则 \(run.record.ruleVersion)，实时运行的是 \(promotion.ruleVersion)；只换区域得不到对比中的结果。",
                en: "The run was made with the profiles \(run.record.ruleVersion), live runs \(promotion.ruleVersion); its zones alone "
                    + "would not give what was compared.")
        }
        let versions = try await store.channelVersions(id: entry.channelID)
        let base = versions.first { $0.at <= run.record.createdAt }?.channel.zonesVersion ?? 0
        guard base == channel.zonesVersion else {
            throw Refusal(
                .conflict, "zones-changed", zh: "分析之后他人已保存区域第 \(channel.zonesVersion) 版（分析时为第 \(base) 版），请重新分析。",
                en: "The zones are at version \(channel.zonesVersion), the run began from version \(base); run it again.")
        }
    }

    /// The same whatever the order of keys and the blanks.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        func canonical(_ text: String) -> Data? {
            guard let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else { return nil }
            return try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        }
        return one == other || canonical(one).map { $0 == canonical(other) } ?? false
    }
}
