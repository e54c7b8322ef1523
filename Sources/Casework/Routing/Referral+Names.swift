extension Referral.Kind {
    /// What people call it.
    public var name: BilingualText {
        switch self {
        case .transfer: BilingualText(zh: "移送", en: "referral")
        case .copy: BilingualText(zh: "抄告", en: "copy")
        }
    }
}

extension Referral.Status {
    public var name: BilingualText {
        switch self {
        case .waiting: BilingualText(zh: "待发出", en: "to be sent")
        case .sent: BilingualText(zh: "已发出", en: "sent")
        case .acknowledged: BilingualText(zh: "已签收", en: "acknowledged")
        case .answered: BilingualText(zh: "已答复", en: "answered")
        case .returned: BilingualText(zh: "已退回", en: "returned")
        case .withdrawn: BilingualText(zh: "已撤回", en: "withdrawn")
        }
    }
}

extension Referral.Step {
    public var name: BilingualText {
        switch self {
        case .sent: BilingualText(zh: "标记已发出", en: "Mark as sent")
        case .acknowledged: BilingualText(zh: "标记已签收", en: "Mark as acknowledged")
        case .answered: BilingualText(zh: "登记答复", en: "Enter the answer")
        case .returned: BilingualText(zh: "登记退回", en: "Enter the return")
        }
    }
}
