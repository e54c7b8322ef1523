public import Casework
import Yams

/// When a trouble becomes a work order, and which figures are one: `Config/health.yaml`.
public struct HealthSettings: Sendable, Hashable {
    /// How long a trouble lasts before it is an order, and how long all is well before the order ends.
    public struct Lasting: Codable, Sendable, Hashable {
        public var opensAfterSeconds: Double
        public var closesAfterSeconds: Double

        public init(opensAfterSeconds: Double, closesAfterSeconds: Double) {
            self.opensAfterSeconds = opensAfterSeconds
            self.closesAfterSeconds = closesAfterSeconds
        }

        private enum CodingKeys: String, CodingKey {
            case opensAfterSeconds = "opens_after_s"
            case closesAfterSeconds = "closes_after_s"
        }
    }

    /// From which figure on something is a trouble.
    public struct Limits: Codable, Sendable, Hashable {
        /// Room on the store's disk, 10⁹ bytes.
        public var diskFreeGigabytes: Double

        /// Below this somebody should make room, percent of the disk.
        public var diskWarnPercent: Double
        /// Below this no new evidence is taken.
        public var diskStopPercent: Double
        /// From this on it is taken again.
        public var diskResumePercent: Double

        public var gate: DiskGate.Limits { DiskGate.Limits(warn: diskWarnPercent, stop: diskStopPercent, resume: diskResumePercent) }

        public init(
            diskFreeGigabytes: Double, diskWarnPercent: Double = 20, diskStopPercent: Double = 5, diskResumePercent: Double = 6
        ) {
            self.diskFreeGigabytes = diskFreeGigabytes
            self.diskWarnPercent = diskWarnPercent
            self.diskStopPercent = diskStopPercent
            self.diskResumePercent = diskResumePercent
        }

        private enum CodingKeys: String, CodingKey {
            case diskFreeGigabytes = "disk_free_gb"
            case diskWarnPercent = "disk_warn_percent"
            case diskStopPercent = "disk_stop_percent"
            case diskResumePercent = "disk_resume_percent"
        }
    }

    /// How often the channels are looked at.
    public var lookSeconds: Double
    /// How long days and ended faults are kept.
    public var keepDays: Int
    public var limits: Limits
    /// One for each kind.
    public var faults: [FaultKind: Lasting]

    public init(lookSeconds: Double, keepDays: Int, limits: Limits, faults: [FaultKind: Lasting]) {
        self.lookSeconds = lookSeconds
        self.keepDays = keepDays
        self.limits = limits
        self.faults = faults
    }

    /// - Throws: `SettingsError` with file and line for what is unknown, missing or out of range.
    public static func read(path: String) throws(SettingsError) -> HealthSettings {
        try parse(StrictDocument.text(of: path), file: path)
    }

    /// - Parameter file: named in errors.
    public static func parse(_ text: String, file: String) throws(SettingsError) -> HealthSettings {
        let root = try StrictDocument.node(text, file: file)
        try StrictDocument.refuseUnknownKeys(root, known: ["look_s", "keep_days", "limits", "faults"], file: file)
        func part(_ name: String, of node: Node) throws(SettingsError) -> Node {
            guard let found = node.mapping?[Node(name)] else {
                throw SettingsError(file: file, line: node.mark?.line, reason: "“\(name)” is missing")
            }
            return found
        }
        func check(_ isRight: Bool, _ node: Node, _ reason: String) throws(SettingsError) {
            guard isRight else { throw SettingsError(file: file, line: node.mark?.line, reason: reason) }
        }
        let look = try part("look_s", of: root)
        let lookSeconds = try StrictDocument.decode(Double.self, look, file: file)
        try check((1...30).contains(lookSeconds), look, "look_s must be from 1 to 30: a minute needs at least two looks")
        let keep = try part("keep_days", of: root)
        let keepDays = try StrictDocument.decode(Int.self, keep, file: file)
        try check((1...4000).contains(keepDays), keep, "keep_days must be from 1 to 4000")
        let bounds = try part("limits", of: root)
        let limits = try StrictDocument.decodeStrictly(Limits.self, bounds, file: file)
        try check(limits.diskFreeGigabytes > 0 && limits.diskFreeGigabytes.isFinite, bounds, "disk_free_gb must be above 0")
        try check(
            0 < limits.diskStopPercent && limits.diskStopPercent < limits.diskResumePercent
                && limits.diskResumePercent < limits.diskWarnPercent && limits.diskWarnPercent < 100, bounds,
            "the percents of the disk must rise from disk_stop_percent over disk_resume_percent to disk_warn_percent")
        let list = try part("faults", of: root)
        try StrictDocument.refuseUnknownKeys(list, known: Set(FaultKind.allCases.map(\.rawValue)), file: file)
        var faults: [FaultKind: Lasting] = [:]
        for kind in FaultKind.allCases {
            let node = try part(kind.rawValue, of: list)
            let lasting = try StrictDocument.decodeStrictly(Lasting.self, node, file: file)
            for seconds in [lasting.opensAfterSeconds, lasting.closesAfterSeconds] {
                try check((0...86_400).contains(seconds), node, "\(kind.rawValue): seconds must be from 0 to 86400")
            }
            faults[kind] = lasting
        }
        return HealthSettings(lookSeconds: lookSeconds, keepDays: keepDays, limits: limits, faults: faults)
    }
}
