import Casework

/// `/queue`, the home page: cases, newest first.
struct QueuePage: Sendable {
    struct Channel: Sendable {
        var id: String
        var name: String
    }

    var rows: [CaseRow]
    var filter: QueueFilter
    var counts: CaseCounts
    var catalogue: ViolationCatalogue
    /// For the choice of a channel, by id.
    var channels: [Channel]
    /// Cursor of the next page; nil on the last one.
    var next: String?
    /// Whether this is the first page, which grows while it is looked at.
    var isFirstPage = true
    /// All channels in service, and those of them that see something now.
    var channelCount: Int
    var seeingChannelCount: Int
}

/// One case in the queue; also rendered alone, as `/queue/rows/{id}`.
struct CaseRow: Sendable {
    var record: CaseRecord
    /// nil for a violation that the catalogue does not name.
    var entry: ViolationCatalogue.Entry?
    var channelName: String
    var place: String
    /// Display name of who decided.
    var deciderName: String?
    /// Continued at the case's address, so that next and previous stay within the filter.
    var filter = QueueFilter()
}
