internal import FrameCore

/// One still region over time, as the analyzer keeps it.
struct StillTrack: Codable {
    enum Stage: Int, Codable {
        /// Seen, not yet believed.
        case young
        /// Believed and reported; its cells are held.
        case published
        /// Over: gone with this picture.
        case ended
    }

    private(set) var id: Int
    var stage = Stage.young
    var group: RegionFinder.Group
    /// Seconds of clear view at which it came.
    var bornAt: Double
    var since: FrameTime
    var features = RegionFeatures()
    var visible = 1.0
    /// Samples in a row in which it was rejected as light or ghost.
    var rejections = 0
    /// Samples in a row in which its box kept its place.
    var steadySamples = 0
    /// Seconds of clear view for which the plate has been back.
    var goneFor = 0.0
    /// Seconds of clear view for which neither it nor the plate was seen.
    var unseenFor = 0.0
    /// Seconds of clear view for which the plate has been back in a part of it.
    var partGoneFor = 0.0
    /// Shares of its cells that changed, of the last samples.
    var stir = RecentValues()
    var wasMatched = true
    var arrival = MoverHistory.Arrival.unknown
    var swayMeter = SwayMeter()
    /// Samples, and those of them in which something moved or stood beside it.
    var samples = 0.0
    var accompanied = 0.0

    init(id: Int, group: RegionFinder.Group, bornAt: Double, since: FrameTime) {
        self.id = id
        self.group = group
        self.bornAt = bornAt
        self.since = since
    }

    /// A track that is over from the start, with room for a usual region.
    static func spent(usualCells: Int) -> StillTrack {
        let group = RegionFinder.Group(box: PixelRect(x: 0, y: 0, width: 0, height: 0), cells: [])
        var track = StillTrack(id: 0, group: group, bornAt: 0, since: .zero)
        track.stage = .ended
        track.group.cells.reserveCapacity(usualCells)
        track.swayMeter.reserve()
        return track
    }

    /// Becomes the track of another region, in the storage that it has.
    mutating func begin(id: Int, as group: RegionFinder.Group, bornAt: Double, since: FrameTime) {
        var fresh = StillTrack(id: id, group: RegionFinder.Group(box: group.box, cells: []), bornAt: bornAt, since: since)
        swap(&fresh.group, &self.group)
        swap(&fresh.swayMeter, &swayMeter)
        fresh.group.become(group)
        fresh.swayMeter.reset()
        self = fresh
    }

    /// What was taken for one thing with another is this thing alone.
    mutating func restart(as group: RegionFinder.Group, features: RegionFeatures, bornAt: Double, since: FrameTime) {
        self.group.become(group)
        self.features = features
        self.bornAt = bornAt
        self.since = since
        arrival = .unknown
        swayMeter.reset()
        stir = RecentValues()
    }

    /// With what only its life tells.
    var wholeFeatures: RegionFeatures {
        var whole = features
        // A passer-by stirs it now and then; what lives stirs in every picture.
        whole.stir = stir.quantile(0.3)
        whole.sway = swayMeter.sway
        whole.company = samples > 0 ? accompanied / samples : 0
        whole.dropped = arrival == .dropped ? 1 : 0
        whole.cameWhole = arrival == .whole ? 1 : 0
        return whole
    }
}
