/// What holds for all violations on a street, from `Models/street.yaml`.
public struct StreetRules: Codable, Sendable, Hashable {
    public var ground: GroundSettings
    public var attendance: AttendanceRule
    public var queue: QueueRule

    public init(ground: GroundSettings, attendance: AttendanceRule, queue: QueueRule) {
        self.ground = ground
        self.attendance = attendance
        self.queue = queue
    }
}

/// When somebody counts as being with a thing, which then must stay longer before it counts as left.
public struct AttendanceRule: Codable, Sendable, Hashable {
    /// Part of its life in which somebody was beside it.
    public var company: Double
    /// How long somebody must have been there in all, seconds: passers-by in a busy street are company for a while too.
    public var seconds: Double
    /// Times the dwell.
    public var patience: Double
}

/// When people who stand side by side are a queue.
public struct QueueRule: Codable, Sendable, Hashable {
    public var people: Int
    /// Largest gap between two of them, in widths of the narrower.
    public var gap: Double
}
