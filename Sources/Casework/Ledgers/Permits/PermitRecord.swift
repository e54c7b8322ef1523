/// A place, hours and days in which something is allowed that would be a violation elsewhere: the law forbids it only “擅自”.
public struct PermitRecord: LedgerForm {
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// 外摆位.
        case outsideSeating = "outside-seating"
        /// 疏导点、管控点.
        case guidedStall = "guided-stall"
        /// 节庆、特色集市.
        case festival
        /// 占掘路备案.
        case roadWorks = "road-works"
        case other

        public var name: BilingualText {
            switch self {
            case .outsideSeating: BilingualText(zh: "外摆位", en: "outside seating")
            case .guidedStall: BilingualText(zh: "疏导点、管控点", en: "guided stalls")
            case .festival: BilingualText(zh: "节庆、集市", en: "festival or market")
            case .roadWorks: BilingualText(zh: "占掘路备案", en: "filed road works")
            case .other: BilingualText(zh: "其他", en: "other")
            }
        }
    }

    public static let ledger = LedgerKind.permit

    public var kind: Kind
    public var number: String
    public var holder: String
    /// Where it holds, as the cameras see it.
    public var places: LedgerShapes
    /// Ids of the catalogue; empty for what `Config/ledgers.yaml` says of its kind.
    public var violations: [String]
    /// `WeeklyHours`; empty for always.
    public var hours: [String]
    public var validFrom: LocalDay?
    /// The last day on which it holds.
    public var validUntil: LocalDay?
    /// Body that granted it or with which it is filed.
    public var filedWith: String

    public init(
        kind: Kind, number: String, holder: String, places: LedgerShapes, violations: [String] = [], hours: [String] = [],
        validFrom: LocalDay?, validUntil: LocalDay?, filedWith: String
    ) {
        self.kind = kind
        self.number = number
        self.holder = holder
        self.places = places
        self.violations = violations
        self.hours = hours
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.filedWith = filedWith
    }

    // MARK: Form

    public static let about = LedgerAbout(
        name: BilingualText(zh: "许可与豁免", en: "Permits and exemptions"),
        purpose: BilingualText(
            zh: "外摆位、疏导点、节庆、占掘路备案：范围、时段、编号和有效期；命中的线索自动豁免并留存备查。",
            en: "Outside seating, guided stalls, festivals, filed road works: hits there are exempted by the machine and kept for audit."))

    public static func fields(_ choices: LedgerChoices) -> [LedgerField] {
        [
            LedgerField(
                "kind", zh: "类型", en: "Kind", .choice(Kind.allCases.map { .init(id: $0.rawValue, name: $0.name) }), isRequired: true,
                isInTable: true),
            LedgerField("number", zh: "许可或备案编号", en: "Number", .text(limit: 100), isRequired: true),
            LedgerField("holder", zh: "持有人", en: "Holder", .text(limit: 100), isRequired: true, isInTable: true),
            LedgerField("filedWith", zh: "批准或备案单位", en: "Filed with", .text(limit: 100), isRequired: true, isInTable: true),
            LedgerField("validFrom", zh: "有效期自", en: "Valid from", .day, isRequired: true, isInTable: true),
            LedgerField("validUntil", zh: "有效期至", en: "Valid until", .day, isRequired: true, isInTable: true),
            LedgerField(
                "hours", zh: "时段", en: "Hours",
                note: BilingualText(
                    zh: "每行一段，如 mon-fri 17:00-22:00；跨零点写 18:00-02:00；留空为全天。",
                    en: "One span a line, such as mon-fri 17:00-22:00; 18:00-02:00 goes over midnight; empty for always."), .hours),
            LedgerField(
                "violations", zh: "豁免的违规类型", en: "Violations that it covers",
                note: BilingualText(zh: "不选则按类型默认。", en: "None chosen: the usual ones of its kind."), .choices(choices.violations)),
            LedgerField(
                "places", zh: "范围", en: "Place",
                note: BilingualText(zh: "在各通道画面上圈出许可范围。", en: "Drawn on each camera's picture."), .shapes, isRequired: true),
        ]
    }

    public var title: String { number }

    public var expiries: [LedgerExpiry] { validUntil.map { [LedgerExpiry(field: "validUntil", day: $0)] } ?? [] }

    public var problems: [LedgerProblem] {
        var problems =
            LedgerCheck.filled(number, field: "number", limit: 100) + LedgerCheck.filled(holder, field: "holder", limit: 100)
            + LedgerCheck.filled(filedWith, field: "filedWith", limit: 100) + places.problems(field: "places")
        func report(_ field: String, _ zh: String, _ en: String) {
            problems.append(LedgerProblem(field: field, text: BilingualText(zh: zh, en: en)))
        }
        if validFrom == nil { report("validFrom", "请填写有效期起。", "The first day is needed.") }
        if validUntil == nil { report("validUntil", "请填写有效期止。", "The last day is needed.") }
        if let validFrom, let validUntil, validUntil < validFrom { report("validUntil", "有效期止早于起。", "It ends before it begins.") }
        if places.isEmpty { report("places", "请至少在一路画面上圈出范围。", "Draw its place on one camera's picture at least.") }
        do {
            _ = try WeeklyHours(hours)
        } catch {
            report(
                "hours", "“\(error.span)”不是时段，应如 mon-fri 07:00-22:00。", "“\(error.span)” is no span of hours: write mon-fri 07:00-22:00.")
        }
        if Set(violations).count != violations.count { report("violations", "同一类型选了两次。", "A violation stands twice.") }
        if kind == .other, violations.isEmpty {
            report("violations", "“其他”类许可须写明豁免的类型。", "A permit of another kind must say what it covers.")
        }
        return problems
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case kind, number, holder, places, violations, hours, validFrom, validUntil, filedWith
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        kind = try values.decode(Kind.self, forKey: .kind)
        number = try values.decodeIfPresent(String.self, forKey: .number) ?? ""
        holder = try values.decodeIfPresent(String.self, forKey: .holder) ?? ""
        places = try values.decodeIfPresent(LedgerShapes.self, forKey: .places) ?? LedgerShapes()
        violations = try values.decodeIfPresent([String].self, forKey: .violations) ?? []
        hours = try values.decodeIfPresent([String].self, forKey: .hours) ?? []
        validFrom = try values.decodeIfPresent(LocalDay.self, forKey: .validFrom)
        validUntil = try values.decodeIfPresent(LocalDay.self, forKey: .validUntil)
        filedWith = try values.decodeIfPresent(String.self, forKey: .filedWith) ?? ""
    }
}
