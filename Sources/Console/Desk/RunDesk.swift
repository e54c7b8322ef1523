import Casework
import Foundation
import HTTPTypes
import Pipeline

/// What is done with re-analyses, the same for pages and API.
struct RunDesk: Sendable {
    static let nameLimit = 100
    /// Newest versions of a channel's zones that can be chosen.
    static let versionLimit = 20

    /// One channel of a new run and the zones that shall hold for it.
    struct Choice: Sendable {
        enum Zones: Sendable, Hashable {
            /// What is in force now.
            case live
            case version(Int)
            /// A document that was never saved.
            case draft(String)
        }

        var channelID: String
        var zones: Zones
    }

    struct Fields: Sendable {
        var name: String
        var from: Date?
        var to: Date?
        var everyFrame: Bool
        /// Empty for all channels that have footage in the time and zones in force.
        var channels: [Choice]
    }

    let store: any CaseStore
    let runs: any RunControl
    let archive: any ArchiveReading
    let channels: ChannelDesk
    let now: @Sendable () -> Date

    func run(_ id: String) async throws -> RunSummary {
        guard let run = await runs.run(id: id) else { throw Refusal.notFound }
        return run
    }

    // MARK: A new one

    func start(_ fields: Fields, by visit: Visit, address: String) async throws -> String {
        let name = fields.name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...Self.nameLimit).contains(name.count) else {
            throw Refusal.invalid("name", zh: "名称须为 1–\(Self.nameLimit) 字。", en: "A name has 1 to \(Self.nameLimit) characters.")
        }
        if let from = fields.from, let to = fields.to, from >= to {
            throw Refusal.invalid("to", zh: "结束时间须晚于开始时间。", en: "The end must be after the begin.")
        }
        let contents = await archive.contents()
        guard contents.folders.isEmpty || contents.listedAt != nil else {
            throw Refusal(
                .serviceUnavailable, "archive-scanning", zh: "正在查看录像档案，请稍后再试。",
                en: "The archive is being looked through; try again in a moment.", retryAfterSeconds: 10)
        }
        let chosen = try await choices(fields, contents)
        var order = RunOrder(name: name, createdBy: visit.user.id, everyFrame: fields.everyFrame, channels: [], inputs: [])
        for choice in chosen {
            let files = Self.files(of: contents.timelines[choice.channelID], from: fields.from, to: fields.to)
            guard !files.isEmpty else {
                throw Refusal.invalid(
                    "channels", zh: "通道“\(choice.channelID)”在这段时间没有录像。",
                    en: "The channel “\(choice.channelID)” has no footage in this time.")
            }
            order.channels.append(try await zones(choice))
            order.inputs += files
        }
        // A broken file tells no channel, but it lies where its channel's others lie.
        let folders = Set(order.inputs.map { ($0.path as NSString).deletingLastPathComponent })
        order.problems = contents.problems.filter { folders.contains(($0.path as NSString).deletingLastPathComponent) }
        let id = try await runs.start(order)
        try await log("run-asked", id, visit, address)
        return id
    }

    private func choices(_ fields: Fields, _ contents: ArchiveContents) async throws -> [Choice] {
        var seen: Set<String> = []
        guard fields.channels.isEmpty else {
            for choice in fields.channels where !seen.insert(choice.channelID).inserted {
                throw Refusal.invalid(
                    "channels", zh: "通道“\(choice.channelID)”选了两次。", en: "The channel “\(choice.channelID)” is chosen twice.")
            }
            return fields.channels.sorted { $0.channelID < $1.channelID }
        }
        let all = try await store.channels().filter { channel in
            channel.zonesVersion > 0 && !Self.files(of: contents.timelines[channel.id], from: fields.from, to: fields.to).isEmpty
        }
        guard !all.isEmpty else {
            throw Refusal.invalid(
                "channels", zh: "这段时间没有已画区域的通道有录像。", en: "No channel with zones has footage in this time.")
        }
        return all.map { Choice(channelID: $0.id, zones: .live) }
    }

    private func zones(_ choice: Choice) async throws -> RunChannel {
        let id = choice.channelID
        guard let channel = try await store.channel(id: id) else {
            throw Refusal.invalid("channels", zh: "没有通道“\(id)”。", en: "There is no channel “\(id)”.")
        }
        let version: Int
        switch choice.zones {
        case .draft(let document):
            try channels.check(document: document)
            return RunChannel(channelID: id, zones: document, zonesVersion: nil)
        case .live: version = channel.zonesVersion
        case .version(let chosen): version = chosen
        }
        guard version > 0, let zones = try await store.zones(channelID: id, version: version) else {
            throw Refusal.invalid(
                "channels", zh: "通道“\(id)”\(version > 0 ? "没有第 \(version) 版区域" : "还没有画区域")。",
                en: "The channel “\(id)” has no \(version > 0 ? "zones of version \(version)" : "zones yet").")
        }
        return RunChannel(channelID: id, zones: zones.document, zonesVersion: version)
    }

    /// Whole files: a run reads each from its first picture to its last.
    static func files(of timeline: ArchiveTimeline?, from: Date?, to: Date?) -> [RunInput] {
        (timeline?.files ?? []).filter { file in
            guard let start = file.startsAt else { return from == nil && to == nil }
            let end = start.addingTimeInterval(max(0, file.seconds ?? 0))
            return (from.map { end > $0 } ?? true) && (to.map { start < $0 } ?? true)
        }
    }

    // MARK: One under way

    func wish(_ wish: RunWish, _ id: String, by visit: Visit, address: String) async throws -> RunSummary {
        do {
            try await runs.wish(wish, runID: id)
        } catch RunControlError.unknown {
            throw Refusal.notFound
        } catch RunControlError.isOver {
            throw Refusal(.conflict, "run-over", zh: "这次重算已经结束。", en: "This run is over.")
        }
        let action =
            switch wish {
            case .run: "run-resumed"
            case .pause: "run-paused"
            case .cancel: "run-cancelled"
            }
        try await log(action, id, visit, address)
        return try await run(id)
    }

    private func log(_ action: String, _ subject: String, _ visit: Visit, _ address: String) async throws {
        try await store.appendAccess(AccessRecord(at: now(), userID: visit.user.id, action: action, subject: subject, address: address))
    }
}
