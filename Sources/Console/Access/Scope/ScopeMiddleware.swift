import Casework
import Hummingbird

/// Binds a request to whoever asks: from here on the store and its siblings show what they may see.
struct ScopeMiddleware: RouterMiddleware {
    typealias Context = ConsoleContext

    let store: any CaseStore
    let rules: AccessRules

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        guard let user = context.visit?.user else { return try await next(request, context) }
        let access = RequestAccess(scope: try await store.scope(of: user), userID: user.id, unit: user.unit ?? rules.unit)
        return try await RequestAccess.$current.withValue(access) { try await next(request, context) }
    }
}
