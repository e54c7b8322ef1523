import Foundation

/// Says in one line what is wrong with a JSON document, and where.
enum MalformedJSON {
    static func reason(for error: any Error) -> String {
        let text =
            switch error {
            case DecodingError.dataCorrupted(let context): place(context) + cause(context)
            case DecodingError.keyNotFound(let key, let context): place(context) + "“\(key.stringValue)” is missing"
            case DecodingError.typeMismatch(let type, let context), DecodingError.valueNotFound(let type, let context):
                place(context) + "\(type) expected"
            case EncodingError.invalidValue(let value, let context):
                path(context.codingPath) + "\(value) cannot be written"
            default: "\(error)"
            }
        return text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    private static func place(_ context: DecodingError.Context) -> String { path(context.codingPath) }

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

    /// Foundation puts line and column into the underlying error only.
    private static func cause(_ context: DecodingError.Context) -> String {
        guard let underlying = context.underlyingError as NSError?,
            let detail = underlying.userInfo[NSDebugDescriptionErrorKey] as? String
        else { return context.debugDescription }
        return detail
    }
}
