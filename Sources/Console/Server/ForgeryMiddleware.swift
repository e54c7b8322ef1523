import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// Refuses changes that another site made a browser send.
///
/// Two independent bars: the `Origin` (or `Sec-Fetch-Site`) must be this console's, and a change that comes with the session
/// cookie must carry the session's CSRF token, in the header `X-CSRF-Token` or the form field `csrf`; a log-in form carries the
/// one of the entry cookie. A bearer token is never sent by itself and needs neither.
struct ForgeryMiddleware: RouterMiddleware {
    typealias Context = ConsoleContext

    let allowedOrigins: [String]

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        let isChange = request.method != .get && request.method != .head && request.method != .options
        if isChange, context.visit?.isByCookie != false {
            guard isOwnOrigin(request) else { throw Refusal.foreignOrigin }
            if let visit = context.visit {
                let offered = request.headers[.csrfToken] ?? context.form["csrf"] ?? ""
                guard visit.token.accepts(csrf: offered) else { throw Refusal.forged }
            }
        }
        return try await next(request, context)
    }

    private func isOwnOrigin(_ request: Request) -> Bool {
        guard let origin = request.headers[.origin] else {
            // Programs send neither; browsers that leave out the one send the other.
            guard let site = request.headers[.fetchSite] else { return true }
            return site == "same-origin" || site == "none"
        }
        if allowedOrigins.contains(origin) { return true }
        guard let authority = request.head.authority, let marker = origin.range(of: "://") else { return false }
        return origin[marker.upperBound...].lowercased() == authority.lowercased()
    }
}

/// Lets a request through if somebody with the right role is logged in.
struct PermissionMiddleware: RouterMiddleware {
    typealias Context = ConsoleContext

    let permission: Permission

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        guard try context.requireVisit().user.role.may(permission) else { throw Refusal.roleMissing }
        return try await next(request, context)
    }
}
