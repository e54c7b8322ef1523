import Casework

/// Whose request is being answered: which cameras there are for them, and what the access log says of them.
///
/// Bound to the request's task by `ScopeMiddleware`; the scoped store and its siblings go by it. Outside a request nothing is seen, so
/// that what forgets to bind it shows too little, never too much.
struct RequestAccess: Sendable {
    var scope: AccessScope
    var userID: String
    var unit: String
    /// As the log holds it; empty where none was asked for.
    var reason = ""

    static let nobody = RequestAccess(scope: .nothing, userID: "", unit: "")

    @TaskLocal static var current = nobody
}
