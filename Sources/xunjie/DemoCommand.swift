import ArgumentParser
import Casework
import Foundation
import Pipeline
import Violations

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Serves labelled clips as live, looping channels, with their zones already drawn.",
        discussion: "STREAMS is a folder with annotations.json; channels that the store has already are left as they are.")

    @Option(help: "Folder with annotations.json and the clips.")
    var streams = "SampleStreams"

    @OptionGroup var options: StationOptions

    func run() async throws {
        let logger = options.logger()
        let truth = try GroundTruth.read(path: streams + "/annotations.json")
        var station = try await Station(options.settings(), logger: logger)
        for clip in truth.clips { try await add(clip, to: station.store) }
        station.firstTeam = Self.team
        try await station.run()
    }

    /// People to try everything with: a case goes no further than its roles let it.
    private static let team: [FirstUsers.Member] = [
        .init(login: "wang", name: "王队员", role: .officer), .init(login: "li", name: "李队员", role: .secondOfficer),
        .init(login: "zhou", name: "周队长", role: .head), .init(login: "sun", name: "孙审核", role: .legalReview),
        .init(login: "xu", name: "徐辅助", role: .screener), .init(login: "he", name: "何审计", role: .auditor),
    ]

    private func add(_ clip: GroundTruth.Clip, to store: any CaseStore) async throws {
        let id = (clip.file as NSString).deletingPathExtension.lowercased()
        guard try await store.channel(id: id) == nil else { return }
        let path = URL(fileURLWithPath: streams).appendingPathComponent(clip.file).standardizedFileURL.path
        let now = Date()
        try await store.addChannel(
            ChannelRecord(id: id, name: clip.name ?? id, url: path, place: clip.place ?? "", loops: true, createdAt: now))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try await store.setZones(
            channelID: id, document: String(decoding: try encoder.encode(clip.zones), as: UTF8.self), author: "demo", at: now)
    }
}
