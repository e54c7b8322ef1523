/// A document that somebody issued: its number, its day, until when it holds, and where a copy of it lies.
public struct LedgerPaper: Codable, Sendable, Hashable {
    /// The most that a number or a reference may hold, characters.
    static let textLimit = 200

    /// As printed on it.
    public var number: String
    public var date: LocalDay?
    /// The last day on which it holds; nil for one without an end.
    public var expiry: LocalDay?
    /// Name or address of the copy; may be empty.
    public var file: String

    public init(number: String, date: LocalDay?, expiry: LocalDay? = nil, file: String = "") {
        self.number = number
        self.date = date
        self.expiry = expiry
        self.file = file
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case number, date, expiry, file }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        number = try values.decode(String.self, forKey: .number)
        date = try values.decodeIfPresent(LocalDay.self, forKey: .date)
        expiry = try values.decodeIfPresent(LocalDay.self, forKey: .expiry)
        file = try values.decodeIfPresent(String.self, forKey: .file) ?? ""
    }

    /// What is wrong with it; `field` and `name` say where it stands.
    func problems(field: String, name: BilingualText, needsExpiry: Bool) -> [LedgerProblem] {
        var problems: [LedgerProblem] = []
        func report(_ zh: String, _ en: String) {
            problems.append(LedgerProblem(field: field, text: BilingualText(zh: "\(name.zh)：\(zh)", en: "\(name.en): \(en)")))
        }
        if number.isBlank { report("请填写编号或文号。", "its number is missing.") }
        if number.count > Self.textLimit || file.count > Self.textLimit {
            report("编号和文件名各不超过 \(Self.textLimit) 字。", "number and file have at most \(Self.textLimit) characters each.")
        }
        if date == nil { report("请填写日期。", "its date is missing.") }
        if needsExpiry, expiry == nil { report("请填写有效期至。", "the day until which it holds is missing.") }
        if let date, let expiry, expiry < date { report("有效期早于日期。", "it ends before its date.") }
        return problems
    }
}
