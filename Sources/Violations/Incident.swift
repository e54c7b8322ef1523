public import FrameCore
public import SceneAnalysis

/// One continuing violation: opens when something comes to stand, is confirmed by dwell, clears when the place is free.
public struct Incident: Codable, Sendable, Hashable, Identifiable {
    public enum Phase: String, Sendable, Codable { case opened, confirmed, cleared }

    /// Unique within one tracker, from 1.
    public var id: Int
    public var kind: ViolationKind
    public var zoneID: String
    public var phase: Phase
    /// In pixels of the analysis frame.
    public var box: PixelRect
    public var frameSize: PixelSize
    public var firstStill: FrameTime
    public var confirmedAt: FrameTime?
    public var clearedAt: FrameTime?
    /// The dwell that confirmed it.
    public var dwell: Duration
    public var features: RegionFeatures
    /// Width times height of the box at the scale of its foot; nil where the foot lies above the horizon. Good to a factor
    /// of two unless lengths are drawn on the view.
    public var areaSquareMetres: Double?
    /// Why it is not confirmed though its dwell may be over, or was never; nil where nothing speaks for it.
    public var exemption: Exemption?

    private enum CodingKeys: String, CodingKey {
        case id, kind, zoneID, phase, box, frameSize, firstStill, confirmedAt, clearedAt, dwell, features, areaSquareMetres
    }

    /// How clearly the region is a thing that was left, 0…1.
    public var score: Double {
        let left = min(1, max(0, features.leftEvidence / 2))
        let changed = min(1, max(0, features.structureChange))
        let calm = min(1, max(0, 1 - 2 * features.stir))
        return (left + changed + calm) / 3
    }
}

/// What happened to an incident with a frame.
public enum IncidentEvent: Sendable, Hashable {
    case opened(Incident)
    case confirmed(Incident)
    case cleared(Incident)
    /// Went away unconfirmed: its exemption says why. Nothing to report.
    case dropped(Incident)

    public var incident: Incident {
        switch self {
        case .opened(let incident), .confirmed(let incident), .cleared(let incident), .dropped(let incident): incident
        }
    }
}
