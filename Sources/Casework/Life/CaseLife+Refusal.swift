extension CaseLife {
    /// Why an action is not possible; nothing has changed.
    public enum Refusal: Error, Sendable, Hashable {
        /// Somebody decided already; holds the state that stands.
        case decidedAlready(CaseState)
        /// The case is not where this could be done.
        case notNow(CaseAction.Kind, CaseState)
        case roleMissing(CaseAction.Kind)
        case certificateMissing
        case certificateInvalid(on: LocalDay)
        /// Declared a conflict of interest in this case.
        case recused
        case conflictUndeclared
        case screenedByYourself
        /// Had a part in the case already; the law wants another person.
        case involvedAlready
        case ticksMissing([CaseAction.Tick])
        case reasonMissing(CaseAction.Kind)
        case noteMissing(CaseAction.Kind)
        case noteTooLong(characters: Int)
        case suggestionMissing
        case dueMissing
        case outcomeMissing
        case lookMissing
        case nothingToUndo
        /// The decision is another officer's.
        case otherOfficersDecision
        /// The window is over.
        case undoTooLate(window: Duration)

        /// Stable, for clients.
        public var code: String {
            switch self {
            case .decidedAlready: "decided-already"
            case .notNow: "not-now"
            case .roleMissing: "role-missing"
            case .certificateMissing: "certificate-missing"
            case .certificateInvalid: "certificate-invalid"
            case .recused: "recused"
            case .conflictUndeclared: "conflict-undeclared"
            case .screenedByYourself: "screened-by-yourself"
            case .involvedAlready: "involved-already"
            case .ticksMissing: "ticks-missing"
            case .reasonMissing: "reason-missing"
            case .noteMissing: "note-missing"
            case .noteTooLong: "note-too-long"
            case .suggestionMissing: "suggestion-missing"
            case .dueMissing: "due-missing"
            case .outcomeMissing: "outcome-missing"
            case .lookMissing: "look-missing"
            case .nothingToUndo: "nothing-to-undo"
            case .otherOfficersDecision: "other-officers-decision"
            case .undoTooLate: "undo-too-late"
            }
        }

        /// The field of the action that is wrong; nil where none is.
        public var field: String? {
            switch self {
            case .conflictUndeclared: "declaresNoConflict"
            case .ticksMissing: "ticks"
            case .reasonMissing: "reason"
            case .noteMissing, .noteTooLong: "note"
            case .suggestionMissing: "suggestion"
            case .dueMissing: "dueAt"
            case .outcomeMissing: "outcome"
            case .lookMissing: "look"
            default: nil
            }
        }

        public var text: BilingualText {
            switch self {
            case .decidedAlready(let state): BilingualText(zh: "该案件已有处理结果：\(state.name.zh)。", en: "The case is “\(state.name.en)” already.")
            case .notNow(let kind, let state):
                BilingualText(
                    zh: "案件处于“\(state.name.zh)”，不能“\(kind.name.zh)”。",
                    en: "“\(kind.name.en)” is not possible while the case is “\(state.name.en)”.")
            case .roleMissing(let kind): BilingualText(zh: "您的角色不能“\(kind.name.zh)”。", en: "Your role may not do “\(kind.name.en)”.")
            case .certificateMissing:
                BilingualText(
                    zh: "您的账号没有登记执法证，请管理员在“用户”中登记。",
                    en: "No enforcement certificate is entered for your account; ask an administrator to enter it under “Users”.")
            case .certificateInvalid(let day):
                BilingualText(zh: "您的执法证在 \(day) 无效。", en: "Your enforcement certificate does not hold on \(day).")
            case .recused: BilingualText(zh: "您已申请回避本案。", en: "You declared a conflict of interest in this case.")
            case .conflictUndeclared:
                BilingualText(
                    zh: "请声明与本案无利害关系（行政处罚法第四十三条）；如有，请申请回避。",
                    en: "Declare that you have no interest in the case (administrative penalty law art. 43), or recuse yourself.")
            case .screenedByYourself: BilingualText(zh: "初筛人员不能复审同一案件。", en: "Whoever screened a case does not review it.")
            case .involvedAlready:
                BilingualText(
                    zh: "您已参与本案，须由另一名人员办理（行政处罚法第四十二条）。",
                    en: "You had a part in this case; another person must act (administrative penalty law art. 42).")
            case .ticksMissing:
                BilingualText(
                    zh: "请逐项确认：真实、清晰、完整、准确（行政处罚法第四十一条）。",
                    en: "Affirm all four: true, clear, complete, accurate (administrative penalty law art. 41).")
            case .reasonMissing(let kind): BilingualText(zh: "“\(kind.name.zh)”须选择理由。", en: "“\(kind.name.en)” needs a reason.")
            case .noteMissing(let kind): BilingualText(zh: "“\(kind.name.zh)”须填写说明。", en: "“\(kind.name.en)” needs a note.")
            case .noteTooLong(let count):
                BilingualText(
                    zh: "说明有 \(count) 字，最多 \(CaseLife.noteLimit) 字。",
                    en: "The note has \(count) characters; at most \(CaseLife.noteLimit) are kept.")
            case .suggestionMissing: BilingualText(zh: "请选择初筛意见。", en: "A screening needs a suggestion.")
            case .dueMissing: BilingualText(zh: "请给出晚于现在的复查时间。", en: "Give a time for the re-check that lies in the future.")
            case .outcomeMissing:
                BilingualText(zh: "请选择结果：已整改、首违不罚或轻微不罚。", en: "Choose the outcome: corrected, first offence or minor.")
            case .lookMissing: BilingualText(zh: "缺少复查结果。", en: "The look's findings are missing.")
            case .nothingToUndo: BilingualText(zh: "该案件没有可撤销的决定。", en: "There is no decision to take back.")
            case .otherOfficersDecision:
                BilingualText(zh: "只能由作出决定的人员本人撤销。", en: "Only the officer who decided can take it back.")
            case .undoTooLate(let window):
                BilingualText(
                    zh: "已超过 \(window.components.seconds) 秒，不能再撤销。",
                    en: "More than \(window.components.seconds) s have passed; it can no longer be taken back.")
            }
        }
    }
}

extension CaseLife.Refusal: CustomStringConvertible {
    public var description: String { text.en }
}
