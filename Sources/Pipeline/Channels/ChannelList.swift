public import Casework

/// Channels as somebody listed them elsewhere: rows of texts, each with its line, not yet compared with a store.
public struct ChannelList: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        /// From 1, in the file; of a folder's files their number.
        public var line: Int
        /// What the row says; a field that the list does not have is missing, so that it keeps its value in the store.
        public var fields: [ChannelField: String]

        public init(line: Int, fields: [ChannelField: String]) {
            self.line = line
            self.fields = fields
        }
    }

    /// Something that was left out, and why.
    public struct Note: Sendable, Hashable {
        public var line: Int
        public var text: BilingualText
    }

    /// Addresses of streams by the channel's code, for lists that name none.
    public struct Template: Sendable, Hashable {
        static let placeholder = "{id}"
        public var main: String
        public var sub: String

        /// Either may be empty.
        /// - Throws: `ChannelListError` for one without `{id}`.
        public init(main: String = "", sub: String = "") throws(ChannelListError) {
            for text in [main, sub] where !text.isEmpty && !text.contains(Self.placeholder) {
                throw ChannelListError(
                    line: nil, reason: BilingualText(zh: "地址模板里没有 {id}", en: "the template holds no {id}"),
                    advice: BilingualText(zh: "写成 rtsp://网关/{id} 的样子", en: "write it like rtsp://gateway/{id}"))
            }
            self.main = main
            self.sub = sub
        }

        /// Fills in the addresses that the row does not name.
        func complete(_ fields: inout [ChannelField: String]) {
            guard let code = [fields[.nationalID], fields[.id]].compactMap({ $0 }).first(where: { !$0.isEmpty }) else { return }
            for (field, text) in [(ChannelField.url, main), (.subURL, sub)] where !text.isEmpty && fields[field, default: ""].isEmpty {
                fields[field] = text.replacing(Self.placeholder, with: code)
            }
        }
    }

    /// The largest list that is read, bytes.
    public static let sizeLimit = 4 << 20
    static let rowLimit = 1000

    public var rows: [Row]
    public var notes: [Note]

    /// Reads separated values, or catalogue answers of GB/T 28181 (XML), in UTF-8, UTF-16 or GB 18030.
    public static func read(_ bytes: [UInt8], template: Template) throws(ChannelListError) -> ChannelList {
        guard bytes.count <= sizeLimit else {
            throw ChannelListError(
                line: nil, reason: BilingualText(zh: "文件超过 4 MB", en: "the file is larger than 4 MB"),
                advice: BilingualText(zh: "分成几个文件", en: "split it"))
        }
        guard let text = ListText.decode(bytes) else {
            throw ChannelListError(
                line: nil, reason: BilingualText(zh: "不是文本文件", en: "the file is no text"),
                advice: BilingualText(zh: "在表格软件中另存为 CSV", en: "in a spreadsheet save it as CSV"))
        }
        var list = text.first { !$0.isWhitespace } == "<" ? try catalogue(text) : try separated(text)
        guard !list.rows.isEmpty else {
            throw ChannelListError(
                line: nil, reason: BilingualText(zh: "没有任何通道", en: "it lists no channel"),
                advice: list.notes.first?.text ?? BilingualText(zh: "表头下每行写一路通道", en: "below the header, write one channel a line"))
        }
        guard list.rows.count <= rowLimit else {
            throw ChannelListError(
                line: list.rows[rowLimit].line,
                reason: BilingualText(zh: "超过 \(rowLimit) 行", en: "more than \(rowLimit) rows"),
                advice: BilingualText(zh: "分成几个文件", en: "split it"))
        }
        for index in list.rows.indices { template.complete(&list.rows[index].fields) }
        return list
    }
}

/// Why a list as a whole cannot be read.
public struct ChannelListError: Error, Sendable, Hashable, CustomStringConvertible {
    public var line: Int?
    public var reason: BilingualText
    public var advice: BilingualText

    public var description: String { (line.map { "line \($0): " } ?? "") + "\(reason.en): \(advice.en)" }
}
