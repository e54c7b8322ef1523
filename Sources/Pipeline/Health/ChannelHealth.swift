/// How a channel is doing, in four colours: for walls, lists and exit codes. They sort worst first.
public enum ChannelHealth: String, Codable, Sendable, CaseIterable, Comparable {
    /// Nothing, or nothing usable, is seen although something should be.
    case bad
    /// On the way: connecting, or learning its view.
    case busy
    /// Seen and judged.
    case good
    /// Not to be watched.
    case off

    /// - Parameters:
    ///   - status: nil while the patrol does not know the channel.
    ///   - isEnabled: whether it is to be watched.
    public init(_ status: ChannelStatus?, isEnabled: Bool) {
        guard isEnabled, let status else {
            self = .off
            return
        }
        self =
            switch status.state {
            case .patrolling, .watching: status.hasViewFault ? .bad : .good
            case .connecting, .warmingUp: .busy
            case .stalled, .backingOff: .bad
            case .stopped: status.reason.isEmpty ? .off : .bad
            }
    }

    public static func < (left: ChannelHealth, right: ChannelHealth) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .bad: 0
        case .busy: 1
        case .good: 2
        case .off: 3
        }
    }
}

extension ChannelStatus {
    /// Whether the picture comes but cannot be judged.
    public var hasViewFault: Bool { reason.hasPrefix("view-") }

    /// The measured size of what `reason` says, in the reason's own unit; nil if it has none.
    public var figure: Double? {
        switch reason {
        case "gop-too-long": gopSeconds
        case "clock-drift": clocks?.driftPPM
        case "clock-offset": clocks?.senderOffsetSeconds
        default: nil
        }
    }

    /// Whether it was stopped on purpose, or has come to its own end.
    var isAtRest: Bool { state == .stopped && (reason.isEmpty || reason == Reason.fileOver) }

    /// Why the channel's eyes are closed at this moment, as a code; nil while they are open.
    var blindness: String? {
        switch state {
        case .connecting: "connecting"
        case .warmingUp: "warming-up"
        case .stalled: "stalled"
        case .backingOff, .stopped: Self.isCode(reason) ? reason : "source-other"
        case .patrolling, .watching: hasViewFault ? reason : canRecord ? nil : "cannot-record"
        }
    }

    /// Codes become keys and labels; a plain text must not.
    private static func isCode(_ text: String) -> Bool {
        (1...40).contains(text.utf8.count) && text.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
