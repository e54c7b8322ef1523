import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/users`, for administrators.
struct UserRoutes: Sendable {
    let gate: Gate
    let store: any CaseStore
    let frame: PageDesk

    func addRoutes(to routes: RouterGroup<ConsoleContext>) {
        routes.get("users") { request, context in
            var model = UsersPage(users: [])
            // Only a login that is there is named: the address bar is nobody's word.
            let added = request.uri.queryParameters["added"].map(String.init)
            model.added = try await store.users().first { $0.login == added }?.login
            return try await page(model, .ok, request, context)
        }
        routes.post("users") { request, context in try await add(request, context) }
    }

    private func add(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let form = context.form
        var model = UsersPage(users: [])
        model.login = form.filled("login") ?? ""
        model.name = form.filled("name") ?? ""
        do {
            guard let role = form["role"].flatMap(UserRecord.Role.init(rawValue:)) else {
                throw Refusal.invalid("role", zh: "请选择角色。", en: "A role is needed.")
            }
            model.role = role
            let user = try await gate.addUser(
                login: model.login, name: model.name, role: role, password: form["password"] ?? "",
                by: context.requireVisit(), address: context.address)
            return Response.redirect(to: "/users?added=\(FormFields.encode(user.login))")
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            model.failure = refusal.message.text(context.language)
            return try await page(model, refusal.status, request, context)
        }
    }

    private func page(
        _ model: UsersPage, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        var model = model
        model.users = try await store.users().map {
            UsersPage.User(
                login: $0.login, displayName: $0.displayName, role: $0.role, enabled: $0.enabled, createdAt: $0.createdAt)
        }
        return await PageDesk.html(frame.pages.users(model, frame.pageContext(request, context)), status: status)
    }
}
