/// One shop, one file (一店一档).
public struct ShopRecord: LedgerForm {
    /// How much a shop is looked after; how often each is looked at stands in `Config/ledgers.yaml`.
    public enum Grade: String, Codable, Sendable, CaseIterable {
        case red, yellow, green

        public var name: BilingualText {
            switch self {
            case .red: BilingualText(zh: "红色", en: "red")
            case .yellow: BilingualText(zh: "黄色", en: "yellow")
            case .green: BilingualText(zh: "绿色", en: "green")
            }
        }
    }

    public static let ledger = LedgerKind.shop

    public var name: String
    /// Unified social credit code; empty for a shop without a licence.
    public var creditCode: String
    public var contactName: String
    public var contactPhone: String
    public var address: String
    /// Number of its business licence.
    public var licence: String
    /// 门前责任区告知书.
    public var dutyArea: LedgerPaper?
    /// 告知承诺书.
    public var commitment: LedgerPaper?
    /// Its frontage as the cameras see it.
    public var frontages: LedgerShapes
    /// Ids of the permit ledger.
    public var permits: [String]
    public var grade: Grade
    /// The day on which somebody looked at it last; nil for never.
    public var lastLook: LocalDay?
    /// Whether it has signed that messages count as served (送达确认书, administrative penalty law art. 61).
    public var acceptsElectronicService: Bool

    public init(
        name: String, creditCode: String = "", contactName: String = "", contactPhone: String = "", address: String = "",
        licence: String = "", dutyArea: LedgerPaper? = nil, commitment: LedgerPaper? = nil, frontages: LedgerShapes = LedgerShapes(),
        permits: [String] = [], grade: Grade = .green, lastLook: LocalDay? = nil, acceptsElectronicService: Bool = false
    ) {
        self.name = name
        self.creditCode = creditCode
        self.contactName = contactName
        self.contactPhone = contactPhone
        self.address = address
        self.licence = licence
        self.dutyArea = dutyArea
        self.commitment = commitment
        self.frontages = frontages
        self.permits = permits
        self.grade = grade
        self.lastLook = lastLook
        self.acceptsElectronicService = acceptsElectronicService
    }

    // MARK: Form

    public static let about = LedgerAbout(
        name: BilingualText(zh: "商铺台账", en: "Shops"),
        purpose: BilingualText(
            zh: "一店一档：主体信息、门前范围、责任区与承诺书、许可、历史和三色等级。",
            en: "One shop, one file: who it is, its frontage, duty area and commitment, permits, history and grade."))

    public static func fields(_ choices: LedgerChoices) -> [LedgerField] {
        [
            LedgerField("name", zh: "店名", en: "Name", .text(limit: 100), isRequired: true),
            LedgerField(
                "creditCode", zh: "统一社会信用代码", en: "Unified social credit code",
                note: BilingualText(zh: "18 位，自动核对校验位；无照可留空。", en: "18 characters, the last one is checked; empty without a licence."),
                .text(limit: 18), isInTable: true),
            LedgerField("address", zh: "地址", en: "Address", .text(limit: 200), isInTable: true),
            LedgerField("contactName", zh: "联系人", en: "Contact", .text(limit: 50), isInTable: true),
            LedgerField("contactPhone", zh: "联系电话", en: "Telephone", .text(limit: 20)),
            LedgerField("licence", zh: "营业执照号", en: "Licence number", .text(limit: 50)),
            LedgerField(
                "grade", zh: "三色等级", en: "Grade", .choice(Grade.allCases.map { .init(id: $0.rawValue, name: $0.name) }), isInTable: true),
            LedgerField("lastLook", zh: "最近巡查日", en: "Last looked at", .day, isInTable: true),
            LedgerField(
                "frontages", zh: "门前范围", en: "Frontage",
                note: BilingualText(zh: "在各通道画面上圈出门前范围。", en: "Drawn on each camera's picture."), .shapes),
            LedgerField("dutyArea", zh: "门前责任区告知书", en: "Duty-area notice", .paper),
            LedgerField("commitment", zh: "告知承诺书", en: "Commitment", .paper),
            LedgerField(
                "permits", zh: "许可", en: "Permits",
                note: BilingualText(zh: "许可台账中的编号，每行一个。", en: "Ids of the permit ledger, one a line."), .list),
            LedgerField(
                "acceptsElectronicService", zh: "已签送达确认书", en: "Accepts electronic service",
                note: BilingualText(
                    zh: "行政处罚法第六十一条：签过确认书才能用短信等方式送达。", en: "Penalty law art. 61: messages serve only with a signed consent."),
                .boolean),
        ]
    }

