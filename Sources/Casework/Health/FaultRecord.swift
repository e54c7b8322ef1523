public import Foundation

/// What kind of trouble a work order is about; a channel has at most one open order of each.
public enum FaultKind: String, Codable, Sendable, CaseIterable {
    /// There is no stream: the source is unreachable, refuses, is silent, broke.
    case source
    /// Connected, but the pictures have stopped.
    case stalled
    /// The picture is black, covered, frozen, moved, blurred, noisy, tinted, or the recorder's "no signal".
    case view
    /// It is seen, but no clip could be recorded.
    case recording
    /// Key frames come too seldom.
    case gop
    /// The camera's clock runs wrong, or is set wrong.
    case clock
    /// The machine is short of time and looks at the channel more seldom than it wants to be.
    case restraint
    /// The machine's own: evidence cannot be stored, or soon cannot.
    case disk
}

/// A trouble that lasted: a work order with its start, its end and a picture.
public struct FaultRecord: Codable, Sendable, Identifiable, Hashable {
    /// A version 7 UUID; names the picture `faults/<id>.jpg` beside the store.
    public var id: String
    /// nil for the machine's own faults.
    public var channelID: String?
    public var kind: FaultKind
    /// A code such as `view-black`, or plain text; the one that stands now, or stood last.
    public var reason: String
    /// The measured size of the trouble, if it has one: seconds, parts per million or gigabytes, as `reason` says.
    public var figure: Double?
    /// When the trouble began, which is before the order was made.
    public var startedAt: Date
    /// When all was well again; nil while it is open.
    public var endedAt: Date?
    public var hasStill: Bool
    /// What operators wrote, oldest first.
    public var notes: [FaultNote]

    public init(
        id: String, channelID: String?, kind: FaultKind, reason: String, figure: Double? = nil, startedAt: Date,
        endedAt: Date? = nil, hasStill: Bool = false, notes: [FaultNote] = []
    ) {
        self.id = id
        self.channelID = channelID
        self.kind = kind
        self.reason = reason
        self.figure = figure
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.hasStill = hasStill
        self.notes = notes
    }

    public var isOpen: Bool { endedAt == nil }
}

/// An operator's word on a fault: seen, or who goes there.
public struct FaultNote: Codable, Sendable, Hashable {
    /// 1…500 characters.
    public var text: String
    public var userID: String
    public var at: Date

    public init(text: String, userID: String, at: Date) {
        self.text = text
        self.userID = userID
        self.at = at
    }
}

/// Which faults a list shows.
public struct FaultFilter: Sendable, Hashable {
    public enum Standing: String, Sendable, CaseIterable { case open, closed, all }

    public var standing: Standing
    public var kind: FaultKind?
    public var channelID: String?

    public init(standing: Standing = .all, kind: FaultKind? = nil, channelID: String? = nil) {
        self.standing = standing
        self.kind = kind
        self.channelID = channelID
    }
}
