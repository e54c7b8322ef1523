extension CaseState {
    /// What people call it.
    public var name: BilingualText {
        switch self {
        case .candidate: BilingualText(zh: "待处理", en: "Waiting")
        case .screened: BilingualText(zh: "已初筛", en: "Screened")
        case .confirmed: BilingualText(zh: "已确认", en: "Confirmed")
        case .falseAlarm: BilingualText(zh: "误报", en: "False alarm")
        case .exempt: BilingualText(zh: "豁免", en: "Exempt")
        case .transferred: BilingualText(zh: "已移送", en: "Transferred")
        case .awaitingCorrection: BilingualText(zh: "待整改", en: "Awaiting correction")
        case .recheckDue: BilingualText(zh: "待复查", en: "Re-check due")
        case .secondReview: BilingualText(zh: "待二审", en: "Second review")
        case .disputed: BilingualText(zh: "待裁定", en: "Disputed")
        case .handedOver: BilingualText(zh: "已移交立案", en: "Handed over")
        case .reexamination: BilingualText(zh: "异议复核", en: "Re-examination")
        case .closed: BilingualText(zh: "已结案", en: "Closed")
        }
    }
}

extension CaseAction.Kind {
    /// What people call it.
    public var name: BilingualText {
        switch self {
        case .screen: BilingualText(zh: "初筛", en: "Screen")
        case .confirm: BilingualText(zh: "确认", en: "Confirm")
        case .falseAlarm: BilingualText(zh: "误报", en: "False alarm")
        case .exempt: BilingualText(zh: "豁免", en: "Exempt")
        case .transfer: BilingualText(zh: "移送", en: "Transfer")
        case .undo: BilingualText(zh: "撤销", en: "Undo")
        case .reopen: BilingualText(zh: "重新审核", en: "Reopen")
        case .remind: BilingualText(zh: "劝阻提醒", en: "Remind")
        case .order: BilingualText(zh: "责令改正", en: "Order to correct")
        case .look: BilingualText(zh: "机器复看", en: "Second look")
        case .corrected: BilingualText(zh: "已整改", en: "Corrected")
        case .notCorrected: BilingualText(zh: "未整改", en: "Not corrected")
        case .cannotSee: BilingualText(zh: "看不清，再复查", en: "Cannot see, look again")
        case .agree: BilingualText(zh: "同意移交", en: "Agree to hand over")
        case .disagree: BilingualText(zh: "不同意", en: "Disagree")
        case .handOver: BilingualText(zh: "裁定移交", en: "Settle: hand over")
        case .drop: BilingualText(zh: "裁定不移交", en: "Settle: drop")
        case .withdraw: BilingualText(zh: "撤回", en: "Withdraw")
        case .object: BilingualText(zh: "提出异议", en: "Object")
        case .uphold: BilingualText(zh: "维持", en: "Uphold")
        case .revoke: BilingualText(zh: "撤销案件", en: "Revoke")
        case .recuse: BilingualText(zh: "申请回避", en: "Recuse")
        case .hold: BilingualText(zh: "证据保全", en: "Legal hold")
        case .release: BilingualText(zh: "解除保全", en: "Release hold")
        }
    }
}

extension CaseAction.Outcome {
    public var name: BilingualText {
        switch self {
        case .corrected: BilingualText(zh: "已整改", en: "Corrected")
        case .firstOffence: BilingualText(zh: "首违不罚", en: "First offence, not penalised")
        case .minor: BilingualText(zh: "轻微不罚", en: "Minor, not penalised")
        case .dropped: BilingualText(zh: "裁定不移交", en: "Dropped by the head")
        case .withdrawn: BilingualText(zh: "撤回", en: "Withdrawn")
        case .revoked: BilingualText(zh: "异议成立", en: "Objection held")
        }
    }
}

extension CaseAction.Tick {
    public var name: BilingualText {
        switch self {
        case .isTrue: BilingualText(zh: "真实", en: "true")
        case .clear: BilingualText(zh: "清晰", en: "clear")
        case .complete: BilingualText(zh: "完整", en: "complete")
        case .accurate: BilingualText(zh: "准确", en: "accurate")
        }
    }
}
