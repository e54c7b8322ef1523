import Foundation

/// The bytes of a list that people exported somewhere, as text.
enum ListText {
    /// GB/T 28181 and Chinese spreadsheets write GB 18030, of which GB 2312 and GBK are parts (`kCFStringEncodingGB_18030_2000`).
    private static let gb18030 = String.Encoding(rawValue: 0x8000_0632)

    /// UTF-8 with or without byte order mark, UTF-16 with one, or else GB 18030; nil for what is none of them.
    static func decode(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return String(data: Data(bytes), encoding: .utf16)
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Data(bytes.dropFirst(3)) : Data(bytes)
        let text = String(data: body, encoding: .utf8) ?? String(data: body, encoding: gb18030)
        // No list holds a NUL; a picture, an archive or a workbook soon does.
        guard let text, !text.utf8.contains(0) else { return nil }
        return text
    }
}
