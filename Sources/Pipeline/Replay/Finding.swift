import FrameCore
import Violations

/// One incident of a replayed file: a line of the findings file.
public struct Finding: Codable, Sendable, Hashable {
    public var clip: String
    public var violation: String
    public var zone: String
    /// x, y, width, height in pixels of the source.
    public var box: [Int]
    /// Seconds from the file's start.
    public var firstStillSeconds: Double
    public var confirmedSeconds: Double
    /// nil while it lasted to the end.
    public var clearedSeconds: Double?

    public init(
        clip: String, violation: String, zone: String, box: [Int], firstStillSeconds: Double, confirmedSeconds: Double,
        clearedSeconds: Double?
    ) {
        self.clip = clip
        self.violation = violation
        self.zone = zone
        self.box = box
        self.firstStillSeconds = firstStillSeconds
        self.confirmedSeconds = confirmedSeconds
        self.clearedSeconds = clearedSeconds
    }

    enum CodingKeys: String, CodingKey {
        case clip, violation, zone, box
        case firstStillSeconds = "first_still_s"
        case confirmedSeconds = "confirmed_s"
        case clearedSeconds = "cleared_s"
    }

    /// `cleared_s` is written as null, not left out.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(clip, forKey: .clip)
        try container.encode(violation, forKey: .violation)
        try container.encode(zone, forKey: .zone)
        try container.encode(box, forKey: .box)
        try container.encode(firstStillSeconds, forKey: .firstStillSeconds)
        try container.encode(confirmedSeconds, forKey: .confirmedSeconds)
        try container.encode(clearedSeconds, forKey: .clearedSeconds)
    }
}

extension Finding {
    /// nil for an incident that was never confirmed.
    init?(clip: String, incident: Incident, sourceSize: PixelSize) {
        guard let confirmed = incident.confirmedAt else { return nil }
        let box = incident.box.scaled(from: incident.frameSize, to: sourceSize)
        func rounded(_ time: FrameTime) -> Double { (time.seconds * 1000).rounded() / 1000 }
        self.init(
            clip: clip, violation: incident.kind.rawValue, zone: incident.zoneID,
            box: [box.x, box.y, box.width, box.height], firstStillSeconds: max(0, rounded(incident.firstStill)),
            confirmedSeconds: rounded(confirmed), clearedSeconds: incident.clearedAt.map(rounded))
    }
}
