import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Logging
import Pipeline
import Testing

/// A supervisor with a real store in a folder that goes away.
final class PatrolBench {
    let folder: URL
    let store: SQLiteCaseStore
    let evidence: EvidenceStore
    let writer: EvidenceWriter
    private(set) var supervisor: ChannelSupervisor
    let memoryFolder: String?
    private let logger: Logger

    init(keepsMemory: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("patrol-\(UUID().uuidString)")
        store = try SQLiteCaseStore.open(directory: folder)
        evidence = try EvidenceStore(root: folder.path, key: SigningKey.loadOrCreate(at: folder.path + "/key.pem"))
        var logger = Logger(label: "test")
        logger.logLevel = .error
        let store = store
        writer = EvidenceWriter(store: evidence, program: "test", logger: logger) { sealed, incident in
            try await store.addCase(CaseRecord(sealed: sealed, incident: incident), actor: "machine")
        }
        let memoryFolder = keepsMemory ? folder.path + "/memory" : nil
        if let memoryFolder { try FileManager.default.createDirectory(atPath: memoryFolder, withIntermediateDirectories: true) }
        self.memoryFolder = memoryFolder
        self.logger = logger
        supervisor = try Self.supervisor(store, writer, memoryFolder, logger)
    }

    private static func supervisor(
        _ store: SQLiteCaseStore, _ writer: EvidenceWriter, _ memoryFolder: String?, _ logger: Logger
    ) throws -> ChannelSupervisor {
        ChannelSupervisor(
            store: store, library: try ProfileLibrary.load(folder: ShippedSettingsTests.root.path + "/Models"),
            settings: try IngestSettings.load(folder: ShippedSettingsTests.root.path + "/Config"), writer: writer,
            timeZone: TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt, repeatInterval: .seconds(7200), memoryFolder: memoryFolder,
            logger: logger, events: ChannelSupervisor.Events(caseChanged: { _ in }, channelChanged: { _ in }))
    }

    /// The same store with everything that only lived in memory gone.
    func restart() async throws {
        await supervisor.stopAll()
        supervisor = try Self.supervisor(store, writer, memoryFolder, logger)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// - Parameter subOf: the main stream of which the sample plays the sub-stream; nil where it is the only one.
    func addSample(_ file: String, id: String, subOf main: String? = nil, loops: Bool = false) async throws {
        let samples = ShippedSettingsTests.root.appendingPathComponent("SampleStreams")
        let truth = try GroundTruth.read(path: samples.path + "/annotations.json")
        let clip = try #require(truth.clips.first { $0.file == file })
        let path = samples.appendingPathComponent(file).path
        try await store.addChannel(
            ChannelRecord(id: id, name: id, url: main ?? path, subURL: main == nil ? "" : path, loops: loops, createdAt: Date()))
        let zones = String(decoding: try JSONEncoder().encode(clip.zones), as: UTF8.self)
        try await store.setZones(channelID: id, document: zones, author: "test", at: Date())
        await supervisor.channelChanged(id: id)
    }

    func waitForEnd(of id: String, seconds: Double) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if await supervisor.channelStatuses().first(where: { $0.id == id })?.state == .stopped { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("channel \(id) did not end within \(seconds) s")
    }
}
