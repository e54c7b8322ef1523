import Casework
import HTTPTypes
import Hummingbird
import Logging

/// Turns what a handler throws into an answer: an error object for the API, a page or the log-in for a browser.
///
/// Stands twice in the chain: around the middleware that finds out who asks, and within it, where the page can say so.
struct RefusalMiddleware: RouterMiddleware {
    typealias Context = ConsoleContext

    let frame: PageDesk

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            return try await answer(to: error, request, context)
        }
    }

    private func answer(
        to error: any Error, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        let refusal: Refusal
        if let known = Refusal(error) {
            refusal = known
        } else {
            context.logger.error(
                "a request failed",
                metadata: ["method": "\(request.method)", "path": "\(request.uri.path)", "reason": "\(error)"])
            refusal = .internalFailure
        }
        var context = context
        context.language = frame.cookies.language(of: request)
        var response: Response
        if request.uri.path.hasPrefix("/api/") {
            response = try JSONAnswer.response(
                ErrorAnswer(refusal, language: context.language), status: refusal.status)
        } else if refusal.status == .unauthorized, Self.isNavigation(request) {
            response = .redirect(to: "/login")
            let path = request.uri.string
            if request.method == .get, path != "/", ConsoleCookies.isOwnPath(path) {
                response.setCookie(frame.cookies.target(path))
            }
        } else {
            let model = ErrorPage(status: refusal.status.code, detail: refusal.message.text(context.language))
            response = PageDesk.html(
                frame.pages.error(model, await frame.pageContext(request, context)), status: refusal.status)
        }
        if let seconds = refusal.retryAfterSeconds { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    /// Whether a page is asked for, not a picture or a fragment for one: those must not become the page after the log-in.
    private static func isNavigation(_ request: Request) -> Bool {
        request.headers[.accept]?.contains("text/html") == true && request.headers[.fetchMode] ?? "navigate" == "navigate"
    }
}

/// The API's one form of an error.
struct ErrorAnswer: Encodable {
    struct Body: Encodable {
        var code: String
        var message: String
        var field: String?
    }

    var error: Body

    init(_ refusal: Refusal, language: Language) {
        error = Body(code: refusal.code, message: refusal.message.text(language), field: refusal.field)
    }
}
