import ArgumentParser
import CaseStoreSQLite
import Casework
import Evidence
import FFmpegIO
import Foundation
import Logging
import Pipeline

/// `xunjie bench ingest`: many live channels through the real supervisor, in a store that goes away afterwards.
struct IngestBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "CPU, memory and lateness of many live channels, and how many of their key frames were looked at.",
        discussion: """
            Takes the streams BASE001 … BASE0NN, without zones unless some are given. Counting begins when every channel has \
            learned its street, or after --warm-up seconds. Only this process is measured, not the server of the streams.
            """)

    @Option(help: "Address of the streams without their three digits: rtsp://127.0.0.1:8554/cam")
    var rtsp: String

    @Option(help: "How many streams.")
    var channels = 90

    @Option(help: "How long to count.")
    var seconds = 60.0

    @Option(help: "Longest time to wait until every channel has learned its street, seconds.")
    var warmUp = 120.0

    @Option(help: "Seconds to wait before counting, after that.")
    var settle = 0.0

    @Option(help: "Address of a channel that runs beside them and is not counted, such as a broken camera; may be repeated.")
    var beside: [String] = []

    @Option(help: "Address of the smaller streams for analysis, without their digits; the others are then for evidence alone.")
    var sub: String?

    @Option(help: "Zones (YAML or JSON) for every channel; without it they are watched for faults only.")
    var zones: String?

    @Option(help: "tcp or udp.")
    var transport = "tcp"

    @Option(help: "Processor cores that the analysis may use; without it, as in site.yaml.")
    var cores: Double?

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "Folder with site and ingest settings.")
    var config: String?

    @OptionGroup var analysis: AnalysisOptions

    func validate() throws {
        guard (1...999).contains(channels) else { throw ValidationError("--channels must be from 1 to 999") }
        guard seconds > 0 else { throw ValidationError("--seconds must be more than 0") }
        guard RTSPTransport(rawValue: transport) != nil else { throw ValidationError("--transport must be tcp or udp") }
        for address in [rtsp + "001"] + beside { _ = try MediaURL(address) }
    }

    func run() async throws {
        FFmpegLog.silence()
        ProcessMemory.prepareForManyChannels()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("xunjie-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let configFolder = try ProjectFolders.config(config)
        let site = try ConfigFile.read(Station.Site.self, configFolder + "/site.yaml")
        let store = try SQLiteCaseStore.open(directory: folder)
        let evidence = try EvidenceStore(root: folder.path, key: SigningKey.loadOrCreate(at: folder.path + "/key.pem"))
        var logger = Logger(label: "xunjie") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .error
        let writer = EvidenceWriter(store: evidence, program: Program.nameAndVersion, logger: logger) { sealed, incident in
            try await store.addCase(CaseRecord(sealed: sealed, incident: incident), actor: "machine")
        }
        let supervisor = ChannelSupervisor(
            store: store, library: try analysis.library(), settings: try IngestSettings.load(folder: configFolder),
            analysisCores: cores ?? site.analysis_cores, writer: writer, timeZone: TimeZone(identifier: site.time_zone) ?? .gmt,
            repeatInterval: .seconds(site.repeat_minutes * 60), memoryFolder: nil, logger: logger,
            events: ChannelSupervisor.Events(caseChanged: { _ in }, channelChanged: { _ in }))
        try await addChannels(to: store)
        let aside = Set(beside.indices.map { Self.asideID($0) })
        let result = try await IngestBench(supervisor: supervisor, aside: aside, flags: BenchCommand.flags)
            .run(seconds: seconds, warmUpLimit: warmUp, settle: settle) { Self.show($0) }
        FileHandle.standardError.write(Data("\n".utf8))
        try store.close()
        if json { return try BenchOutput.printJSON(result) }
        print(
            String(
                format: "%d channels, %.0f s: %.2f cores, %.0f MB resident · %d of %d key frames · late %.3f s, 99 %% %.3f s",
                result.channels, result.seconds, result.cpu_cores, result.rss_mb, result.key_frames_analysed, result.key_frames_due,
                result.lateness_p50_s ?? 0, result.lateness_p99_s ?? 0)
                + " · drops \(result.drops) · \(result.states) · \(result.machine) · \(result.flags)")
    }

    private func addChannels(to store: SQLiteCaseStore) async throws {
        let document = try zones.map { path in
            String(decoding: try JSONEncoder().encode(try ZonesFile.read(path: path)), as: UTF8.self)
        }
        for number in 1...channels {
            let digits = String(format: "%03d", number)
            let id = "bench-" + digits
            try await store.addChannel(
                ChannelRecord(
                    id: id, name: id, url: rtsp + digits, subURL: sub.map { $0 + digits } ?? "", transport: transport,
                    createdAt: Date()))
            if let document { _ = try await store.setZones(channelID: id, document: document, author: "bench", at: Date()) }
        }
        for (index, url) in beside.enumerated() {
            let id = Self.asideID(index)
            try await store.addChannel(ChannelRecord(id: id, name: id, url: url, transport: transport, createdAt: Date()))
        }
    }

    private static func asideID(_ index: Int) -> String { "aside-\(index + 1)" }

    private static func show(_ progress: IngestBench.Progress) {
        let states = progress.states.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let figures = progress.isWarm ? String(format: "%.2f cores, %.0f MB", progress.cores, progress.rssMegabytes) : "learning"
        FileHandle.standardError.write(Data("\r\u{1B}[K\(Int(progress.elapsed)) s · \(figures) · \(states)".utf8))
    }
}
