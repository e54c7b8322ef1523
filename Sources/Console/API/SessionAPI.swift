import Casework
import Foundation
import HTTPTypes
import Hummingbird
import Pipeline

/// `/api/v1`: in and out, oneself, and whether the console lives.
struct SessionAPI: Sendable {
    private struct LogIn: RequestFields {
        var login: String
        var password: String

        enum CodingKeys: String, CodingKey, CaseIterable { case login, password }
    }

    private struct NewPassword: RequestFields {
        var current: String
        var new: String

        enum CodingKeys: String, CodingKey, CaseIterable { case current, new }
    }

    private struct LoggedIn: Encodable {
        var token: String
        var csrf: String
        var expiresAt: Date
        var user: UserAnswer

        init(_ visit: Visit) {
            token = visit.token.text
            csrf = visit.token.csrf
            expiresAt = visit.expiresAt
            user = UserAnswer(visit.user)
        }
    }

    private struct Me: Encodable {
        var user: UserAnswer
        var csrf: String
        var expiresAt: Date
    }

    private struct Health: Encodable {
        var status = "ok"
        var channels: Int
        var analysing: Int
    }

    let gate: Gate
    let cookies: ConsoleCookies
    let store: any CaseStore
    let patrol: any PatrolControl

    func addPublicRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("login") { request, context in
            let fields = try await LogIn.read(request, context)
            let visit = try await gate.logIn(login: fields.login, password: fields.password, address: context.address)
            return try JSONAnswer.response(LoggedIn(visit))
        }
        // Says no more than that it works: anybody may ask.
        api.get("health") { _, _ in
            _ = try await store.counts()
            let statuses = await patrol.channelStatuses()
            return try JSONAnswer.response(
                Health(channels: statuses.count, analysing: statuses.count { $0.state.isSeeing }))
        }
    }

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.post("logout") { _, context in
            try await gate.logOut(context.requireVisit(), address: context.address)
            var response = Response(status: .noContent)
            for cookie in cookies.ended { response.setCookie(cookie) }
            return response
        }
        api.get("me") { _, context in
            let visit = try context.requireVisit()
            return try JSONAnswer.response(
                Me(user: UserAnswer(visit.user), csrf: visit.token.csrf, expiresAt: visit.expiresAt))
        }
        api.post("me/password") { request, context in
            let visit = try context.requireVisit()
            let fields = try await NewPassword.read(request, context)
            let fresh = try await gate.changePassword(
                of: visit, current: fields.current, new: fields.new, address: context.address)
            var response = try JSONAnswer.response(LoggedIn(fresh))
            if visit.isByCookie { response.setCookie(cookies.session(fresh.token)) }
            return response
        }
    }
}
