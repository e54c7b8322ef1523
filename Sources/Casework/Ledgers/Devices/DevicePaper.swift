/// What must stand before a camera's pictures may be evidence (administrative penalty law art. 41; public-security video
/// regulation of 2025, art. 13–14).
public enum DevicePaper: String, Codable, Sendable, CaseIterable {
    /// 法制审核: that the device is lawful.
    case legalReview
    /// 技术审核: that it keeps to the standards.
    case technicalReview
    /// The sign beside the camera, photographed.
    case signPhoto
    /// The announcement of where it stands.
    case publicationNotice
    /// The police filing with the list of devices.
    case policeFiling

    public var name: BilingualText {
        switch self {
        case .legalReview: BilingualText(zh: "法制审核", en: "Legal review")
        case .technicalReview: BilingualText(zh: "技术审核", en: "Technical review")
        case .signPhoto: BilingualText(zh: "标志照片", en: "Photo of the sign")
        case .publicationNotice: BilingualText(zh: "公布文号", en: "Publication notice")
        case .policeFiling: BilingualText(zh: "公安备案", en: "Police filing")
        }
    }

    var basis: BilingualText {
        switch self {
        case .legalReview, .technicalReview: BilingualText(zh: "行政处罚法第四十一条：经过法制和技术审核。", en: "Penalty law art. 41.")
        case .signPhoto: BilingualText(zh: "行政处罚法第四十一条：标志明显。", en: "Penalty law art. 41: a clear sign.")
        case .publicationNotice: BilingualText(zh: "行政处罚法第四十一条：设置地点向社会公布。", en: "Penalty law art. 41: its place is published.")
        case .policeFiling: BilingualText(zh: "国务院令第799号第十四条。", en: "State council order 799, art. 14.")
        }
    }
}

/// What a camera's cases are offered as.
public enum DeviceMode: String, Codable, Sendable, CaseIterable {
    /// 线索: a hint for officers.
    case lead
    /// 证据: the record may prove a violation.
    case evidence

    public var name: BilingualText {
        switch self {
        case .lead: BilingualText(zh: "线索模式", en: "lead mode")
        case .evidence: BilingualText(zh: "证据模式", en: "evidence mode")
        }
    }
}

/// Why one paper does not stand on a day.
public struct DeviceLack: Codable, Sendable, Hashable {
    public enum Why: Codable, Sendable, Hashable {
        case missing
        /// It has no number, no date or no end.
        case incomplete
        /// It is dated later.
        case notYet(from: LocalDay)
        case expired(LocalDay)
    }

    public var paper: DevicePaper
    public var why: Why

    public init(_ paper: DevicePaper, _ why: Why) {
        self.paper = paper
        self.why = why
    }

    public var text: BilingualText {
        let name = paper.name
        switch why {
        case .missing: return BilingualText(zh: "缺\(name.zh)", en: "\(name.en) is missing")
        case .incomplete: return BilingualText(zh: "\(name.zh)不完整", en: "\(name.en) is incomplete")
        case .notYet(let day): return BilingualText(zh: "\(name.zh)自 \(day) 起生效", en: "\(name.en) holds from \(day) on")
        case .expired(let day): return BilingualText(zh: "\(name.zh)已于 \(day) 到期", en: "\(name.en) expired on \(day)")
        }
    }
}