    public var title: String { name }

    public var expiries: [LedgerExpiry] {
        [("dutyArea", dutyArea), ("commitment", commitment)].compactMap { field, paper in
            paper?.expiry.map { LedgerExpiry(field: field, day: $0) }
        }
    }

    public var problems: [LedgerProblem] {
        var problems =
            LedgerCheck.filled(name, field: "name", limit: 100) + LedgerCheck.length(address, field: "address", limit: 200)
            + LedgerCheck.length(contactName, field: "contactName", limit: 50)
            + LedgerCheck.length(licence, field: "licence", limit: 50) + frontages.problems(field: "frontages")
            + (dutyArea?.problems(field: "dutyArea", name: BilingualText(zh: "责任区告知书", en: "Duty-area notice"), needsExpiry: false) ?? [])
            + (commitment?.problems(field: "commitment", name: BilingualText(zh: "告知承诺书", en: "Commitment"), needsExpiry: false) ?? [])
        if !creditCode.isEmpty, let fault = CreditCode.fault(of: creditCode) {
            problems.append(LedgerProblem(field: "creditCode", text: fault.text))
        }
        // Mainland mobile and landline numbers, with area code or extension.
        if !contactPhone.isEmpty, contactPhone.wholeMatch(of: /\+?[0-9][0-9 \-]{4,18}/) == nil {
            problems.append(
                LedgerProblem(
                    field: "contactPhone",
                    text: BilingualText(
                        zh: "电话须为 5–20 位数字，可带 + 和 -。", en: "A telephone number has 5 to 20 digits, with + and - if need be.")))
        }
        if acceptsElectronicService, contactPhone.isEmpty {
            problems.append(
                LedgerProblem(
                    field: "contactPhone",
                    text: BilingualText(zh: "已签送达确认书的，请填写联系电话。", en: "Electronic service needs the telephone number that it goes to.")))
        }
        if permits.contains(where: \.isBlank) || Set(permits).count != permits.count {
            problems.append(
                LedgerProblem(
                    field: "permits", text: BilingualText(zh: "许可编号有空行或重复。", en: "A permit's id is empty or stands twice.")))
        }
        return problems
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case name, creditCode, contactName, contactPhone, address, licence, dutyArea, commitment, frontages, permits, grade, lastLook
        case acceptsElectronicService
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String { try values.decodeIfPresent(String.self, forKey: key) ?? "" }
        name = try text(.name)
        creditCode = try text(.creditCode).uppercased()
        contactName = try text(.contactName)
        contactPhone = try text(.contactPhone)
        address = try text(.address)
        licence = try text(.licence)
        dutyArea = try values.decodeIfPresent(LedgerPaper.self, forKey: .dutyArea)
        commitment = try values.decodeIfPresent(LedgerPaper.self, forKey: .commitment)
        frontages = try values.decodeIfPresent(LedgerShapes.self, forKey: .frontages) ?? LedgerShapes()
        permits = try values.decodeIfPresent([String].self, forKey: .permits) ?? []
        grade = try values.decodeIfPresent(Grade.self, forKey: .grade) ?? .green
        lastLook = try values.decodeIfPresent(LocalDay.self, forKey: .lastLook)
        acceptsElectronicService = try values.decodeIfPresent(Bool.self, forKey: .acceptsElectronicService) ?? false
    }
}
