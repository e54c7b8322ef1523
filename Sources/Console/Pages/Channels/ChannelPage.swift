import Casework
import Foundation

/// `/channels/{id}`: one camera, its last days, its faults, and what can be done.
struct ChannelPage: Sendable {
    var tile: ChannelTile
    /// Address without user, password and query.
    var source: String
    /// Oldest first, one for each of the last days; nil for a day without a record.
    var days: [(day: LocalDay, record: HealthDayRecord?)]
    /// Newest first.
    var faults: [FaultItem]
}
