package import Casework

/// What one look says of one kind of trouble.
package enum FaultFinding: Sendable, Hashable {
    case well
    /// It cannot be told now: a channel without pictures has no known view.
    case unknown
    /// - reason: a code, or plain text without credentials.
    /// - figure: its measured size, in the reason's unit.
    case bad(reason: String, figure: Double? = nil)

    /// The longest plain text that an order keeps.
    private static let longestReason = 300

    /// What a channel's state says of each kind but the machine's own.
    package static func findings(of status: ChannelStatus) -> [FaultKind: FaultFinding] {
        guard !status.isAtRest else { return [:] }
        let isSeen = status.state == .patrolling || status.state == .watching
        return [
            .source: source(status),
            .stalled: status.state == .stalled
                ? .bad(reason: status.reason.isEmpty ? "stalled" : status.reason) : status.state == .connecting ? .unknown : .well,
            .view: !isSeen ? .unknown : status.hasViewFault ? .bad(reason: status.reason) : .well,
            .recording: !isSeen ? .unknown : status.canRecord ? .well : .bad(reason: "cannot-record"),
            .gop: group(status),
            .clock: clock(status),
            .restraint: status.restraint.isEmpty ? .well : .bad(reason: String(status.restraint.prefix(longestReason))),
        ]
    }

    /// What the machine's own disk says.
    package static func disk(
        evidenceProblem: String?, freeGigabytes: Double?, limits: HealthSettings.Limits, gate: DiskGate.State? = nil
    ) -> FaultFinding {
        if gate == .stopped { return .bad(reason: "disk-stopped", figure: freeGigabytes) }
        if evidenceProblem != nil { return .bad(reason: "evidence-not-stored", figure: freeGigabytes) }
        guard let freeGigabytes else { return .unknown }
        return freeGigabytes < limits.diskFreeGigabytes || gate == .low ? .bad(reason: "disk-low", figure: freeGigabytes) : .well
    }

    private static func source(_ status: ChannelStatus) -> FaultFinding {
        switch status.state {
        case .patrolling, .watching, .warmingUp: .well
        case .connecting, .stalled: .unknown
        case .backingOff, .stopped:
            .bad(reason: status.reason.isEmpty ? ChannelStatus.Reason.broke : String(status.reason.prefix(longestReason)))
        }
    }

    private static func group(_ status: ChannelStatus) -> FaultFinding {
        let reason = ChannelStatus.Reason.groupTooLong
        if status.notices.contains(reason) { return .bad(reason: reason, figure: status.gopSeconds) }
        return status.gopSeconds == nil ? .unknown : .well
    }

    private static func clock(_ status: ChannelStatus) -> FaultFinding {
        for (reason, figure) in [
            (ChannelStatus.Reason.clockDrift, status.clocks?.driftPPM),
            (ChannelStatus.Reason.clockOffset, status.clocks?.senderOffsetSeconds),
        ] where status.notices.contains(reason) { return .bad(reason: reason, figure: figure) }
        return status.clocks == nil ? .unknown : .well
    }
}
