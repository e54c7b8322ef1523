import Casework
import Foundation

/// `/faults`: what needs somebody, then what needed somebody.
struct FaultsPage: Sendable {
    var faults: [FaultItem]
    var filter: FaultFilter
    var openCount: Int
    /// For the choice of a channel, by id.
    var channels: [QueuePage.Channel]
    /// Whether there are earlier ones than the last shown.
    var hasMore = false
    /// Why a note was not taken.
    var failure: String?
}

/// A fault with the names that its row says.
struct FaultItem: Sendable {
    var fault: FaultRecord
    /// The id of a channel that is no longer in service.
    var channelName: String?
    var place: String
    /// Display names by user id, of those who wrote notes.
    var userNames: [String: String]
}
