extension Phrase {
    /// The texts of messages and second looks; nil for all others.
    var noticePair: (zh: String, en: String)? {
        switch self {
        case .notices: ("提醒与通知", "Messages")
        case .noticesNone: ("没有消息。", "No messages.")
        case .noticesAbout: ("劝阻提醒、责令改正的消息：每条均由执法人员放行。", "Reminders and orders to parties; an officer released each of them.")
        case .noticesEarlier: ("更早的消息", "Earlier messages")
        case .noticeSMS: ("短信", "SMS")
        case .noticeVoice: ("语音", "voice call")
        case .noticePaper: ("纸质", "paper")
        case .noticeReleased: ("{what} · {medium} · {name} 放行", "{what} · {medium} · released by {name}")
        case .noticeError: ("第 {n} 次未成功：{why}", "Try {n} failed: {why}")
        case .noticeReply: ("回复", "Answer")
        case .noticeRetry: ("重新发送", "Try again")
        case .noticeDelivered: ("登记已送达", "Delivered")
        case .noticeReplied: ("登记回复", "Answered")
        case .noticeReplyPlaceholder: ("当事人怎么说", "What the party said")
        case .noticeTemplate: ("消息模板", "Message")
        case .noticeNone: ("不发消息（已当面告知）", "No message (told in person)")
        case .noticeRecipient: ("接收号码或姓名", "Number or name")
        case .noticeText: ("改写内容（留空按模板）", "Other words (empty: as the template says)")
        case .noticeOpenCase: ("打开案件", "Open the case")
        case .lookTitle: ("到期复看", "Second look")
        case .lookAt: ("机器于 {time} 复看同一画面。", "The machine looked at the same view {time}.")
        case .lookProposal: ("机器建议：{what}（须由执法人员确认）", "Proposal: {what} (an officer confirms)")
        case .lookCorrected: ("已整改", "corrected")
        case .lookNotCorrected: ("未整改", "not corrected")
        case .lookCannotSee: ("看不清", "cannot see")
        case .lookThen: ("取证时", "In the evidence")
        case .lookNow: ("现在", "Now")
        case .lookWhole: ("现在的完整画面", "The whole view now")
        case .lookSlide: ("左右拖动比较", "Slide to compare")
        default: nil
        }
    }
}
