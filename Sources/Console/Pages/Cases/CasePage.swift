import Casework
import Evidence
import Foundation
import Pipeline

/// `/cases/{id}`: all that one decision needs. File addresses follow from the case's id and the manifest's names.
struct CasePage: Sendable {
    /// What is known of the sealed package.
    enum Seal: Sendable {
        case unchecked
        /// The manifest is the one that the case was made with.
        case sound
        /// Says what is wrong.
        case broken(String)
    }

    /// Said on top of the page after a form was sent.
    enum Notice: Sendable {
        /// Somebody else decided first.
        case conflict
        /// The store's own words why it was refused.
        case refused(String)
        case undone
        /// What was just done.
        case done(CaseAction.Kind)
    }

    var record: CaseRecord
    var catalogue: ViolationCatalogue
    var reasons: DecisionReasons
    var channelName: String
    var place: String
    /// nil if it cannot be read.
    var manifest: EvidenceManifest?
    var seal: Seal
    /// Oldest first.
    var events: [CaseEvent]
    /// Display names by user id, for the history.
    var userNames: [String: String]
    /// Neighbours in the filter's order: `previousID` is newer, `nextID` older.
    var previousID: String?
    var nextID: String?
    var filter: QueueFilter
    /// What the viewer could do now.
    var possible: [CaseAction.Kind]
    /// Why the viewer, an officer, cannot review the case.
    var refusalToReview: CaseLife.Refusal?
    /// Whether the viewer is to judge without knowing what others said.
    var isBlind: Bool
    /// After how many minutes the view is looked at again, for this type.
    var recheckMinutes: Int
    /// Until when the viewer may take the standing decision back; nil if not at all.
    var undoUntil: Date?
    var notice: Notice?
    /// What the ledgers say of the shop and of permits.
    var party: LedgerDesk.PartyFinding?
    /// How long an earlier violation counts.
    var firstOffenceYears = 0
    /// Messages and drafts; nil where this program sends none.
    var notices: CaseNotices?
    /// Deadlines, loop and referrals; nil where the site has no settings for them.
    var duty: ClockedCase?
    var dutySettings: DutySettings?
}
