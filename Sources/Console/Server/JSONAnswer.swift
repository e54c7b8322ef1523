import Foundation
import HTTPTypes
import Hummingbird

/// JSON in and out: times as ISO 8601 with milliseconds, unknown fields refused.
enum JSONAnswer {
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let bytes = try encode(value)
        return Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(text(of: date))
        }
        return try encoder.encode(value)
    }

    /// Such as `2026-11-23T12:15:27.123Z`.
    static func text(of date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    static func date(_ text: String) -> Date? {
        (try? Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)))
            ?? (try? Date(text, strategy: .iso8601))
    }
}

/// A request body whose fields are all known.
protocol RequestFields: Decodable {
    associatedtype CodingKeys: CodingKey & CaseIterable
}

extension RequestFields {
    /// Reads the body of a request.
    /// - Parameter limitBytes: the largest body; nil for the usual limit.
    /// - Throws: `Refusal` that names the field that is missing, of the wrong type or unknown.
    static func read(_ request: Request, _ context: ConsoleContext, limitBytes: Int? = nil) async throws -> Self {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        guard type.hasPrefix("application/json") else {
            throw Refusal(
                .unsupportedMediaType, "not-json", zh: "请求须为 JSON（Content-Type: application/json）。",
                en: "The body must be JSON, with Content-Type: application/json.")
        }
        let buffer = try await request.body.collect(upTo: limitBytes ?? context.maxUploadSize)
        let data = Data(buffer.readableBytesView)
        do {
            let given = try JSONDecoder().decode([String: AnyValue].self, from: data).keys
            let known = Set(CodingKeys.allCases.map(\.stringValue))
            if let unknown = given.filter({ !known.contains($0) }).min() {
                let names = known.sorted().joined(separator: ", ")
                throw Refusal(
                    .badRequest, "unknown-field", zh: "未知字段“\(unknown)”；可用字段：\(names)。",
                    en: "Unknown field “\(unknown)”; known are \(names).", field: unknown)
            }
            return try JSONDecoder().decode(Self.self, from: data)
        } catch let error as DecodingError {
            throw Self.refusal(for: error)
        }
    }

    private static func refusal(for error: DecodingError) -> Refusal {
        func place(_ path: [any CodingKey]) -> String { path.map(\.stringValue).joined(separator: ".") }
        switch error {
        case .keyNotFound(let key, let context):
            let field = place(context.codingPath + [key])
            return Refusal(
                .badRequest, "missing-field", zh: "缺少字段“\(field)”。", en: "The field “\(field)” is missing.", field: field)
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return wrongValue(place(context.codingPath))
        case .dataCorrupted(let context) where !context.codingPath.isEmpty:
            return wrongValue(place(context.codingPath))
        default:
            return Refusal(
                .badRequest, "malformed-json", zh: "请求不是有效的 JSON 对象。", en: "The body is no valid JSON object.")
        }
    }

    private static func wrongValue(_ field: String) -> Refusal {
        guard !field.isEmpty else {
            return Refusal(.badRequest, "malformed-json", zh: "请求须为 JSON 对象。", en: "The body must be a JSON object.")
        }
        return Refusal(
            .badRequest, "wrong-value", zh: "字段“\(field)”的值或类型不对。",
            en: "The field “\(field)” has the wrong type or value.", field: field)
    }
}

/// A JSON value of any kind that is only looked at for being there.
private struct AnyValue: Decodable {
    init(from decoder: any Decoder) throws {}
}
