import Casework
import Foundation

/// What a second officer sees before giving an opinion: the evidence and nothing that the first officer said.
///
/// Two opinions are two only if the second was formed without the first (administrative penalty law art. 42).
enum BlindReview {
    /// Whether this viewer must judge before reading what others said.
    static func applies(to record: CaseRecord, for user: UserRecord) -> Bool {
        record.state == .secondReview && user.role == .secondOfficer && !record.standing.involved.contains(user.id)
    }

    static func record(_ record: CaseRecord, for user: UserRecord) -> CaseRecord {
        guard applies(to: record, for: user) else { return record }
        var blind = record
        var standing = CaseStanding()
        standing.state = record.state
        standing.look = record.standing.look.map { look in
            // The pair of pictures, without what was concluded from it.
            CaseStanding.Look(
                at: look.at,
                findings: SecondLook(
                    proposal: .cannotSee, reason: BilingualText(zh: "二审前不显示", en: "not shown before the second opinion"),
                    addendum: look.findings.addendum, addendumSHA256: look.findings.addendumSHA256))
        }
        standing.recused = record.standing.recused
        standing.hold = record.standing.hold
        standing.shopID = record.standing.shopID
        blind.standing = standing
        return blind
    }

    /// The machine's lines but those that tell what people or the second look concluded.
    static func events(_ events: [CaseEvent], of record: CaseRecord, for user: UserRecord) -> [CaseEvent] {
        guard applies(to: record, for: user) else { return events }
        return events.filter { ["sealed", "went-on", "cleared", "seen-again", "repaired", "found-broken"].contains($0.kind) }
    }
}
