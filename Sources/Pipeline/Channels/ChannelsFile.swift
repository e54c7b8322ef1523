public import Casework
public import Foundation
import Violations
import Yams

/// All channels with their zones as one YAML text, and the way back.
///
/// ```yaml
/// revision: 12            # the store's when this was written; an edit on the basis of an older one is refused
/// channels:
///   - id: gate-3
///     name: 3号门
///     url: rtsp://user:secret@10.0.0.7/stream1
///     zones: {zones: [{id: front, kind: frontage, polygon: [[0, 0.5], [0.4, 0.4], [0.4, 0.8]]}]}
/// ```
///
/// What is left out has its usual value, but `zones` left out stay as they are. A channel left out is removed.
public struct ChannelsFile: Sendable, Hashable {
    public struct Entry: Sendable, Hashable {
        public var channel: ChannelRecord
        /// JSON; nil leaves the zones that are in force.
        public var zones: String?
    }

    public var revision: Int
    public var entries: [Entry]

    private static let zonesKey = "zones"
    private static let entryKeys = Set(ChannelField.allCases.map(\.rawValue) + [zonesKey])
    private static let heading = """
        # The channels of this store, with the passwords of their cameras: keep it readable by its owner alone.
        # Saved changes are applied within seconds, all or none; what is wrong stands in the log and on the channels page.
        # 本文件含摄像机密码，请勿外传。保存后数秒内整体生效；有误则整体拒绝，原因见日志和通道页。

        """

    // MARK: From and to the store

    /// What the store holds now.
    public static func current(of store: any ChannelRegistry) async throws -> ChannelsFile {
        while true {
            let revision = try await store.channelRevision()
            var entries: [Entry] = []
            for channel in try await store.channels() {
                let zones = channel.zonesVersion == 0 ? nil : try await store.zones(channelID: channel.id, version: channel.zonesVersion)
                entries.append(Entry(channel: channel, zones: zones?.document))
            }
            // Several questions are no transaction: what changed meanwhile is asked anew.
            if try await store.channelRevision() == revision { return ChannelsFile(revision: revision, entries: entries) }
        }
    }

    /// What has to be done to `channels` so that they are as the file says.
    /// - Parameter zonesInForce: documents by channel.
    public func edits(from channels: [ChannelRecord], zonesInForce: [String: String]) -> [ChannelEdit] {
        var edits = channels.filter { channel in !entries.contains { $0.channel.id == channel.id } }.map { ChannelEdit.remove(id: $0.id) }
        for entry in entries {
            if let existing = channels.first(where: { $0.id == entry.channel.id }) {
                if !entry.channel.differences(from: existing).isEmpty { edits.append(.change(entry.channel)) }
            } else {
                edits.append(.add(entry.channel))
            }
            guard let zones = entry.zones, !Self.areSame(zones, zonesInForce[entry.channel.id]) else { continue }
            edits.append(.setZones(id: entry.channel.id, document: zones))
        }
        return edits
    }

    private static func areSame(_ one: String, _ other: String?) -> Bool {
        guard let other else { return false }
        if one == other { return true }
        guard let first = try? ZonesFile.parse(one, file: ""), let second = try? ZonesFile.parse(other, file: "") else { return false }
        return first == second
    }

    // MARK: Text

    public func text() throws -> String {
        let list = Node(
            try entries.map { entry in
                var pairs: [(Node, Node)] = ChannelField.allCases.compactMap { field in
                    let value = entry.channel[field]
                    guard value != Self.usual[field], !(value.isEmpty && field != .name) else { return nil }
                    return (Node(field.rawValue), Self.scalar(value, field))
                }
                if let zones = entry.zones, var node = try Yams.compose(yaml: zones) {
                    if case .mapping(var mapping) = node {
                        mapping.style = .flow
                        node = .mapping(mapping)
                    }
                    pairs.append((Node(Self.zonesKey), node))
                }
                return Node(pairs)
            })
        let root = Node([(Node("revision"), Node(String(revision), Tag(.int))), (Node("channels"), list)])
        return Self.heading + (try Yams.serialize(node: root, width: -1, allowUnicode: true))
    }

