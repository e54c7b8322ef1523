extension Phrase {
    /// The texts of what people do to a case; nil for all others.
    var actionPair: (zh: String, en: String)? {
        switch self {
        case .actions: ("办理", "Actions")
        case .actionDue: ("多久后复查", "Look again in")
        case .actionDueUnit: ("分钟", "minutes")
        case .actionOutcome: ("结果", "Outcome")
        case .actionTicks: ("逐项确认", "Affirm")
        case .actionNoConflict:
            ("办理即声明与本案无利害关系；如有，请申请回避。", "By acting you declare that you have no interest in the case; otherwise recuse yourself.")
        case .actionSuggestion: ("初筛意见", "Suggestion")
        case .actionNote: ("说明", "Note")
        case .actionText: ("理由与说明（必填）", "Reasons, in words (needed)")
        case .actionAffirm: ("图像与记录是否——", "The record is —")
        case .actionAffirmAll: ("全部确认", "All four")
        case .actionDone: ("已办理：{action}", "Done: {action}")
        case .standingScreened: ("{name} 初筛建议“{what}” · {time}", "{name} suggests “{what}” · {time}")
        case .standingCorrection: ("{name} {what} · {time} · 复查 {due}", "{what} by {name} · {time} · look again {due}")
        case .standingLook: ("机器复看：{what} · {time}", "Second look: {what} · {time}")
        case .standingRecheck: ("{name} 复查：{what} · {time}", "Re-check by {name}: {what} · {time}")
        case .standingSecond: ("{name} 二审：{what} · {time}", "Second opinion by {name}: {what} · {time}")
        case .standingSettled: ("{name} {what} · {time}", "{what} by {name} · {time}")
        case .standingObjection: ("{name} 提出异议 · {time}", "Objection by {name} · {time}")
        case .standingReexamined: ("{name} 复核：{what} · {time}", "Re-examined by {name}: {what} · {time}")
        case .standingHold: ("{name} 证据保全 · {time}", "Legal hold by {name} · {time}")
        case .standingOutcome: ("结果：{what}", "Outcome: {what}")
        case .blindReview: ("二审前不显示前一名队员的意见，请独立判断。", "What the first officer said is not shown before your own opinion.")
        case .keysAffirm: ("四项全部确认", "Affirm all four")
        case .party: ("当事人", "The party")
        default: nil
        }
    }
}
