public import Casework

/// The shop ledger as separated values (RFC 4180), out to a spreadsheet and back.
///
/// What is drawn or pointed at (frontage, permits) stays out: a row that comes back keeps what the shop has.
public enum ShopList {
    /// A column, by the name in its head: Chinese as people have it, or the field's own key.
    enum Column: String, CaseIterable {
        case id, name, creditCode, address, contactName, contactPhone, licence, grade, lastLook, dutyArea, dutyAreaDate, commitment
        case commitmentDate, acceptsElectronicService

        var head: String {
            switch self {
            case .id: "编号"
            case .name: "店名"
            case .creditCode: "统一社会信用代码"
            case .address: "地址"
            case .contactName: "联系人"
            case .contactPhone: "联系电话"
            case .licence: "营业执照号"
            case .grade: "三色等级"
            case .lastLook: "最近巡查日"
            case .dutyArea: "责任区告知书编号"
            case .dutyAreaDate: "责任区告知书日期"
            case .commitment: "承诺书编号"
            case .commitmentDate: "承诺书日期"
            case .acceptsElectronicService: "送达确认书"
            }
        }
    }

    /// One row that was read.
    public struct Row: Sendable, Hashable {
        /// From 1, in the file.
        public var line: Int
        /// Empty for a shop that the list gives none.
        public var id: String
        public var creditCode: String
        public var address: String
        private var fields: [String: String]

        init(line: Int, fields: [Column: String]) {
            self.line = line
            id = fields[.id] ?? ""
            creditCode = (fields[.creditCode] ?? "").uppercased()
            address = fields[.address] ?? ""
            self.fields = Dictionary(uniqueKeysWithValues: fields.map { ($0.key.rawValue, $0.value) })
        }

        /// The shop with what the row says, or a new one.
        public func applied(to shop: ShopRecord?) -> (shop: ShopRecord, problems: [LedgerProblem]) {
            var shop = shop ?? ShopRecord(name: "")
            var problems: [LedgerProblem] = []
            func take(_ column: Column, _ use: (String) -> Bool, _ zh: String, _ en: String) {
                guard let text = fields[column.rawValue], !use(text) else { return }
                problems.append(
                    LedgerProblem(field: column.rawValue, text: BilingualText(zh: "\(column.head)：\(zh)", en: "\(column.rawValue): \(en)")))
            }
            func text(_ column: Column, _ path: WritableKeyPath<ShopRecord, String>) {
                if let text = fields[column.rawValue] { shop[keyPath: path] = text }
            }
            text(.name, \.name)
            text(.address, \.address)
            text(.contactName, \.contactName)
            text(.contactPhone, \.contactPhone)
            text(.licence, \.licence)
            if fields[Column.creditCode.rawValue] != nil { shop.creditCode = creditCode }
            take(.grade, { shop.setGrade($0) }, "须为红、黄或绿。", "it is red, yellow or green.")
            take(.lastLook, { shop.set($0, \.lastLook) }, "须为 2026-11-24 样式的日期。", "it is a day such as 2026-11-24.")
            take(.acceptsElectronicService, { shop.setConsent($0) }, "须为是或否。", "it is yes or no.")
            for (number, date, path) in [
                (Column.dutyArea, Column.dutyAreaDate, \ShopRecord.dutyArea), (.commitment, .commitmentDate, \.commitment),
            ] {
                if let text = fields[number.rawValue] { shop.setNumber(text, path) }
                take(date, { shop.setDate($0, path) }, "须为 2026-11-24 样式的日期。", "it is a day such as 2026-11-24.")
            }
            return (shop, problems + shop.problems)
        }
    }

    /// A list with its columns and nothing else.
    public static var emptyCSV: String { csv([:]) }

    /// With a byte order mark, for the spreadsheets that know UTF-8 by it only.
    /// - Parameter shops: by id.
    public static func csv(_ shops: [String: ShopRecord]) -> String {
        let rows = shops.sorted { $0.key < $1.key }.map { id, shop in Column.allCases.map { cell(value($0, id, shop)) } }
        return "\u{FEFF}" + ([Column.allCases.map(\.head)] + rows).map { $0.joined(separator: ",") }.joined(separator: "\r\n") + "\r\n"
    }

