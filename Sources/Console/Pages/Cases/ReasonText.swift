import Casework
import Pipeline

/// The patrol's codes in the reader's words.
extension Wording {
    /// What a code says, with its figure where it has one; any other text is shown as it is.
    func reason(_ code: String, figure: Double? = nil) -> String {
        guard let phrase = Self.reasons[code] else { return code }
        return text(phrase, ["n": figure.map { number($0, digits: 1) } ?? "?"])
    }

    static let viewReasons: [String: Phrase] = [
        "view-black": .viewBlack, "view-frozen": .viewFrozen, "view-blocked": .viewBlocked,
        "view-defocused": .viewDefocused, "view-shifted": .viewShifted, "view-noisy": .viewNoisy,
        "view-colour-cast": .viewColourCast, "view-signal-lost": .viewSignalLost,
    ]

    private static let sourceReasons: [String: Phrase] = [
        ChannelStatus.Reason.fileOver: .fileOver, ChannelStatus.Reason.ended: .sourceEnded,
        ChannelStatus.Reason.unauthorized: .sourceUnauthorized, ChannelStatus.Reason.forbidden: .sourceForbidden,
        ChannelStatus.Reason.notFound: .sourceNotFound, ChannelStatus.Reason.refused: .sourceRefused,
        ChannelStatus.Reason.silent: .sourceSilent, ChannelStatus.Reason.unreachable: .sourceUnreachable,
        ChannelStatus.Reason.broke: .sourceBroke, ChannelStatus.Reason.noVideo: .sourceNoVideo,
        ChannelStatus.Reason.damaged: .sourceDamaged, ChannelStatus.Reason.noFile: .sourceNoFile,
        ChannelStatus.Reason.noPicture: .sourceNoPicture, ChannelStatus.Reason.changed: .sourceChanged,
        ChannelStatus.Reason.clockJumped: .clockJumped, ChannelStatus.Reason.noMainStream: .noMainStream,
    ]

    private static let healthReasons: [String: Phrase] = [
        "stalled": .reasonStalled, "connecting": .reasonConnecting, "warming-up": .reasonWarmingUp,
        "no-frames": .reasonNoFrames, "source-other": .reasonOther, "cannot-record": .reasonCannotRecord,
        ChannelStatus.Reason.groupTooLong: .reasonGOP, ChannelStatus.Reason.clockDrift: .reasonDrift,
        ChannelStatus.Reason.clockOffset: .reasonOffset,
        "evidence-not-stored": .reasonEvidence, "disk-low": .reasonDisk, "disk-stopped": .reasonDiskStopped,
    ]

    private static let reasons = viewReasons.merging(sourceReasons) { $1 }.merging(healthReasons) { $1 }
}

extension FaultKind {
    var phrase: Phrase {
        switch self {
        case .source: .faultKindSource
        case .stalled: .faultKindStalled
        case .view: .faultKindView
        case .recording: .faultKindRecording
        case .gop: .faultKindGOP
        case .clock: .faultKindClock
        case .restraint: .faultKindRestraint
        case .disk: .faultKindDisk
        }
    }
}

extension ChannelHealth {
    var phrase: Phrase {
        switch self {
        case .bad: .healthBad
        case .busy: .healthBusy
        case .good: .healthGood
        case .off: .healthOff
        }
    }

    /// A sign beside the colour, for those who do not see it.
    var sign: String {
        switch self {
        case .bad: "!"
        case .busy: "…"
        case .good: "✓"
        case .off: "‖"
        }
    }
}
