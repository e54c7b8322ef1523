import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore

/// A program that uses the API with a bearer token.
struct APIClient: Sendable {
    struct Failure: Error {
        var answer: String
    }

    let client: any TestClientProtocol
    let token: String
    /// Given with every GET; nil to see what happens without.
    let reason: String?

    init(login: String, password: String, reason: String? = "review", _ client: any TestClientProtocol) async throws {
        self.client = client
        self.reason = reason
        let response = try await client.execute(
            uri: "/api/v1/login", method: .post, headers: [.contentType: "application/json"],
            body: Self.body(["login": login, "password": password]))
        guard response.status == .ok, let token = response.object["token"] as? String else {
            throw Failure(answer: "\(response.status): \(String(buffer: response.body))")
        }
        self.token = token
    }

    func get(_ uri: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers.adding(.authorization, "Bearer \(token)")
        if let reason, headers[.reason] == nil { headers[.reason] = reason }
        return try await client.execute(uri: uri, method: .get, headers: headers)
    }

    func send(_ method: HTTPRequest.Method, _ uri: String, _ fields: [String: any Sendable] = [:]) async throws -> TestResponse {
        let headers: HTTPFields = [.contentType: "application/json", .authorization: "Bearer \(token)"]
        return try await client.execute(uri: uri, method: method, headers: headers, body: Self.body(fields))
    }

    static func body(_ fields: [String: any Sendable]) throws -> ByteBuffer {
        ByteBuffer(bytes: try JSONSerialization.data(withJSONObject: fields))
    }
}

extension HTTPField.Name {
    /// Why somebody looks.
    static let reason = HTTPField.Name("X-Reason") ?? .accept
}

extension HTTPFields {
    func adding(_ name: HTTPField.Name, _ value: String) -> HTTPFields {
        var copy = self
        copy[name] = value
        return copy
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The body as a JSON object; empty if it is none.
    var object: [String: any Sendable] {
        let value = try? JSONSerialization.jsonObject(with: Data(body.readableBytesView))
        return value as? [String: any Sendable] ?? [:]
    }

    /// `error.code` of an API answer.
    var errorCode: String? { (object["error"] as? [String: any Sendable])?["code"] as? String }
}
