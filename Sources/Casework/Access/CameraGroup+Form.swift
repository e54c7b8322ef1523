extension CameraGroup: LedgerForm {
    public static let about = LedgerAbout(
        name: BilingualText(zh: "摄像机组", en: "Groups of cameras"),
        purpose: BilingualText(
            zh: "按组限定用户可见的摄像机；组外的案件、证据、故障和录像对其不存在。",
            en: "Confines users to some cameras: cases, evidence, faults and footage of the others are not there for them."))

    public static func fields(_ choices: LedgerChoices) -> [LedgerField] {
        [
            LedgerField("name", zh: "名称", en: "Name", .text(limit: 100), isRequired: true, isInTable: true),
            LedgerField(
                "channelIDs", zh: "通道编号", en: "Channels", note: BilingualText(zh: "每行一个通道编号。", en: "One channel id a line."), .list,
                isInTable: true),
            LedgerField(
                "grids", zh: "网格代码", en: "Grids",
                note: BilingualText(zh: "每行一个；含其下级网格的在用通道。", en: "One code a line; channels in service in it or below it."), .list,
                isInTable: true),
        ]
    }

    public var title: String { name }
}
