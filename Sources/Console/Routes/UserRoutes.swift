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
            let changed = request.uri.queryParameters["changed"].map(String.init)
            model.changed = try await store.users().first { $0.login == changed }?.login
            return try await page(model, .ok, request, context)
        }
        routes.get("users/:login") { request, context in
            try await userPage(user(context), failure: nil, .ok, request, context)
        }
        routes.post("users/:login") { request, context in try await change(request, context) }
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

    private func user(_ context: ConsoleContext) async throws -> UserRecord {
        let login = try context.parameters.require("login")
        guard let user = try await store.user(login: login.removingPercentEncoding ?? login) else { throw Refusal.notFound }
        return user
    }

    private func change(_ request: Request, _ context: ConsoleContext) async throws -> Response {
        let standing = try await user(context)
        let form = context.form
        do {
            let groups = try await store.documents(CameraGroup.self)
            // Groups that are not in the form, such as retired ones, stay as they are.
            let chosen = groups.keys.filter { form["group-\($0)"] != nil } + standing.cameraGroups.filter { groups[$0] == nil }
            let user = try await gate.updateUser(
                login: standing.login, name: form["name"], role: form["role"].flatMap(UserRecord.Role.init(rawValue:)),
                enabled: form["enabled"] == "true", password: form.filled("password"), certificate: .some(Self.certificate(form)),
                cameraGroups: form["groups"] == nil ? nil : chosen.sorted(), unit: form["unit"], by: context.requireVisit(),
                address: context.address)
            return Response.redirect(to: "/users?changed=\(FormFields.encode(user.login))")
        } catch {
            guard let refusal = Refusal(error) else { throw error }
            return try await userPage(
                standing, failure: refusal.message.text(context.language), refusal.status, request, context)
        }
    }

    /// nil where no number is given.
    private static func certificate(_ form: FormFields) throws(Refusal) -> OfficerCertificate? {
        guard let number = form.filled("certificateNumber") else { return nil }
        guard let from = form.filled("validFrom").flatMap({ LocalDay($0) }), let until = form.filled("validUntil").flatMap({ LocalDay($0) })
        else {
            throw .invalid("validFrom", zh: "请填写执法证有效期起止日。", en: "Give the days from and until which the certificate holds.")
        }
        return OfficerCertificate(number: number, validFrom: from, validUntil: until)
    }

    private func userPage(
        _ user: UserRecord, failure: String?, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        try await PageDesk.html(
            frame.pages.user(
                UserPage(user: user, groups: store.documents(CameraGroup.self), failure: failure), frame.pageContext(request, context)),
            status: status)
    }

    private func page(
        _ model: UsersPage, _ status: HTTPResponse.Status, _ request: Request, _ context: ConsoleContext
    ) async throws -> Response {
        var model = model
        model.users = try await store.users().map {
            UsersPage.User(
                login: $0.login, displayName: $0.displayName, role: $0.role, enabled: $0.enabled, createdAt: $0.createdAt,
                certificate: $0.certificate)
        }
        return await PageDesk.html(frame.pages.users(model, frame.pageContext(request, context)), status: status)
    }
}
