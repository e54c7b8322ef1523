/// Questions about many cases at once, answered in milliseconds whatever the size of the store.
public protocol CaseStatistics: Sendable {
    /// What was found on these days and became of it.
    /// - Parameter channels: only these; nil for all.
    func summary(_ days: ClosedRange<LocalDay>, channels: Set<String>?) async throws -> CaseSummary
    /// Cases whose id, package or incident begins with the text, and those of the channels and shops that its words name.
    /// - Parameter limit: of the cases, 1…500.
    func search(_ text: String, limit: Int) async throws -> CaseSearch
}

/// What a search found.
public struct CaseSearch: Sendable {
    /// Newest first.
    public var cases: [CaseRecord]
    /// Channels that all words are found in: id, name or place.
    public var channelIDs: [String]
    /// Shops that all words are found in: id or name.
    public var shopIDs: [String]

    public init(cases: [CaseRecord] = [], channelIDs: [String] = [], shopIDs: [String] = []) {
        self.cases = cases
        self.channelIDs = channelIDs
        self.shopIDs = shopIDs
    }
}
