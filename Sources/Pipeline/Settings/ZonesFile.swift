import FrameCore
public import Violations
import Yams

/// Reads a zones document (YAML or JSON): a file that an analyst wrote, a version out of the store, or what the editor sent.
public enum ZonesFile {
    private static let documentKeys: Set<String> = ["zones", "dwell_s", "scale"]
    private static let zoneKeys: Set<String> = ["id", "kind", "polygon", "violations", "hours", "dwell_s", "line", "permit"]
    private static let lengthKeys: Set<String> = ["from", "to", "metres"]
    /// The shape that lengths are checked for; a document does not know that of its view, and nearly all are as wide.
    private static let usualAspect = 16.0 / 9
    /// What the ground-truth format carries beside zones; known so that one file serves both.
    private static let truthKeys: Set<String> = [
        "file", "name", "place", "width", "height", "fps", "frames", "seconds", "quiet", "base", "disturbances", "events", "view_faults",
    ]

    public static func read(path: String) throws(SettingsError) -> ZoneSet {
        try parse(StrictDocument.text(of: path), file: path)
    }

    /// - Parameter file: named in errors.
    public static func parse(_ text: String, file: String) throws(SettingsError) -> ZoneSet {
        try zones(of: StrictDocument.node(text, file: file), file: file)
    }

    static func zones(of root: Node, file: String) throws(SettingsError) -> ZoneSet {
        try StrictDocument.refuseUnknownKeys(root, known: documentKeys.union(truthKeys), file: file)
        guard let list = root.mapping?["zones"]?.sequence else {
            throw SettingsError(file: file, line: root.mark?.line, reason: "“zones” is missing or no list")
        }
        var zones: [Zone] = []
        for node in list {
            try StrictDocument.refuseUnknownKeys(node, known: zoneKeys, file: file)
            let zone = try StrictDocument.decode(Zone.self, node, file: file)
            try check(zone, earlier: zones, line: node.mark?.line, file: file)
            zones.append(zone)
        }
        var dwell: Double?
        if let node = root.mapping?["dwell_s"] {
            let seconds = try StrictDocument.decode(Double.self, node, file: file)
            try check(dwell: seconds, line: node.mark?.line, file: file)
            dwell = seconds
        }
        let scale = try root.mapping?["scale"].map { (node) throws(SettingsError) in try lengths(node, zones: zones, file: file) }
        return ZoneSet(zones: zones, dwellSeconds: dwell, scale: scale)
    }

    private static func lengths(_ node: Node, zones: [Zone], file: String) throws(SettingsError) -> [ReferenceLength] {
        guard let list = node.sequence else {
            throw SettingsError(file: file, line: node.mark?.line, reason: "“scale” is no list of reference lengths")
        }
        var lengths: [ReferenceLength] = []
        for item in list {
            try StrictDocument.refuseUnknownKeys(item, known: lengthKeys, file: file)
            let length = try StrictDocument.decode(ReferenceLength.self, item, file: file)
            for point in [length.from, length.to] where !((0...1).contains(point.x) && (0...1).contains(point.y)) {
                throw SettingsError(
                    file: file, line: item.mark?.line, reason: "scale: (\(point.x), \(point.y)) lies outside the image")
            }
            lengths.append(length)
        }
        let horizon: Double?
        do {
            horizon = try GroundScale.horizon(of: lengths, aspect: usualAspect)
        } catch {
            throw SettingsError(file: file, line: node.mark?.line, reason: "scale: \(error)")
        }
        if let horizon, let floating = zones.first(where: { isGround($0.kind) && $0.lowestRow <= horizon }) {
            throw SettingsError(
                file: file, line: node.mark?.line,
                reason: "scale: the zone “\(floating.id)” lies above the horizon that the two references give; are they swapped?")
        }
        return lengths
    }

    private static func isGround(_ kind: ZoneKind) -> Bool { kind != .ignore && kind != .rail }

    private static func check(_ zone: Zone, earlier: [Zone], line: Int?, file: String) throws(SettingsError) {
        guard !zone.id.isEmpty, zone.id.count <= 64 else {
            throw SettingsError(file: file, line: line, reason: "a zone's id must have 1 to 64 characters")
        }
        guard !earlier.contains(where: { $0.id == zone.id }) else {
            throw SettingsError(file: file, line: line, reason: "the zone id “\(zone.id)” stands twice")
        }
        let watchable = zone.kind.violations(hasLine: zone.line != nil)
        for violation in zone.violations ?? [] where !watchable.contains(violation) {
            throw SettingsError(
                file: file, line: line,
                reason: "zone “\(zone.id)”: a \(zone.kind.rawValue) zone does not look for \(violation.rawValue); "
                    + "it can look for \(watchable.map(\.rawValue).joined(separator: ", "))")
        }
        if zone.line != nil, zone.kind.line == nil {
            throw SettingsError(
                file: file, line: line, reason: "zone “\(zone.id)”: a line has no meaning in a \(zone.kind.rawValue) zone")
        }
        if zone.permit != nil, zone.kind != .permitted {
            throw SettingsError(
                file: file, line: line, reason: "zone “\(zone.id)”: only a permitted zone has a permit, not a \(zone.kind.rawValue) zone")
        }
        if let seconds = zone.dwellSeconds { try check(dwell: seconds, line: line, file: file) }
    }

    private static func check(dwell seconds: Double, line: Int?, file: String) throws(SettingsError) {
        guard seconds >= 1, seconds <= 24 * 3600 else {
            throw SettingsError(file: file, line: line, reason: "dwell_s is \(seconds): it must be from 1 to 86400 seconds")
        }
    }
}

extension Zone {
    /// Where it comes nearest to the camera.
    fileprivate var lowestRow: Double { polygon.vertices.reduce(0) { max($0, $1.y) } }
}
