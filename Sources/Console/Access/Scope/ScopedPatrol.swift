import Casework
import Pipeline

/// The patrol as the user whose request is answered may see it; see `ScopedCaseStore`.
struct ScopedPatrol: PatrolControl {
    let base: any PatrolControl

    private var scope: AccessScope { RequestAccess.current.scope }

    func channelStatuses() async -> [ChannelStatus] { await base.channelStatuses().filter { scope.holds($0.id) } }

    func latestStill(channelID: String) async -> [UInt8]? {
        scope.holds(channelID) ? await base.latestStill(channelID: channelID) : nil
    }

    func thumbnail(channelID: String) async -> Thumbnail? { scope.holds(channelID) ? await base.thumbnail(channelID: channelID) : nil }

    func probe(url: String, transport: String) async throws -> SourceProbe { try await base.probe(url: url, transport: transport) }

    func probeBriefly(url: String, transport: String) async throws -> SourceProbe {
        try await base.probeBriefly(url: url, transport: transport)
    }

    func checkZones(document: String) throws { try base.checkZones(document: document) }

    func channelChanged(id: String) async { await base.channelChanged(id: id) }

    func watch(channelID: String, for duration: Duration) async {
        if scope.holds(channelID) { await base.watch(channelID: channelID, for: duration) }
    }
}
