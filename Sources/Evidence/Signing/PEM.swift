import Foundation

/// Textual encoding of keys (RFC 7468): labelled base64 between BEGIN and END lines.
enum PEM {
    static func encode(label: String, _ bytes: [UInt8]) -> String {
        var text = "-----BEGIN \(label)-----\n"
        var rest = Substring(Data(bytes).base64EncodedString())
        while !rest.isEmpty {
            text += rest.prefix(64) + "\n"
            rest = rest.dropFirst(64)
        }
        return text + "-----END \(label)-----\n"
    }

    /// The contents of every block with this label, in order; a block whose base64 is bad is left out.
    static func decodeAll(label: String, _ text: String) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        var collected: String?
        for line in text.split(whereSeparator: \.isNewline) {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line == "-----BEGIN \(label)-----" {
                collected = ""
            } else if line == "-----END \(label)-----" {
                if let data = collected.flatMap({ Data(base64Encoded: $0) }) { blocks.append([UInt8](data)) }
                collected = nil
            } else {
                collected? += line
            }
        }
        return blocks
    }
}
