import FrameCore
public import Violations
import Yams

/// Labelled clips: `annotations.json` of a folder, with zones, dwell and events.
public struct GroundTruth: Sendable {
    public struct Clip: Sendable {
        public var file: String
        /// What the view is called and where it is, if the file says so.
        public var name: String?
        public var place: String?
        public var seconds: Double
        public var dwellSeconds: Double
        public var zones: ZoneSet
        public var events: [Event]
        public var viewFaults: [LabelledFault]

        public init(
            file: String, name: String?, place: String?, seconds: Double, dwellSeconds: Double, zones: ZoneSet, events: [Event],
            viewFaults: [LabelledFault] = []
        ) {
            self.file = file
            self.name = name
            self.place = place
            self.seconds = seconds
            self.dwellSeconds = dwellSeconds
            self.zones = zones
            self.events = events
            self.viewFaults = viewFaults
        }
    }

    public struct Event: Codable, Sendable, Hashable {
        public var violation: String
        /// x, y, width, height in pixels of the source.
        public var box: [Double]
        public var stillSeconds: Double
        /// nil if it stays to the end.
        public var leavesSeconds: Double?

        public init(violation: String, box: [Double], stillSeconds: Double, leavesSeconds: Double?) {
            self.violation = violation
            self.box = box
            self.stillSeconds = stillSeconds
            self.leavesSeconds = leavesSeconds
        }

        enum CodingKeys: String, CodingKey {
            case violation, box
            case stillSeconds = "still_s"
            case leavesSeconds = "leaves_s"
        }
    }

    /// A time for which the view cannot be judged. The kind is a name, so that files may name faults this version does not know.
    public struct LabelledFault: Codable, Sendable, Hashable {
        public var kind: String
        public var fromSeconds: Double
        public var toSeconds: Double

        public init(kind: String, fromSeconds: Double, toSeconds: Double) {
            self.kind = kind
            self.fromSeconds = fromSeconds
            self.toSeconds = toSeconds
        }

        enum CodingKeys: String, CodingKey {
            case kind
            case fromSeconds = "from_s"
            case toSeconds = "to_s"
        }
    }

    public var clips: [Clip]

    private struct Head: Decodable {
        var file: String
        var name: String?
        var place: String?
        var seconds: Double
        var dwell_s: Double?
        var events: [Event]?
        var view_faults: [LabelledFault]?
    }

    public static func read(path: String) throws(SettingsError) -> GroundTruth {
        let root = try StrictDocument.node(StrictDocument.text(of: path), file: path)
        guard let list = root.mapping?["clips"]?.sequence else {
            throw SettingsError(file: path, line: root.mark?.line, reason: "“clips” is missing or no list")
        }
        var clips: [Clip] = []
        for node in list {
            let head = try StrictDocument.decode(Head.self, node, file: path)
            for event in head.events ?? [] where event.box.count != 4 {
                throw SettingsError(file: path, line: node.mark?.line, reason: "\(head.file): a box is [x, y, width, height]")
            }
            let zones = try ZonesFile.zones(of: node, file: path)
            let dwell = head.dwell_s ?? 10
            clips.append(
                Clip(
                    file: head.file, name: head.name, place: head.place, seconds: head.seconds, dwellSeconds: dwell,
                    zones: ZoneSet(zones: zones.zones, dwellSeconds: dwell, scale: zones.scale), events: head.events ?? [],
                    viewFaults: head.view_faults ?? []))
        }
        return GroundTruth(clips: clips)
    }
}
