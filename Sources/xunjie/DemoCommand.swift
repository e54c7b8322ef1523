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
        let station = try await Station(options.settings(), logger: logger)
        for clip in truth.clips { try await add(clip, to: station.store) }
        try await station.run()
    }

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
