public import Foundation

/// The list of channels and all its versions. Part of `CaseStore`; apart, so that whoever only edits channels asks for no more.
public protocol ChannelRegistry: Sendable {
    /// Those in service, by id.
    func channels() async throws -> [ChannelRecord]
    /// nil for a channel that is not there or was removed.
    func channel(id: String) async throws -> ChannelRecord?
    /// Those that were in service at an earlier revision, as they were, by id.
    func channels(atRevision revision: Int) async throws -> [ChannelRecord]
    /// Grows by one with every transaction that changed a channel or its zones; 0 for a new store.
    func channelRevision() async throws -> Int
    /// Makes all edits in one transaction, or none. Each channel that is different afterwards gets one new version, however
    /// many edits it took; if none is, nothing is written.
    /// - Parameters:
    ///   - author: a user's id, or `machine`, `command line`, `file`.
    ///   - revision: what the editor began with; another one by now is a conflict. nil does not ask.
    /// - Returns: the revision in force afterwards.
    /// - Throws: `CaseStoreError.notFound`, `.exists`, `.conflict`, `.refused`.
    @discardableResult
    func editChannels(_ edits: [ChannelEdit], by author: String, at: Date, basedOn revision: Int?) async throws -> Int
    /// All versions of a channel, newest first, of a removed one too.
    func channelVersions(id: String) async throws -> [ChannelVersionRecord]
    /// One version of the zones, or the one in force.
    func zones(channelID: String, version: Int?) async throws -> ZonesVersionRecord?
}

/// One thing to do to the list of channels.
public enum ChannelEdit: Codable, Sendable, Hashable {
    /// A channel that must not be there. An id that was removed comes back without zones, since the camera may look elsewhere.
    case add(ChannelRecord)
    /// Replaces all but `id`, `zonesVersion` and `createdAt`. A `version` other than 0 must be the one in force.
    case change(ChannelRecord)
    /// Out of service; cases, evidence and versions stay.
    case remove(id: String)
    /// The next version of the zones, a JSON object; the note says why, as `ZonesApproval` does.
    case setZones(id: String, document: String, note: String? = nil)

    public var channelID: String {
        switch self {
        case .add(let channel), .change(let channel): channel.id
        case .remove(let id), .setZones(let id, _, _): id
        }
    }
}

/// One version of a channel: all of it, as it stood from `at` until the next one. A version is never changed or removed.
public struct ChannelVersionRecord: Codable, Sendable, Hashable {
    /// With `version` and `zonesVersion` as they were. Holds the camera's password.
    public var channel: ChannelRecord
    /// The store's revision that this version came with.
    public var revision: Int
    /// Taken out of service by this version.
    public var isRemoved: Bool
    public var author: String
    public var at: Date

    public init(channel: ChannelRecord, revision: Int, isRemoved: Bool, author: String, at: Date) {
        self.channel = channel
        self.revision = revision
        self.isRemoved = isRemoved
        self.author = author
        self.at = at
    }
}

extension ChannelRegistry {
    /// Adds, or throws `CaseStoreError.exists`.
    public func addChannel(_ channel: ChannelRecord, by author: String = "machine") async throws {
        try await editChannels([.add(channel)], by: author, at: channel.createdAt, basedOn: nil)
    }

    /// Replaces all but `id`, `zonesVersion` and `createdAt`.
    public func updateChannel(_ channel: ChannelRecord, by author: String = "machine", at: Date = Date()) async throws {
        try await editChannels([.change(channel)], by: author, at: at, basedOn: nil)
    }

    /// Marks the channel as removed; its cases and evidence stay.
    public func removeChannel(id: String, by author: String, at: Date) async throws {
        try await editChannels([.remove(id: id)], by: author, at: at, basedOn: nil)
    }

    /// Appends the next version and makes it the one in force.
    /// - Parameter basedOn: the revision that the editor began with; another one by now is a conflict. nil does not ask.
    @discardableResult
    public func setZones(
        channelID: String, document: String, note: String = "", author: String, at: Date, basedOn base: Int? = nil
    ) async throws -> ZonesVersionRecord {
        let edit = ChannelEdit.setZones(id: channelID, document: document, note: note.isEmpty ? nil : note)
        let revision = try await editChannels([edit], by: author, at: at, basedOn: base)
        // By the revision, since the next version may be in force already.
        guard let saved = try await channelVersions(id: channelID).first(where: { $0.revision == revision }),
            let zones = try await zones(channelID: channelID, version: saved.channel.zonesVersion)
        else {
            throw CaseStoreError.notFound("channel “\(channelID)”")
        }
        return zones
    }

    /// Puts an earlier version in force as a new one: address, name and all, and the zones that it had.
    /// - Returns: the channel as it now stands.
    @discardableResult
    public func restoreChannel(id: String, version: Int, by author: String, at: Date) async throws -> ChannelRecord {
        let versions = try await channelVersions(id: id)
        guard let earlier = versions.first(where: { $0.channel.version == version }), let current = versions.first else {
            throw CaseStoreError.notFound("version \(version) of channel “\(id)”")
        }
        var channel = earlier.channel
        channel.version = current.channel.version
        var edits: [ChannelEdit] = [current.isRemoved ? .add(channel) : .change(channel)]
        let zonesInForce = current.isRemoved ? 0 : current.channel.zonesVersion
        if channel.zonesVersion != zonesInForce {
            let zones = channel.zonesVersion == 0 ? nil : try await zones(channelID: id, version: channel.zonesVersion)
            edits.append(.setZones(id: id, document: zones?.document ?? #"{"zones": []}"#))
        }
        try await editChannels(edits, by: author, at: at, basedOn: nil)
        guard let restored = try await self.channel(id: id) else { throw CaseStoreError.notFound("channel “\(id)”") }
        return restored
    }
}
