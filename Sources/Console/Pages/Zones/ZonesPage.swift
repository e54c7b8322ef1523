import Casework
import Foundation

/// `/channels/{id}/zones`: polygons on the channel's picture.
struct ZonesPage: Sendable {
    struct Version: Sendable {
        var version: Int
        /// Display name.
        var author: String
        var at: Date
        /// Where a run was approved.
        var approval: ZonesApproval?
    }

    /// Another channel whose zones may be copied.
    struct Other: Sendable {
        var id: String
        var name: String
    }

    var channelID: String
    var channelName: String
    var place: String
    /// The document in force, or the one that was refused; JSON.
    var document: String
    /// False before the first analysed picture.
    var hasStill: Bool
    /// Of the channel's picture; 0 while unknown.
    var pictureWidth: Int
    var pictureHeight: Int
    /// Newest first; empty while nothing is drawn.
    var versions: [Version]
    /// Why the document was refused.
    var failure: String?
    /// Whether the document was just taken up.
    var isSaved = false
    /// Those that have zones.
    var others: [Other] = []
}
