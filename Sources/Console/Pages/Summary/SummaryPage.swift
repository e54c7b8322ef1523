import Casework

/// `/summary`: what was found on a day, or some, and became of it.
struct SummaryPage: Sendable {
    var summary: CaseSummary
    /// The weeks before and with the last day, by day.
    var trend: CaseSummary
    var today: LocalDay
    var catalogue: ViolationCatalogue
    /// By channel id.
    var channelNames: [String: String]
}
