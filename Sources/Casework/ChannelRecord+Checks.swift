extension ChannelRecord {
    /// Everything about the record that no store takes, in the order of the fields; empty for a sound one.
    ///
    /// Whether the addresses can be opened is another question, which only a probe answers.
    public var problems: [ChannelProblem] {
        var problems: [ChannelProblem] = []
        func check(_ isRight: Bool, _ field: ChannelField, _ reason: BilingualText, _ advice: BilingualText) {
            if !isRight { problems.append(ChannelProblem(field, reason: reason, advice: advice)) }
        }
        check(
            Self.isUsable(id: id), .id, BilingualText(zh: "编号不能用", en: "the id cannot be used"),
            BilingualText(
                zh: "用 1–64 位小写字母、数字或 - _ .，以字母或数字开头", en: "use 1 to 64 characters out of a–z, 0–9, -, _ and ., a letter or digit first"))
        if !nationalID.isEmpty, let fault = NationalID.fault(of: nationalID) { problems.append(Self.problem(fault)) }
        check(
            (1...100).contains(name.count), .name, BilingualText(zh: "名称为空或过长", en: "the name is missing or too long"),
            BilingualText(zh: "填写 1–100 个字", en: "give 1 to 100 characters"))
        check(
            !url.isEmpty, .url, BilingualText(zh: "没有主码流地址", en: "the main stream's address is missing"),
            BilingualText(zh: "填写视频地址", en: "give its address"))
        check(
            url != subURL || subURL.isEmpty, .subURL,
            BilingualText(zh: "子码流与主码流地址相同", en: "the sub-stream's address is the main stream's"),
            BilingualText(zh: "填写子码流自己的地址，没有则留空", en: "give the sub-stream's own, or leave it empty"))
        check(
            ["tcp", "udp"].contains(transport), .transport,
            BilingualText(zh: "传输方式不是 tcp 或 udp", en: "the transport is neither tcp nor udp"),
            BilingualText(zh: "写 tcp", en: "write tcp"))
        for (field, text) in [(ChannelField.place, place), (.grid, grid), (.owner, owner)] {
            check(
                text.count <= 200, field, BilingualText(zh: "超过 200 字", en: "longer than 200 characters"),
                BilingualText(zh: "请缩短", en: "shorten it"))
        }
        let degrees = BilingualText(
            zh: "填写十进制度数，如 121.2255 与 31.0322", en: "give decimal degrees, such as 121.2255 and 31.0322")
        check(
            (longitude == nil) == (latitude == nil), longitude == nil ? .longitude : .latitude,
            BilingualText(zh: "经度和纬度只有一个", en: "longitude and latitude go together, one is missing"), degrees)
        check(
            longitude.map { (-180...180).contains($0) } ?? true, .longitude,
            BilingualText(zh: "经度不在 -180 到 180 度之间", en: "the longitude is not from -180 to 180"), degrees)
        check(
            latitude.map { (-90...90).contains($0) } ?? true, .latitude,
            BilingualText(zh: "纬度不在 -90 到 90 度之间", en: "the latitude is not from -90 to 90; are the two swapped?"), degrees)
        check(
            (1...3).contains(importance), .importance,
            BilingualText(zh: "重要程度不是 1、2 或 3", en: "the importance is not 1, 2 or 3"),
            BilingualText(zh: "1 最重要，一般为 2", en: "1 is most important, 2 is usual"))
        return problems
    }

    private static func problem(_ fault: NationalID.Fault) -> ChannelProblem {
        let reason: BilingualText =
            switch fault {
            case .notTwentyDigits: BilingualText(zh: "国标编号不是 20 位数字", en: "the GB/T 28181 id is not 20 digits")
            case .noArea: BilingualText(zh: "国标编号的前两位不是行政区划", en: "the GB/T 28181 id begins with no region of GB/T 2260")
            case .noCamera(let type):
                BilingualText(
                    zh: "国标编号第 11–13 位为 \(type)，不是摄像机（131 或 132）",
                    en: "digits 11 to 13 of the GB/T 28181 id are \(type), no camera's (131 or 132)")
            }
        return ChannelProblem(
            .nationalID, reason: reason,
            advice: BilingualText(
                zh: "照平台上通道的编码填写；Excel 中请先把该列设为文本",
                en: "copy the channel's code from its platform; in a spreadsheet make the column text first"))
    }

    /// The fields in which the two differ, addresses told but not shown.
    public func differences(from other: ChannelRecord) -> [ChannelField] {
        ChannelField.allCases.filter { self[$0] != other[$0] }
    }

    /// The value as text; empty for none. Of an address it holds the password.
    public subscript(_ field: ChannelField) -> String {
        switch field {
        case .id: id
        case .nationalID: nationalID
        case .name: name
        case .url: url
        case .subURL: subURL
        case .transport: transport
        case .place: place
        case .longitude: longitude.map { "\($0)" } ?? ""
        case .latitude: latitude.map { "\($0)" } ?? ""
        case .grid: grid
        case .owner: owner
        case .importance: "\(importance)"
        case .enabled: enabled ? "true" : "false"
        case .loops: loops ? "true" : "false"
        }
    }

    /// Puts a value that came as text, without the blanks around it.
    /// - Throws: `ChannelProblem` for a text that is no number, or no yes or no.
    public mutating func set(_ field: ChannelField, to text: String) throws(ChannelProblem) {
        var value = text[...]
        while value.first?.isWhitespace == true { value.removeFirst() }
        while value.last?.isWhitespace == true { value.removeLast() }
        let trimmed = String(value)
        switch field {
        case .id: id = trimmed
        case .nationalID: nationalID = trimmed
        case .name: name = trimmed
        case .url: url = trimmed
        case .subURL: subURL = trimmed
        case .transport: transport = trimmed.isEmpty ? "tcp" : trimmed.lowercased()
        case .place: place = trimmed
        case .longitude: longitude = try Self.degrees(trimmed, field)
        case .latitude: latitude = try Self.degrees(trimmed, field)
        case .grid: grid = trimmed
        case .owner: owner = trimmed
        case .importance: importance = trimmed.isEmpty ? 2 : Int(trimmed) ?? 0
        case .enabled: enabled = try Self.flag(trimmed, field)
        case .loops: loops = try Self.flag(trimmed, field)
        }
    }

    private static func degrees(_ text: String, _ field: ChannelField) throws(ChannelProblem) -> Double? {
        if text.isEmpty { return nil }
        guard let value = Double(text), value.isFinite else {
            throw ChannelProblem(
                field, reason: BilingualText(zh: "“\(text.prefix(40))”不是数字", en: "“\(text.prefix(40))” is no number"),
                advice: BilingualText(zh: "填写十进制度数，如 121.2255", en: "give decimal degrees, such as 121.2255"))
        }
        return value
    }

    private static func flag(_ text: String, _ field: ChannelField) throws(ChannelProblem) -> Bool {
        switch text.lowercased() {
        case "", "true", "yes", "1", "on", "是", "启用": return !text.isEmpty || field == .enabled
        case "false", "no", "0", "off", "否", "停用": return false
        default:
            throw ChannelProblem(
                field, reason: BilingualText(zh: "“\(text.prefix(40))”不是“是”或“否”", en: "“\(text.prefix(40))” is neither yes nor no"),
                advice: BilingualText(zh: "写“是”或“否”", en: "write yes or no"))
        }
    }
}
