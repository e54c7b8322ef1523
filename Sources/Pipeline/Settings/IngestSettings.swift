/// How live channels are taken in, from `Config/ingest.yaml`, which says where each number comes from.
public struct IngestSettings: Codable, Sendable, Hashable {
    /// How far back a clip may begin.
    public var preRollSeconds: Double
    public var ringMegabytes: Double
    /// How far back the scene before an object can be found, by key frames alone.
    public var shelfSeconds: Double
    public var shelfMegabytes: Double
    /// Most that is kept of the starts of incidents that are not confirmed yet, for each channel.
    public var startClipMegabytes: Double
    /// How far a clip reaches beyond the confirmation.
    public var clipAfterSeconds: Double
    /// Data that may gather before a patrolled stream is read on.
    public var gatherSeconds: Double
    /// Cameras that are being opened at the same time.
    public var simultaneousOpenings: Int
    /// How long a slow camera may keep its place among them.
    public var openingHoldSeconds: Double
    /// How far a camera's own clock may be off.
    public var clockOffsetSeconds: Double
    /// How much faster or slower than this machine's clock its time stamps may run.
    public var clockDriftPPM: Double
    /// How long the main stream stays open after nothing needs it any more.
    public var mainStreamLingerSeconds: Double

    private enum CodingKeys: String, CodingKey {
        case preRollSeconds = "pre_roll_s"
        case ringMegabytes = "ring_mb"
        case shelfSeconds = "shelf_s"
        case shelfMegabytes = "shelf_mb"
        case startClipMegabytes = "start_clip_mb"
        case clipAfterSeconds = "clip_after_s"
        case gatherSeconds = "gather_s"
        case simultaneousOpenings = "simultaneous_openings"
        case openingHoldSeconds = "opening_hold_s"
        case clockOffsetSeconds = "clock_offset_s"
        case clockDriftPPM = "clock_drift_ppm"
        case mainStreamLingerSeconds = "main_stream_linger_s"
    }

    var ringBytes: Int { Int(ringMegabytes * 1_048_576) }
    var startClipBytes: Int { Int(startClipMegabytes * 1_048_576) }
    var shelfBytes: Int { Int(shelfMegabytes * 1_048_576) }

    /// - Throws: `SettingsError` with file and line, also for a number that no station could work with.
    public static func load(folder: String) throws(SettingsError) -> IngestSettings {
        let path = folder + "/ingest.yaml"
        let settings = try ConfigFile.read(IngestSettings.self, path)
        let bounds: [(String, Double, ClosedRange<Double>)] = [
            ("pre_roll_s", settings.preRollSeconds, 1...600), ("ring_mb", settings.ringMegabytes, 0.1...1024),
            ("shelf_s", settings.shelfSeconds, 0...3600), ("shelf_mb", settings.shelfMegabytes, 0...1024),
            ("start_clip_mb", settings.startClipMegabytes, 0...1024),
            ("clip_after_s", settings.clipAfterSeconds, 0...120), ("gather_s", settings.gatherSeconds, 0...1),
            ("simultaneous_openings", Double(settings.simultaneousOpenings), 1...1000),
            ("opening_hold_s", settings.openingHoldSeconds, 0.1...60), ("clock_offset_s", settings.clockOffsetSeconds, 0.1...86400),
            ("clock_drift_ppm", settings.clockDriftPPM, 1...100_000), ("main_stream_linger_s", settings.mainStreamLingerSeconds, 0...3600),
        ]
        for (name, value, bound) in bounds where !bound.contains(value) {
            throw SettingsError(file: path, line: nil, reason: "“\(name)” must be from \(bound.lowerBound) to \(bound.upperBound)")
        }
        return settings
    }
}
