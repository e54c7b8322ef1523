import Foundation

/// Says in one line what is wrong with a JSON document, and where.
enum MalformedJSON {
    /// - Parameter bytes: the document, to find the line of a syntax error, which the decoder does not tell on Linux.
    static func reason(for error: any Error, in bytes: [UInt8] = []) -> String {
        let text =
            switch error {
            case DecodingError.dataCorrupted(let context):
                context.codingPath.isEmpty
                    ? syntaxReason(bytes) ?? context.debugDescription
                    : path(context.codingPath) + context.debugDescription
            case DecodingError.keyNotFound(let key, let context):
                path(context.codingPath) + "“\(key.stringValue)” is missing"
            case DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(let type, let context):
                path(context.codingPath) + "\(type) expected"
            case EncodingError.invalidValue(let value, let context):
                path(context.codingPath) + "\(value) cannot be written"
            default: "\(error)"
            }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "" }
        var text = ""
        for key in keys {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += (text.isEmpty ? "" : ".") + key.stringValue
            }
        }
        return text + ": "
    }

    /// `line 34: Invalid value`; nil if the other parser has no objection.
    private static func syntaxReason(_ bytes: [UInt8]) -> String? {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(bytes))
            return nil
        } catch {
            guard let detail = (error as NSError).userInfo[NSDebugDescriptionErrorKey] as? String else { return nil }
            let parts = detail.split(separator: " around character ")
            guard parts.count == 2, let offset = Int(parts[1].prefix { $0.isNumber }) else {
                return "line \(line(of: bytes.count, in: bytes)): \(detail)"
            }
            return "line \(line(of: offset, in: bytes)): \(parts[0])"
        }
    }

    private static func line(of offset: Int, in bytes: [UInt8]) -> Int {
        1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    }
}
