/// A camera's papers and what its cases are offered as; the entry's id is the channel's.
public struct DeviceDossier: LedgerForm {
    public static let ledger = LedgerKind.device

    /// Body that owns the device.
    public var owner: String
    public var legalReview: LedgerPaper?
    public var technicalReview: LedgerPaper?
    public var signPhoto: LedgerPaper?
    public var publicationNotice: LedgerPaper?
    public var policeFiling: LedgerPaper?
    /// Whether somebody has switched evidence mode on; it is in force only while all papers stand.
    public var wantsEvidenceMode: Bool

    public init(owner: String = "", papers: [DevicePaper: LedgerPaper] = [:], wantsEvidenceMode: Bool = false) {
        self.owner = owner
        legalReview = papers[.legalReview]
        technicalReview = papers[.technicalReview]
        signPhoto = papers[.signPhoto]
        publicationNotice = papers[.publicationNotice]
        policeFiling = papers[.policeFiling]
        self.wantsEvidenceMode = wantsEvidenceMode
    }

    public func paper(_ paper: DevicePaper) -> LedgerPaper? {
        switch paper {
        case .legalReview: legalReview
        case .technicalReview: technicalReview
        case .signPhoto: signPhoto
        case .publicationNotice: publicationNotice
        case .policeFiling: policeFiling
        }
    }

    // MARK: Mode

    /// Why one paper does not stand on that day; nil if it does. It stands on its last day too.
    public func lack(of paper: DevicePaper, on day: LocalDay) -> DeviceLack? {
        guard let held = self.paper(paper) else { return DeviceLack(paper, .missing) }
        guard !held.number.isBlank, let date = held.date, let expiry = held.expiry else { return DeviceLack(paper, .incomplete) }
        if day < date { return DeviceLack(paper, .notYet(from: date)) }
        if expiry < day { return DeviceLack(paper, .expired(expiry)) }
        return nil
    }

    /// What keeps evidence mode locked on that day; empty if all five papers stand.
    public func lacks(on day: LocalDay) -> [DeviceLack] {
        DevicePaper.allCases.compactMap { lack(of: $0, on: day) }
    }

    /// What cases of that day are offered as: a paper that ends takes the camera back to leads by itself.
    public func mode(on day: LocalDay) -> DeviceMode {
        wantsEvidenceMode && lacks(on: day).isEmpty ? .evidence : .lead
    }

    /// The papers that stand on that day, with what they are: what a package tells of its camera.
    public func references(on day: LocalDay) -> [DevicePaper: LedgerPaper] {
        DevicePaper.allCases.reduce(into: [:]) { all, paper in
            if lack(of: paper, on: day) == nil { all[paper] = self.paper(paper) }
        }
    }

    // MARK: Form

    public static let about = LedgerAbout(
        name: BilingualText(zh: "设备台账", en: "Devices"),
        purpose: BilingualText(
            zh: "每路摄像机的法制审核、技术审核、标志照片、公布文号和公安备案；五项齐全且未过期才可用作证据。",
            en: "Each camera's reviews, sign, publication and filing; its pictures are evidence only while all five stand."))

    public static func fields(_ choices: LedgerChoices) -> [LedgerField] {
        [
            LedgerField("owner", zh: "权属单位", en: "Owner", .text(limit: 100), isInTable: true),
            LedgerField(
                "wantsEvidenceMode", zh: "证据模式", en: "Evidence mode",
                note: BilingualText(
                    zh: "五项齐全且未过期才能开启；任何一项到期，自动回到线索模式。",
                    en: "Can be switched on while all five stand; when one ends, the camera goes back to leads by itself."),
                .boolean),
        ]
            + DevicePaper.allCases.map {
                LedgerField($0.rawValue, zh: $0.name.zh, en: $0.name.en, note: $0.basis, .paper, isInTable: true)
            }
    }

    public var title: String { owner }

    public var expiries: [LedgerExpiry] {
        DevicePaper.allCases.compactMap { paper in
            self.paper(paper)?.expiry.map { LedgerExpiry(field: paper.rawValue, day: $0) }
        }
    }

    public var problems: [LedgerProblem] {
        LedgerCheck.length(owner, field: "owner", limit: 100)
            + DevicePaper.allCases.flatMap { paper in
                self.paper(paper)?.problems(field: paper.rawValue, name: paper.name, needsExpiry: true) ?? []
            }
    }

    /// Evidence mode can be switched on only while nothing is lacking. What is on stays on in the ledger when a paper ends, so
    /// that renewing the paper is enough.
    public func problems(replacing old: DeviceDossier?, on day: LocalDay) -> [LedgerProblem] {
        let lacks = lacks(on: day)
        guard wantsEvidenceMode, old?.wantsEvidenceMode != true, !lacks.isEmpty else { return problems }
        let zh = lacks.map(\.text.zh).joined(separator: "、")
        let en = lacks.map(\.text.en).joined(separator: ", ")
        return problems + [
            LedgerProblem(
                field: "wantsEvidenceMode", text: BilingualText(zh: "证据模式仍锁定：\(zh)。", en: "Evidence mode is locked: \(en)."))
        ]
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case owner, legalReview, technicalReview, signPhoto, publicationNotice, policeFiling, wantsEvidenceMode
    }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        owner = try values.decodeIfPresent(String.self, forKey: .owner) ?? ""
        legalReview = try values.decodeIfPresent(LedgerPaper.self, forKey: .legalReview)
        technicalReview = try values.decodeIfPresent(LedgerPaper.self, forKey: .technicalReview)
        signPhoto = try values.decodeIfPresent(LedgerPaper.self, forKey: .signPhoto)
        publicationNotice = try values.decodeIfPresent(LedgerPaper.self, forKey: .publicationNotice)
        policeFiling = try values.decodeIfPresent(LedgerPaper.self, forKey: .policeFiling)
        wantsEvidenceMode = try values.decodeIfPresent(Bool.self, forKey: .wantsEvidenceMode) ?? false
    }
}