    /// Members that need not be told.
    private static let usual: [ChannelField: String] = [.transport: "tcp", .importance: "2", .enabled: "true", .loops: "false"]

    private static func scalar(_ value: String, _ field: ChannelField) -> Node {
        switch field {
        case .longitude, .latitude, .importance, .enabled, .loops: Node(value)
        // Digits would be read as a number by other programs.
        case .nationalID, .grid: Node(value, Tag(.str), .doubleQuoted)
        default: Node(value, Tag(.str), Double(value) == nil ? .any : .doubleQuoted)
        }
    }

    /// The text with its revision set anew and all else as it was, comments too.
    static func setting(revision: Int, in text: String) -> String {
        text.replacing(#/(?m)^revision:[ \t]*\d+/#, with: "revision: \(revision)", maxReplacements: 1)
    }

    /// - Parameters:
    ///   - file: named in errors.
    ///   - now: when channels that are new were added.
    /// - Throws: `SettingsError` with file and line for the first thing that is wrong; never holds an address.
    public static func parse(_ text: String, file: String, now: Date) throws(SettingsError) -> ChannelsFile {
        let root = try StrictDocument.node(text, file: file)
        try StrictDocument.refuseUnknownKeys(root, known: ["revision", "channels"], file: file)
        guard let revision = root.mapping?["revision"]?.int, revision >= 0 else {
            throw SettingsError(
                file: file, line: root.mapping?["revision"]?.mark?.line ?? 1,
                reason: "“revision” is missing or no number; it tells on which state of the store the edit is based")
        }
        guard let list = root.mapping?["channels"]?.sequence else {
            throw SettingsError(file: file, line: root.mapping?["channels"]?.mark?.line ?? 1, reason: "“channels” is missing or no list")
        }
        var entries: [Entry] = []
        for node in list {
            let entry = try entry(node, file: file, now: now)
            guard !entries.contains(where: { $0.channel.id == entry.channel.id }) else {
                throw SettingsError(file: file, line: node.mark?.line, reason: "the id “\(entry.channel.id)” stands twice")
            }
            entries.append(entry)
        }
        return ChannelsFile(revision: revision, entries: entries)
    }

    private static func entry(_ node: Node, file: String, now: Date) throws(SettingsError) -> Entry {
        try StrictDocument.refuseUnknownKeys(node, known: entryKeys, file: file)
        var channel = ChannelRecord(id: "", name: "", url: "", createdAt: now)
        for field in ChannelField.allCases {
            guard let value = node.mapping?[field.rawValue] else { continue }
            guard let text = value.scalar.map({ $0.string == "~" ? "" : $0.string }) else {
                throw SettingsError(file: file, line: value.mark?.line, reason: "“\(field.rawValue)” is no single value")
            }
            do throws(ChannelProblem) {
                try channel.set(field, to: text)
            } catch {
                throw SettingsError(file: file, line: value.mark?.line, reason: "\(error)")
            }
        }
        func line(_ field: ChannelField?) -> Int? { field.flatMap { node.mapping?[$0.rawValue]?.mark?.line } ?? node.mark?.line }
        if let problem = channel.problems.first {
            throw SettingsError(file: file, line: line(problem.field), reason: "channel “\(channel.id.prefix(64))”: \(problem)")
        }
        for field in [ChannelField.url, .subURL] where !channel[field].isEmpty {
            if let problem = ChannelPlan.address(channel[field], field, allowsFiles: true) {
                throw SettingsError(file: file, line: line(field), reason: "channel “\(channel.id)”: \(problem)")
            }
        }
        guard let zones = node.mapping?[zonesKey] else { return Entry(channel: channel, zones: nil) }
        let set = try ZonesFile.zones(of: zones, file: file)
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Entry(channel: channel, zones: String(decoding: try encoder.encode(set), as: UTF8.self))
        } catch {
            throw SettingsError(file: file, line: zones.mark?.line, reason: "the zones cannot be kept (\(error))")
        }
    }
}
