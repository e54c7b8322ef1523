import Casework
import SceneAnalysis

extension SecondLook {
    /// The machine's proposal and its reason, in words for officers.
    init(_ judgement: PlaceJudgement) {
        let object = Self.percent(judgement.objectPart)
        let ground = Self.percent(judgement.groundPart)
        switch judgement.finding {
        case .there:
            self.init(
                proposal: .notCorrected,
                reason: BilingualText(
                    zh: "同一画面中，该处 \(object) 仍与取证时相同（\(judgement.pictures) 张画面）。",
                    en: "In the same view \(object) of the place still look as in the evidence (\(judgement.pictures) pictures)."),
                likeness: judgement.objectPart)
        case .gone:
            self.init(
                proposal: .corrected,
                reason: BilingualText(
                    zh: "同一画面中，该处 \(ground) 已恢复到物品出现之前的样子（\(judgement.pictures) 张画面）。",
                    en: "In the same view \(ground) of the place look as before the object came (\(judgement.pictures) pictures)."),
                likeness: judgement.objectPart)
        case .unseen:
            self.init(
                proposal: .cannotSee, reason: (judgement.obstacle ?? .tooFewPictures).text, likeness: judgement.objectPart)
        }
    }

    private static func percent(_ part: Double?) -> String { part.map { "\(Int(($0 * 100).rounded())) %" } ?? "–" }
}

extension PlaceJudgement.Obstacle {
    /// Whether another look some minutes later may see more.
    var isPassing: Bool {
        switch self {
        case .tooFewPictures, .dark, .blurred, .moved, .covered, .neither: true
        case .indistinct, .noPictureBefore, .otherFormat: false
        }
    }

    var text: BilingualText {
        switch self {
        case .tooFewPictures: BilingualText(zh: "到期后没有得到足够的画面，无法比对。", en: "Too few pictures came after the time to compare.")
        case .dark: BilingualText(zh: "画面过暗，无法比对。", en: "The view is too dark to compare.")
        case .blurred: BilingualText(zh: "画面模糊或镜头被遮挡，无法比对。", en: "The view is out of focus or the lens is covered.")
        case .moved: BilingualText(zh: "摄像机朝向已改变，画面与取证时不一致。", en: "The camera looks elsewhere than in the evidence.")
        case .covered: BilingualText(zh: "该处被人或车辆遮挡，看不清。", en: "Somebody or a vehicle stands before the place.")
        case .neither:
            BilingualText(
                zh: "该处既不像取证时，也不像物品出现之前：可能被遮挡、换了位置或部分清理，请人工查看。",
                en: "The place looks neither as in the evidence nor as before: covered, moved about or partly cleared; look yourself.")
        case .indistinct:
            BilingualText(
                zh: "取证画面中物品与地面难以区分，机器无法比对，请人工查看。",
                en: "In the evidence the object hardly differs from the ground; the machine cannot tell, look yourself.")
        case .noPictureBefore:
            BilingualText(
                zh: "证据包没有物品出现之前的画面，且该处已与取证时不同，请人工查看。",
                en: "The package has no picture from before and the place looks otherwise now; look yourself.")
        case .otherFormat:
            BilingualText(zh: "摄像机画面比例已改变，无法比对。", en: "The camera's picture has other proportions now.")
        }
    }
}
