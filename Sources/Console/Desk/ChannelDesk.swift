import Casework
import Foundation
import HTTPTypes
import Pipeline

/// What operators do with channels, the same for pages and API.
struct ChannelDesk: Sendable {
    /// What was filled in, as text; fields that are missing stay as they are.
    typealias Fields = [ChannelField: String]

    /// They have pages of their own beside the channels'.
    static let takenWords: Set<String> = ["add", "probe", "import", "imports"]

    let store: any CaseStore
    let patrol: any PatrolControl
    let feed: ConsoleFeed
    let allowsLocalFiles: Bool
    let now: @Sendable () -> Date
    /// Why the channels file on the disk is not in force; nil while it is, or there is none.
    let fileProblem: @Sendable () -> String?

    func channel(_ id: String) async throws -> ChannelRecord {
        guard let channel = try await store.channel(id: id) else { throw Refusal.notFound }
        return channel
    }

    // MARK: Adding and changing

    /// - Parameter channelID: whose stored address is meant where `url` is what the console shows of it.
    /// - Throws: `Refusal` with the camera's answer, without credentials.
    func probe(
        url: String, transport: String, field: ChannelField = .url, channelID: String? = nil
    ) async throws -> SourceProbe {
        var stored = ""
        if let channelID { stored = try await channel(channelID)[field] }
        let url = try given(url, field, stored: stored)
        guard ["tcp", "udp"].contains(transport) else {
            throw Refusal.invalid("transport", zh: "传输方式须为 tcp 或 udp。", en: "The transport is tcp or udp.")
        }
        do {
            return try await patrol.probe(url: url, transport: transport)
        } catch let error as CancellationError {
            throw error
        } catch {
            let why = Self.scrubbed("\(error)", of: url)
            throw Refusal(
                .unprocessableContent, "probe-failed", zh: "视频源打不开：\(why)", en: "The source cannot be opened: \(why)",
                field: field.formName)
        }
    }

    func add(_ fields: Fields, by visit: Visit, address: String) async throws -> ChannelRecord {
        var channel = ChannelRecord(id: "", name: "", url: "", createdAt: now())
        try apply(fields, to: &channel)
        guard !Self.takenWords.contains(channel.id) else {
            throw Refusal.invalid("id", zh: "“\(channel.id)”不能用作编号。", en: "“\(channel.id)” cannot be an id.")
        }
        if try await store.channel(id: channel.id) != nil {
            throw Refusal(
                .conflict, "exists", zh: "编号“\(channel.id)”已被使用。", en: "The id “\(channel.id)” is taken.", field: "id")
        }
        try await store.addChannel(channel, by: visit.user.id)
        try await tell(channel.id, "channel-added", visit, address)
        return channel
    }

    /// - Parameter base: the version that the editor began with; another one in force by now is a conflict. nil does not ask.
    func update(
        _ id: String, _ fields: Fields, base: Int? = nil, by visit: Visit, address: String
    ) async throws -> ChannelRecord {
        var channel = try await channel(id)
        if let base, base != channel.version {
            throw Refusal(
                .conflict, "channel-changed", zh: "他人已保存第 \(channel.version) 版，请刷新后再改。",
                en: "Somebody saved version \(channel.version) meanwhile; reload and edit again.")
        }
        try apply(fields, to: &channel)
        try await store.updateChannel(channel, by: visit.user.id, at: now())
        try await tell(id, "channel-changed", visit, address)
        return try await self.channel(id)
    }

    func remove(_ id: String, by visit: Visit, address: String) async throws {
        try await store.removeChannel(id: id, by: visit.user.id, at: now())
        try await tell(id, "channel-removed", visit, address)
    }

    /// Puts an earlier version in force as a new one, of a removed channel too.
    func restore(_ id: String, version: Int, by visit: Visit, address: String) async throws -> ChannelRecord {
        let channel = try await store.restoreChannel(id: id, version: version, by: visit.user.id, at: now())
        try await tell(id, "channel-restored", visit, address)
        return channel
    }

    private func apply(_ fields: Fields, to channel: inout ChannelRecord) throws {
        for (field, text) in fields {
            var text = text
            if field == .url || field == .subURL {
                text = field == .subURL && text.allSatisfy(\.isWhitespace) ? "" : try given(text, field, stored: channel[field])
            }
            do throws(ChannelProblem) {
                try channel.set(field, to: text)
            } catch {
                throw Refusal(error)
            }
        }
        if let problem = channel.problems.first { throw Refusal(problem) }
    }

    /// The address that is meant: the stored one where the text is what the console shows of it, since that is no address to open.
    private func given(_ text: String, _ field: ChannelField, stored: String) throws(Refusal) -> String {
        if !stored.isEmpty, text.trimmingCharacters(in: .whitespacesAndNewlines) == SourceAddress.redacted(stored) { return stored }
        return try SourceAddress.checked(text, field: field.formName, allowsLocalFiles: allowsLocalFiles)
    }

    func tell(_ id: String, _ action: String, _ visit: Visit, _ address: String) async throws {
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: action, subject: id, address: address))
        await patrol.channelChanged(id: id)
        feed.publish(.channelChanged(id: id))
    }

    /// Whoever made the text promised to leave out secrets; this holds even if it forgot.
    static func scrubbed(_ text: String, of url: String) -> String {
        text.replacingOccurrences(of: url, with: SourceAddress.redacted(url))
    }
}

extension ChannelField {
    /// The field's name in forms and in the API.
    var formName: String {
        switch self {
        case .nationalID: "nationalID"
        case .subURL: "subURL"
        default: rawValue
        }
    }

    init?(formName: String) {
        guard let field = Self.allCases.first(where: { $0.formName == formName }) else { return nil }
        self = field
    }
}

extension Refusal {
    init(_ problem: ChannelProblem) {
        self.init(
            .unprocessableContent, "invalid", zh: "\(problem.reason.zh)。\(problem.advice.zh)。",
            en: "Refused: \(problem.reason.en); \(problem.advice.en).", field: problem.field?.formName)
    }
}
