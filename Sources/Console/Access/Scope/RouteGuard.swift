import Casework
import HTTPTypes
import Hummingbird

/// Holds every request to its line of `RouteScope.table`: who may come, what is there for them, and why they look.
struct RouteGuard: RouterMiddleware {
    typealias Context = ConsoleContext

    /// Where a browser puts what a page shows in itself (Fetch Metadata, `Sec-Fetch-Dest`); anything else takes the file away.
    private static let inPage: Set<String> = ["image", "video", "empty"]

    let desk: AccessDesk
    let frame: PageDesk

    func handle(
        _ request: Request, context: ConsoleContext, next: (Request, ConsoleContext) async throws -> Response
    ) async throws -> Response {
        guard let path = context.endpointPath, let visit = context.visit else { return try await next(request, context) }
        let route = RouteScope.of(request.method, path)
        if let permission = route?.permission, !visit.user.role.may(permission) { throw Refusal.roleMissing }
        let record = try await subject(route?.subject ?? .district, context)
        guard let route, route.use != .none, let record else { return try await next(request, context) }
        do {
            let reason = try await reason(route, record, request, context, visit)
            var access = RequestAccess.current
            access.reason = reason
            return try await RequestAccess.$current.withValue(access) { try await next(request, context) }
        } catch let refusal as Refusal where refusal.code == "reason-needed" && Self.isPage(request) {
            return try await frame.reasonForm(record, desk.rules, failure: nil, request, context)
        }
    }

    /// - Returns: the case, where it is one.
    /// - Throws: `Refusal.notFound` for what lies outside the viewer's cameras, the same as for what is not there.
    private func subject(_ subject: RouteScope.Subject, _ context: ConsoleContext) async throws -> CaseRecord? {
        let access = RequestAccess.current
        switch subject {
        case .none, .list, .run, .past: return nil
        case .caseFile(let name):
            guard let record = try await desk.store.caseRecord(id: context.parameters.require(name)) else { throw Refusal.notFound }
            return record
        case .channel(let name):
            guard try access.scope.holds(context.parameters.require(name)) else { throw Refusal.notFound }
        case .fault(let name):
            guard access.scope.isConfined else { return nil }
            guard try await desk.store.fault(id: context.parameters.require(name)) != nil else { throw Refusal.notFound }
        case .district:
            guard !access.scope.isConfined else { throw Refusal.notFound }
        }
        return nil
    }

    private func reason(
        _ route: RouteScope, _ record: CaseRecord, _ request: Request, _ context: ConsoleContext, _ visit: Visit
    ) async throws -> String {
        guard route.use == .original else { return try desk.reason(for: route.use, of: record, request, visit) }
        if Self.isInPage(request, visit) {
            return try desk.reason(for: .look, of: record, request, visit)
        }
        // A file that is opened by itself, or fetched by a program, leaves the case as it was sealed.
        guard visit.user.role.may(.unmask) else { throw Refusal.roleMissing }
        let reason = try desk.reason(for: .export, of: record, request, visit)
        try await desk.log("unmasked", "\(record.id)/\(context.parameters.get("file") ?? "")", reason, context)
        return reason
    }

    /// Browsers say where a file goes over TLS and on this machine only; elsewhere a picture for a page is told from a page of its own
    /// by what is accepted. A program takes everything away.
    private static func isInPage(_ request: Request, _ visit: Visit) -> Bool {
        guard visit.isByCookie else { return false }
        if let place = request.headers[.fetchDestination] { return inPage.contains(place) }
        return request.headers[.accept]?.contains("text/html") != true
    }

    /// Whether somebody looks at a page and can fill in a form.
    private static func isPage(_ request: Request) -> Bool {
        !request.uri.path.hasPrefix("/api/") && request.headers[.accept]?.contains("text/html") == true
            && request.headers[.fetchMode] ?? "navigate" == "navigate"
    }
}