    /// - Throws: `ChannelListError` for bytes that are no list, and for a head without names of columns.
    public static func read(_ bytes: [UInt8]) throws(ChannelListError) -> [Row] {
        guard bytes.count <= ChannelList.sizeLimit, let text = ListText.decode(bytes) else {
            throw ChannelListError(
                line: nil, reason: BilingualText(zh: "不是文本表格，或大于 4 MB", en: "is no list in text, or larger than 4 MB"),
                advice: BilingualText(zh: "从表格软件另存为 CSV", en: "save it as CSV"))
        }
        let records = try DelimitedText.records(text)
        let columns = (records.first?.fields ?? []).map { head in
            Column.allCases.first { $0.head == head || $0.rawValue.lowercased() == head.lowercased() }
        }
        guard columns.contains(.name) || columns.contains(.id) else {
            throw ChannelListError(
                line: records.first?.line, reason: BilingualText(zh: "没有“店名”或“编号”列", en: "there is no column “name” or “id”"),
                advice: BilingualText(zh: "下载模板，按其表头填写", en: "start from the template’s head"))
        }
        let known = columns.compactMap { $0 }
        guard Set(known).count == known.count else {
            throw ChannelListError(
                line: records.first?.line, reason: BilingualText(zh: "同一列出现了两次", en: "a column stands twice"),
                advice: BilingualText(zh: "删去其中一列", en: "take one of them away"))
        }
        return records.dropFirst().map { record in
            var fields: [Column: String] = [:]
            for (column, text) in zip(columns, record.fields) { if let column { fields[column] = unguarded(text) } }
            return Row(line: record.line, fields: fields)
        }
    }

    private static func value(_ column: Column, _ id: String, _ shop: ShopRecord) -> String {
        switch column {
        case .id: id
        case .name: shop.name
        case .creditCode: shop.creditCode
        case .address: shop.address
        case .contactName: shop.contactName
        case .contactPhone: shop.contactPhone
        case .licence: shop.licence
        case .grade: shop.grade.name.zh
        case .lastLook: shop.lastLook?.description ?? ""
        case .dutyArea: shop.dutyArea?.number ?? ""
        case .dutyAreaDate: shop.dutyArea?.date?.description ?? ""
        case .commitment: shop.commitment?.number ?? ""
        case .commitmentDate: shop.commitment?.date?.description ?? ""
        case .acceptsElectronicService: shop.acceptsElectronicService ? "是" : "否"
        }
    }

    /// Quoted where needed. A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    private static func cell(_ text: String) -> String {
        let guarded = text.first.map { "=+-@\t".contains($0) } == true ? "'" + text : text
        guard guarded.contains(where: { ",\"；;，".contains($0) || $0.isNewline }) else { return guarded }
        return "\"" + guarded.replacing("\"", with: "\"\"") + "\""
    }

    private static func unguarded(_ text: String) -> String {
        text.count > 1 && text.first == "'" && "=+-@\t".contains(text.dropFirst().first ?? " ") ? String(text.dropFirst()) : text
    }
}

extension ShopRecord {
    fileprivate mutating func setGrade(_ text: String) -> Bool {
        guard !text.isEmpty else { return true }
        let grade = Grade.allCases.first { [$0.rawValue, $0.name.zh, String($0.name.zh.prefix(1))].contains(text.lowercased()) }
        if let grade { self.grade = grade }
        return grade != nil
    }

    fileprivate mutating func setConsent(_ text: String) -> Bool {
        switch text.lowercased() {
        case "是", "yes", "true", "1": acceptsElectronicService = true
        case "否", "no", "false", "0", "": acceptsElectronicService = false
        default: return false
        }
        return true
    }

    fileprivate mutating func set(_ text: String, _ path: WritableKeyPath<ShopRecord, LocalDay?>) -> Bool {
        self[keyPath: path] = LocalDay(text)
        return text.isEmpty || self[keyPath: path] != nil
    }

    /// An empty number takes the paper away.
    fileprivate mutating func setNumber(_ text: String, _ path: WritableKeyPath<ShopRecord, LedgerPaper?>) {
        guard !text.isEmpty else { return self[keyPath: path] = nil }
        var paper = self[keyPath: path] ?? LedgerPaper(number: "", date: nil)
        paper.number = text
        self[keyPath: path] = paper
    }

    fileprivate mutating func setDate(_ text: String, _ path: WritableKeyPath<ShopRecord, LedgerPaper?>) -> Bool {
        guard !text.isEmpty else { return true }
        guard let day = LocalDay(text) else { return false }
        var paper = self[keyPath: path] ?? LedgerPaper(number: "", date: nil)
        paper.date = day
        self[keyPath: path] = paper
        return true
    }
}
