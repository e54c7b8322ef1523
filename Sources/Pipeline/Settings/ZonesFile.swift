import FrameCore
public import Violations
import Yams

/// Reads a zones document (YAML or JSON): a file that an analyst wrote, a version out of the store, or what the editor sent.
public enum ZonesFile {
    private static let documentKeys: Set<String> = ["zones", "dwell_s"]
    private static let zoneKeys: Set<String> = ["id", "kind", "polygon", "violations", "hours", "dwell_s"]
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
        return ZoneSet(zones: zones, dwellSeconds: dwell)
    }

    private static func check(_ zone: Zone, earlier: [Zone], line: Int?, file: String) throws(SettingsError) {
        guard !zone.id.isEmpty, zone.id.count <= 64 else {
            throw SettingsError(file: file, line: line, reason: "a zone's id must have 1 to 64 characters")
        }
        guard !earlier.contains(where: { $0.id == zone.id }) else {
            throw SettingsError(file: file, line: line, reason: "the zone id “\(zone.id)” stands twice")
        }
        for violation in zone.violations ?? [] where !zone.kind.violations.contains(violation) {
            throw SettingsError(
                file: file, line: line,
                reason: "zone “\(zone.id)”: a \(zone.kind.rawValue) zone does not look for \(violation.rawValue); "
                    + "it can look for \(zone.kind.violations.map(\.rawValue).joined(separator: ", "))")
        }
        if let seconds = zone.dwellSeconds { try check(dwell: seconds, line: line, file: file) }
    }

    private static func check(dwell seconds: Double, line: Int?, file: String) throws(SettingsError) {
        guard seconds >= 1, seconds <= 24 * 3600 else {
            throw SettingsError(file: file, line: line, reason: "dwell_s is \(seconds): it must be from 1 to 86400 seconds")
        }
    }
}
