public import Casework
public import Foundation

/// The channels of a store that another process has open, asked for over `ChannelRegistrySocket`.
public struct ChannelRegistryClient: ChannelRegistry {
    private typealias Socket = ChannelRegistrySocket

    private let path: String

    /// nil if no process listens there.
    public init?(storeFolder: String) {
        path = Socket.path(storeFolder: storeFolder)
        guard let connection = Self.connect(path) else { return nil }
        close(connection)
    }

    public func channels() async throws -> [ChannelRecord] { try channels(ask(.channels)) }

    public func channels(atRevision revision: Int) async throws -> [ChannelRecord] { try channels(ask(.channelsAt(revision: revision))) }

    public func channel(id: String) async throws -> ChannelRecord? { try channels(ask(.channel(id: id))).first }

    public func channelRevision() async throws -> Int { try revision(ask(.revision)) }

    @discardableResult
    public func editChannels(_ edits: [ChannelEdit], by author: String, at: Date, basedOn revision: Int?) async throws -> Int {
        try self.revision(ask(.edit(edits, author: author, at: at, basedOn: revision)))
    }

    public func channelVersions(id: String) async throws -> [ChannelVersionRecord] {
        guard case .versions(let versions) = try ask(.versions(id: id)) else { throw Self.misunderstood }
        return versions
    }

    public func zones(channelID: String, version: Int?) async throws -> ZonesVersionRecord? {
        guard case .zones(let zones) = try ask(.zones(channelID: channelID, version: version)) else { throw Self.misunderstood }
        return zones
    }

    private func channels(_ answer: Socket.Answer) throws -> [ChannelRecord] {
        guard case .channels(let channels) = answer else { throw Self.misunderstood }
        return channels
    }

    private func revision(_ answer: Socket.Answer) throws -> Int {
        guard case .revision(let revision) = answer else { throw Self.misunderstood }
        return revision
    }

    /// Blocks for as long as the answer takes, which is the one thing that a command waits for.
    private func ask(_ question: Socket.Question) throws -> Socket.Answer {
        guard let connection = Self.connect(path) else {
            throw CaseStoreError.refused("the program that has the store open has just ended; try again")
        }
        defer { close(connection) }
        Socket.setTimeouts(connection)
        guard Socket.write(try JSONEncoder().encode(question), to: connection), let data = Socket.read(connection),
            let answer = try? JSONDecoder().decode(Socket.Answer.self, from: data)
        else { throw Self.misunderstood }
        if case .refused(let why) = answer { throw CaseStoreError.refused(why) }
        return answer
    }

    private static func connect(_ path: String) -> Int32? {
        guard let (descriptor, address) = Socket.make(path) else { return nil }
        if Socket.call(Foundation.connect, descriptor, address) { return descriptor }
        close(descriptor)
        return nil
    }

    private static let misunderstood = CaseStoreError.refused(
        "the program that has the store open did not answer; look at its log, or use its console")
}
