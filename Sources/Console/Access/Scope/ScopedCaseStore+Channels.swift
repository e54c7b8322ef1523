import Casework
import Foundation

/// Channels, their health and the ledger of their papers.
extension ScopedCaseStore {
    func channels() async throws -> [ChannelRecord] { try await base.channels().filter { scope.holds($0.id) } }

    func channel(id: String) async throws -> ChannelRecord? { scope.holds(id) ? try await base.channel(id: id) : nil }

    func channels(atRevision revision: Int) async throws -> [ChannelRecord] {
        try await base.channels(atRevision: revision).filter { scope.holds($0.id) }
    }

    func channelRevision() async throws -> Int { try await base.channelRevision() }

    func editChannels(_ edits: [ChannelEdit], by author: String, at: Date, basedOn revision: Int?) async throws -> Int {
        // A channel that is new belongs to no group yet.
        if let outside = edits.first(where: { !scope.holds($0.channelID) }) {
            throw CaseStoreError.notFound("channel “\(outside.channelID)”")
        }
        return try await base.editChannels(edits, by: author, at: at, basedOn: revision)
    }

    func channelVersions(id: String) async throws -> [ChannelVersionRecord] {
        scope.holds(id) ? try await base.channelVersions(id: id) : []
    }

    func zones(channelID: String, version: Int?) async throws -> ZonesVersionRecord? {
        scope.holds(channelID) ? try await base.zones(channelID: channelID, version: version) : nil
    }

    // MARK: Health

    func saveHealth(_ days: [HealthDayRecord]) async throws {
        try requireAll()
        try await base.saveHealth(days)
    }

    func health(_ days: ClosedRange<LocalDay>, channelID: String?) async throws -> [HealthDayRecord] {
        try await base.health(days, channelID: channelID).filter { scope.holds($0.channelID) }
    }

    func saveFaults(_ faults: [FaultRecord]) async throws {
        try requireAll()
        try await base.saveFaults(faults)
    }

    func fault(id: String) async throws -> FaultRecord? {
        guard let fault = try await base.fault(id: id), holds(fault) else { return nil }
        return fault
    }

    func faults(_ filter: FaultFilter, before: Date?, limit: Int) async throws -> [FaultRecord] {
        guard scope.isConfined else { return try await base.faults(filter, before: before, limit: limit) }
        if let channel = filter.channelID, !scope.holds(channel) { return [] }
        // Page by page, until enough of them are this user's. The first page holds every open fault there is likely to be.
        var (found, before) = ([FaultRecord](), before)
        let step = max(limit, 1_000)
        while found.count < limit {
            let page = try await base.faults(filter, before: before, limit: step)
            found += page.filter(holds)
            guard page.count >= step, let last = page.last, last.startedAt != before else { break }
            before = last.startedAt
        }
        return Array(found.prefix(limit))
    }

    func openFaultCount() async throws -> Int {
        guard scope.isConfined else { return try await base.openFaultCount() }
        return try await faults(FaultFilter(standing: .open), before: nil, limit: 1_000).count
    }

    func addNote(_ note: FaultNote, faultID: String) async throws -> FaultRecord {
        guard try await fault(id: faultID) != nil else { throw CaseStoreError.notFound("fault “\(faultID)”") }
        return try await base.addNote(note, faultID: faultID)
    }

    func removeHealth(before day: LocalDay, faultsEndedBefore date: Date) async throws -> [String] {
        try requireAll()
        return try await base.removeHealth(before: day, faultsEndedBefore: date)
    }

    /// The machine's own faults hang on no channel and are for those who see all.
    private func holds(_ fault: FaultRecord) -> Bool { fault.channelID.map(scope.holds) ?? !scope.isConfined }
}
