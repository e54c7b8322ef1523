import Foundation
import FrameCore
import Pipeline

/// `/past` and `/past/{id}`: a place, a time, and what stood there.
struct PastPage: Sendable {
    /// What the form shows.
    struct Form: Sendable {
        var channelID: String
        var from: Date?
        var to: Date?
        var region: [UnitPoint]
        var staySeconds: Double
    }

    struct Channel: Sendable {
        var id: String
        var name: String
        var hasFootage: Bool
    }

    var contents: ArchiveContents
    var channels: [Channel]
    var form: Form
    /// The one that is shown; nil on the empty form.
    var search: PastDesk.Search?
    /// Of this user, newest first.
    var recent: [PastDesk.Search]
    /// Why a search was not begun.
    var failure: String?
}
