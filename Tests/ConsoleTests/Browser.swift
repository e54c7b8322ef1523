import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

/// What a browser does with the console: keeps its cookies, sends forms with the token that it found in the last page.
struct Browser {
    let client: any TestClientProtocol
    /// Given with every page; nil to see what happens without.
    var reason: String? = "review"
    var cookies: [String: String] = [:]
    /// Out of the last page that carried one.
    private(set) var csrf = ""

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// Logs in by the form.
    init(login: String, password: String = TestConsole.password, reason: String? = "review", _ client: any TestClientProtocol) async throws
    {
        self.init(client)
        self.reason = reason
        _ = try await get("/login")
        let answer = try await post("/login", ["login": login, "password": password])
        try #require(answer.status == .seeOther || answer.status == .found)
        _ = try await get("/queue")
    }

    mutating func get(_ uri: String, headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers.adding(.cookie, cookieHeader)
        if let reason { headers[.reason] = reason }
        return try await keep(client.execute(uri: uri, method: .get, headers: headers))
    }

    /// - Parameter csrf: another token than the page's.
    mutating func post(
        _ uri: String, _ fields: [String: String], csrf: String? = nil, headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        var fields = fields
        fields["csrf"] = csrf ?? self.csrf
        let headers = headers.adding(.cookie, cookieHeader).adding(.contentType, "application/x-www-form-urlencoded")
        let response = try await client.execute(
            uri: uri, method: .post, headers: headers, body: ByteBuffer(string: Self.form(fields)))
        return keep(response)
    }

    var cookieHeader: String { cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }

    private mutating func keep(_ response: TestResponse) -> TestResponse {
        for line in response.headers[values: .setCookie] {
            let parts = line.split(separator: ";")[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isGone = line.contains("Max-Age=0") || parts[1].isEmpty
            cookies[String(parts[0])] = isGone ? nil : String(parts[1])
        }
        if let token = response.text.firstMatch(of: /name="csrf-token" content="([^"]*)"/) { csrf = String(token.1) }
        return response
    }

    private static func form(_ fields: [String: String]) -> String {
        fields.map { "\($0.key)=\($0.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }
            .joined(separator: "&")
    }
}
