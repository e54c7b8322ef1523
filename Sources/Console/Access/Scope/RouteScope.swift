package import HTTPTypes

/// What one route touches, who may come there, and whether a reason is asked.
///
/// `table` names every route of the router; a test walks the router's own list. A route that is not named is open only to who may see
/// all cameras: forgetting a line shows too little, never too much.
package struct RouteScope: Sendable, Hashable {
    package enum Subject: Sendable, Hashable {
        /// Nothing that hangs on a camera: one's own log-in, files of the page.
        case none
        /// One case, one channel, one fault, by the parameter of this name; outside the viewer's cameras it is not there.
        case caseFile(String)
        case channel(String)
        case fault(String)
        /// A run of re-analysis, there for who may see all of its cameras; a search of the past, there for who began it.
        case run(String)
        case past(String)
        /// A list or a form that holds what the viewer may see.
        case list
        /// The whole district: not there for who is confined to some cameras.
        case district
    }

    package enum Use: Sendable, Hashable {
        case none
        /// Evidence is looked at in place: the duty can be the reason.
        case look
        /// Something leaves the case: a reason must be given.
        case export
        /// A file of the package as it was sealed: in its page a look, elsewhere an export that is not masked.
        case original
    }

    package var method: HTTPRequest.Method
    /// As the router describes it, such as `/cases/{id}`.
    package var path: String
    package var subject: Subject
    /// nil for what needs no log-in.
    package var permission: Permission?
    package var use: Use

    init(_ method: HTTPRequest.Method, _ path: String, _ subject: Subject, _ permission: Permission?, _ use: Use = .none) {
        self.method = method
        self.path = path
        self.subject = subject
        self.permission = permission
        self.use = use
    }

    /// A HEAD is answered by the GET of its path.
    static func of(_ method: HTTPRequest.Method, _ path: String) -> RouteScope? { byRoute[key(method == .head ? .get : method, path)] }

    private static let byRoute = Dictionary(table.map { (key($0.method, $0.path), $0) }) { first, _ in first }

    private static func key(_ method: HTTPRequest.Method, _ path: String) -> String { "\(method.rawValue) \(path)" }
}
