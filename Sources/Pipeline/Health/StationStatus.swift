public import Casework
public import Foundation

/// What the serving process writes beside its store every few seconds, for `xunjie status`; holds no credentials.
public struct StationStatus: Codable, Sendable {
    public struct Channel: Codable, Sendable {
        public var id: String
        public var name: String
        public var place: String
        public var health: ChannelHealth
        /// nil while the patrol does not know the channel.
        public var state: ChannelStatus.State?
        public var reason: String
        public var since: Date?
        public var lastFrameAt: Date?
        public var analysedPerSecond: Double
        public var latenessP99Seconds: Double?
        public var reconnects: Int
        public var openIncidents: Int
        /// Today, as `watchedMinutes`.
        public var eyesOpenMinutes: Int
        public var watchedMinutes: Int
        /// Kinds of the open work orders.
        public var faults: [FaultKind]
    }

    public static let fileName = "status.json"

    public var program: String
    public var processID: Int32
    public var writtenAt: Date
    public var startedAt: Date
    /// After this long without a new one the file is stale.
    public var staleAfterSeconds: Double
    /// Minutes of the local day that are over.
    public var dayMinutes: Int
    /// Worst first.
    public var channels: [Channel]
    public var evidence: EvidenceReading
    public var usage: ProcessReading
    /// The machine's own open faults.
    public var stationFaults: [FaultRecord]

    /// Whether something that should be seen is not.
    public var isSomethingBlind: Bool { channels.contains { $0.health == .bad } }

    /// - Throws: an error of the file system, or `DecodingError`.
    public static func read(folder: String) throws -> StationStatus {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return try decoder.decode(Self.self, from: Data(contentsOf: URL(fileURLWithPath: folder + "/" + fileName)))
    }

    /// As the file holds it.
    public func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

extension StationStatus.Channel {
    init(_ record: ChannelRecord, _ status: ChannelStatus?, today: HealthDayRecord?, faults: [FaultKind]) {
        id = record.id
        name = record.name
        place = record.place
        health = ChannelHealth(status, isEnabled: record.enabled)
        state = status?.state
        reason = status?.reason ?? ""
        since = status?.since
        lastFrameAt = status?.lastFrameAt
        analysedPerSecond = status?.analysedPerSecond ?? 0
        latenessP99Seconds = status?.latenessP99Seconds
        reconnects = status?.reconnects ?? 0
        openIncidents = status?.openIncidents ?? 0
        eyesOpenMinutes = today?.eyesOpen.count ?? 0
        watchedMinutes = today?.watched.count ?? 0
        self.faults = faults
    }
}
