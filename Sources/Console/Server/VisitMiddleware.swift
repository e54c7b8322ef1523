import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// Finds out who asks and in which language, and reads a posted form.
struct VisitMiddleware: RouterMiddleware {
    typealias Context = ConsoleContext

    let gate: Gate
    let cookies: ConsoleCookies
    let trustsForwardedAddress: Bool

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        var (request, context) = (request, context)
        if trustsForwardedAddress, let last = request.headers[.forwardedFor]?.split(separator: ",").last {
            context.address = String(last.trimmingCharacters(in: .whitespaces).prefix(64))
        }
        context.language = cookies.language(of: request)
        context.visit = try await visit(request)
        context.entryToken = cookies.entryToken(of: request)
        if request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true {
            let body = try await request.collectBody(upTo: context.maxUploadSize)
            context.form = FormFields(encoded: String(buffer: body))
        }
        var response = try await next(request, context)
        if let asked = ConsoleCookies.askedLanguage(of: request) { response.setCookie(cookies.language(asked)) }
        return response
    }

    /// A bearer token goes before the cookie: who sends one means it.
    private func visit(_ request: Request) async throws -> Visit? {
        if let header = request.headers[.authorization] {
            let words = header.split(separator: " ")
            guard words.count == 2, words[0].lowercased() == "bearer", let token = SessionToken(words[1]) else { return nil }
            return try await gate.visit(token, isByCookie: false)
        }
        guard let token = cookies.sessionToken(of: request) else { return nil }
        return try await gate.visit(token, isByCookie: true)
    }
}
