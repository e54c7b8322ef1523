import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/login`, `/logout` and `/password`.
struct EntranceRoutes: Sendable {
    let gate: Gate
    let frame: PageDesk

    func addPublicRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("login") { request, context in
            guard context.visit == nil else { return Response.redirect(to: "/queue") }
            return await form(LoginPage(), .ok, request, context)
        }
        routes.post("login") { request, context in try await logIn(request, context) }
    }

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.post("logout") { _, context in
            try await gate.logOut(context.requireVisit(), address: context.address)
            var response = Response.redirect(to: "/login")
            for cookie in frame.cookies.ended { response.setCookie(cookie) }
            return response
        }
        routes.get("password") { request, context in
            let model = PasswordPage(isDone: request.uri.queryParameters["done"] != nil)
            return await PageDesk.html(frame.pages.password(model, frame.pageContext(request, context)))
        }
        routes.post("password") { request, context in try await changePassword(request, context) }
    }

    // MARK: Log-in

    private func logIn(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let login = context.form["login"] ?? ""
        guard let entry = context.entryToken, entry.accepts(csrf: context.form["csrf"] ?? "") else {
            return await form(LoginPage(login: login, failure: .stale), .forbidden, request, context)
        }
        do {
            let visit = try await gate.logIn(
                login: login, password: context.form["password"] ?? "", address: context.address)
            if let old = frame.cookies.sessionToken(of: request) { try await gate.discard(old) }
            var response = Response.redirect(to: frame.cookies.target(of: request) ?? "/queue")
            response.setCookie(frame.cookies.session(visit.token))
            for cookie in frame.cookies.entryEnded { response.setCookie(cookie) }
            return response
        } catch let refusal as Refusal {
            let seconds = refusal.retryAfterSeconds
            let failure: LoginPage.Failure = seconds.map { .tooMany(retryAfterSeconds: $0) } ?? .refused
            var response = await form(LoginPage(login: login, failure: failure), refusal.status, request, context)
            if let seconds { response.headers[.retryAfter] = String(seconds) }
            return response
        }
    }

    /// The form, tied to this browser by the entry cookie.
    private func form(
        _ model: LoginPage, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async -> Response {
        var context = context
        let token = context.entryToken ?? SessionToken()
        context.entryToken = token
        var response = await PageDesk.html(frame.pages.login(model, frame.pageContext(request, context)), status: status)
        response.setCookie(frame.cookies.entry(token))
        return response
    }

    // MARK: Password

    private func changePassword(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let visit = try context.requireVisit()
        let form = context.form
        do {
            guard form["new"] == form["again"] else {
                throw Refusal.invalid("again", zh: "两次输入的新密码不一致。", en: "The two new passwords are not the same.")
            }
            let fresh = try await gate.changePassword(
                of: visit, current: form["current"] ?? "", new: form["new"] ?? "", address: context.address)
            var response = Response.redirect(to: "/password?done=1")
            response.setCookie(frame.cookies.session(fresh.token))
            return response
        } catch let refusal as Refusal where refusal.status == .unprocessableContent {
            let failure: PasswordPage.Failure =
                switch refusal.field {
                case "again": .notTheSame
                case "new": .tooShort(minimum: Gate.shortestPassword)
                default: .currentWrong
                }
            let text = await frame.pages.password(PasswordPage(failure: failure), frame.pageContext(request, context))
            return PageDesk.html(text, status: refusal.status)
        }
    }
}
