import Casework

extension ChannelList {
    /// The columns by all their names, in lower case without blanks, `_` and `-`.
    private static let columns: [String: ChannelField] = {
        let names: [ChannelField: [String]] = [
            .id: ["id", "channelid", "编号", "通道编号"],
            .nationalID: ["nationalid", "gbid", "gb28181", "gb28181id", "gb/t28181id", "deviceid", "国标编号", "国标编码", "国标id"],
            .name: ["name", "名称", "通道名称"],
            .url: ["url", "mainurl", "main", "address", "主码流", "主码流地址", "视频地址"],
            .subURL: ["suburl", "sub", "子码流", "子码流地址", "辅码流"],
            .transport: ["transport", "传输方式"],
            .place: ["place", "location", "地点", "位置", "安装地点"],
            .longitude: ["longitude", "lon", "lng", "经度"],
            .latitude: ["latitude", "lat", "纬度"],
            .grid: ["grid", "gridcode", "网格", "网格编码"],
            .owner: ["owner", "权属", "权属单位"],
            .importance: ["importance", "重要程度", "重要性"],
            .enabled: ["enabled", "启用"],
            .loops: ["loops", "循环播放"],
        ]
        return names.reduce(into: [:]) { columns, entry in for name in entry.value { columns[name] = entry.key } }
    }()

    /// A list to fill in, with one row as an example; with byte order mark, without which a spreadsheet takes it for GBK.
    public static let emptyCSV = """
        \u{FEFF}编号 id,国标编号 national_id,名称 name,主码流 url,子码流 sub_url,地点 place,经度 longitude,纬度 latitude,网格 grid,权属 owner\r
        zs-maoting-01,="31011700001320000001",茂亭路12号门前,rtsp://user:password@192.168.1.64:554/Streaming/Channels/101,\
        rtsp://user:password@192.168.1.64:554/Streaming/Channels/102,茂亭路北侧,121.2255,31.0322,0203,中山街道\r

        """

    static func separated(_ text: String) throws(ChannelListError) -> ChannelList {
        let records = try DelimitedText.records(text)
        guard let header = records.first else { return ChannelList(rows: [], notes: []) }
        var notes: [Note] = []
        var fields: [ChannelField?] = []
        for title in header.fields {
            let field = column(title)
            if let field, fields.contains(field) {
                throw ChannelListError(
                    line: header.line,
                    reason: BilingualText(zh: "“\(title.prefix(40))”有两列", en: "there are two columns “\(title.prefix(40))”"),
                    advice: BilingualText(zh: "只留一列", en: "keep one"))
            }
            if field == nil, !title.isEmpty {
                notes.append(
                    Note(
                        line: header.line,
                        text: BilingualText(zh: "“\(title.prefix(40))”列不使用", en: "the column “\(title.prefix(40))” is not used")))
            }
            fields.append(field)
        }
        guard fields.contains(.id) || fields.contains(.nationalID) else {
            throw ChannelListError(
                line: header.line,
                reason: BilingualText(zh: "表头中没有“编号”或“国标编号”", en: "the header names neither “id” nor “national_id”"),
                advice: BilingualText(zh: "第一行写列名，可下载模板", en: "write the columns' names in the first line; there is a template to download")
            )
        }
        let rows = records.dropFirst().map { record in
            Row(
                line: record.line,
                fields: zip(fields, record.fields).reduce(into: [:]) { row, cell in
                    if let field = cell.0 { row[field] = cell.1.trimmed }
                })
        }
        return ChannelList(rows: Array(rows), notes: notes)
    }

    /// A title may hold several names of its column, as those of the template do.
    private static func column(_ title: String) -> ChannelField? {
        let words = title.lowercased().filter { $0 != "_" && $0 != "-" }
        return columns[words.filter { !$0.isWhitespace }]
            ?? words.split(whereSeparator: \.isWhitespace).compactMap { columns[String($0)] }.first
    }
}
