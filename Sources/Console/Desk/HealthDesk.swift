import Casework
import Foundation
import Pipeline

/// The channels' days and faults, the same for pages and API.
struct HealthDesk: Sendable {
    static let noteLimit = 500

    let store: any CaseStore
    let health: any HealthReporting
    let feed: ConsoleFeed
    let timeZone: TimeZone
    let now: @Sendable () -> Date

    var today: LocalDay { LocalDay(now(), in: timeZone) }

    /// Stored days, with today's as the keeper counts it at this moment.
    func days(_ range: ClosedRange<LocalDay>, channelID: String?) async throws -> [HealthDayRecord] {
        let today = today
        var days = try await store.health(range, channelID: channelID)
        guard range.contains(today) else { return days }
        let fresh = await health.snapshot().today.filter { channelID == nil || $0.key == channelID }
        days.removeAll { $0.day == today && fresh[$0.channelID] != nil }
        return (days + fresh.values).sorted { ($0.channelID, $0.day) < ($1.channelID, $1.day) }
    }

    func fault(_ id: String) async throws -> FaultRecord {
        guard let fault = try await store.fault(id: id) else { throw Refusal.notFound }
        return fault
    }

    func note(_ id: String, text: String, by visit: Visit, address: String) async throws -> FaultRecord {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...Self.noteLimit).contains(text.count) else {
            throw Refusal.invalid(
                "text", zh: "备注须为 1–\(Self.noteLimit) 字。", en: "A note has 1 to \(Self.noteLimit) characters.")
        }
        _ = try await fault(id)
        let noted = try await store.addNote(FaultNote(text: text, userID: visit.user.id, at: now()), faultID: id)
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: "fault-noted", subject: id, address: address))
        feed.publish(.faultChanged(id: id))
        return noted
    }

    /// What a query asks for.
    /// - Throws: `Refusal` for a state or kind that there is not.
    static func filter(state: String?, kind: String?, channel: String?) throws(Refusal) -> FaultFilter {
        var filter = FaultFilter(standing: .all, channelID: channel.flatMap { $0.isEmpty ? nil : $0 })
        if let state, !state.isEmpty {
            guard let standing = FaultFilter.Standing(rawValue: state) else {
                throw .invalid("state", zh: "状态须为 open、closed 或 all。", en: "The state is open, closed or all.")
            }
            filter.standing = standing
        }
        if let kind, !kind.isEmpty {
            guard let known = FaultKind(rawValue: kind) else {
                let names = FaultKind.allCases.map(\.rawValue).joined(separator: ", ")
                throw .invalid("kind", zh: "故障类别须为：\(names)。", en: "The kind is one of \(names).")
            }
            filter.kind = known
        }
        return filter
    }
}
