import Casework

extension ScopedCaseStore {
    func summary(_ days: ClosedRange<LocalDay>, channels: Set<String>?) async throws -> CaseSummary {
        let asked = channels.map { AccessScope.only($0) } ?? .all
        return try await base.summary(days, channels: asked.intersection(scope).channelIDs)
    }

    /// Shops are no camera's: their names are found, their cases only where the cameras are seen.
    func search(_ text: String, limit: Int) async throws -> CaseSearch {
        var found = try await base.search(text, limit: limit)
        found.cases.removeAll { !scope.holds($0.incident.channelID) }
        found.channelIDs.removeAll { !scope.holds($0) }
        return found
    }
}
