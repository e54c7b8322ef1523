import Casework

/// Reads separated values (RFC 4180) with the line on which each record begins.
///
/// Of its own, because a record with a broken quote must be named by its line: SwiftCSV 0.10 names none, and takes a quote that
/// is never closed for a field that lasts to the end of the file.
struct DelimitedText {
    struct Record: Equatable {
        /// From 1, in the whole text.
        var line: Int
        var fields: [String]
    }

    private static let separators: [Character] = [",", ";", "\t", "，", "；"]

    /// All records that hold anything; the separator is the one most frequent in the first of them, outside quotes.
    static func records(_ text: String) throws(ChannelListError) -> [Record] {
        let separator = separator(of: text)
        var records: [Record] = []
        var fields: [String] = []
        var field = ""
        var line = 1
        var begin = 1
        var quoteLine: Int?
        var wasQuoted = false
        func finish() {
            fields.append(wasQuoted ? field : field.trimmed)
            (field, wasQuoted) = ("", false)
        }
        func endRecord() {
            finish()
            if fields.contains(where: { !$0.isEmpty }) { records.append(Record(line: begin, fields: fields)) }
            fields = []
        }
        var rest = text[...]
        while let character = rest.popFirst() {
            if quoteLine != nil {
                if character == "\"" {
                    if rest.first == "\"" { field.append(rest.removeFirst()) } else { quoteLine = nil }
                } else {
                    if character.isNewline { line += 1 }
                    field.append(character)
                }
            } else if character == "\"", field.allSatisfy(\.isWhitespace) || field == "=" {
                // `="0012"` is how a spreadsheet is told that digits are text.
                (field, wasQuoted, quoteLine) = ("", true, line)
            } else if character == separator {
                finish()
            } else if character.isNewline {
                endRecord()
                line += 1
                begin = line
            } else if wasQuoted, !character.isWhitespace {
                throw ChannelListError(
                    line: line, reason: BilingualText(zh: "引号之后还有内容", en: "something follows a closing quote"),
                    advice: BilingualText(zh: "字段内的引号须写成两个", en: "write a quote inside a field twice"))
            } else if !wasQuoted {
                field.append(character)
            }
        }
        if let quoteLine {
            throw ChannelListError(
                line: quoteLine, reason: BilingualText(zh: "引号没有结束", en: "a quote is never closed"),
                advice: BilingualText(zh: "补上引号或删去", en: "close it or take it away"))
        }
        endRecord()
        return records
    }

    private static func separator(of text: String) -> Character {
        let first = text.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) } ?? ""
        var counts: [Character: Int] = [:]
        var isQuoted = false
        for character in first {
            if character == "\"" { isQuoted.toggle() } else if !isQuoted { counts[character, default: 0] += 1 }
        }
        return separators.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? ","
    }
}

extension String {
    var trimmed: String {
        var part = self[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }
}
