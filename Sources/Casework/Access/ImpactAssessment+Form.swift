extension ImpactAssessment: LedgerForm {
    public static let about = LedgerAbout(
        name: BilingualText(zh: "个人信息保护影响评估", en: "Impact assessments"),
        purpose: BilingualText(
            zh: "个人信息保护法第五十五、五十六条：处理目的、必要性、影响与风险、保护措施；记录至少保存三年。",
            en: "Personal information law art. 55–56: purpose, necessity, impact and risk, measures; kept three years and more."))

    public static func fields(_ choices: LedgerChoices) -> [LedgerField] {
        [
            LedgerField("purpose", zh: "处理目的与方式", en: "Purpose and means", .text(limit: 4_000), isRequired: true, isInTable: true),
            LedgerField("necessity", zh: "合法、正当、必要", en: "Lawful, fair, necessary", .text(limit: 4_000), isRequired: true),
            LedgerField("impact", zh: "对个人权益的影响与风险", en: "Impact and risk", .text(limit: 4_000), isRequired: true),
            LedgerField("measures", zh: "保护措施及其适当性", en: "Measures, and why they fit", .text(limit: 4_000), isRequired: true),
            LedgerField("date", zh: "评估日期", en: "Date", .day, isRequired: true, isInTable: true),
            LedgerField("assessedBy", zh: "评估人", en: "Assessed by", .text(limit: 100), isRequired: true, isInTable: true),
            LedgerField("validUntil", zh: "有效期至", en: "Valid until", .day, isRequired: true, isInTable: true),
        ]
    }

    public var title: String { String(purpose.prefix(40)) }

    public var expiries: [LedgerExpiry] { [LedgerExpiry(field: "validUntil", day: validUntil)] }
}
