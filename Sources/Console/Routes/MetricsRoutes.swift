import Casework
import HTTPTypes
import Hummingbird
import Pipeline

/// `/metrics`, for Prometheus. From this machine it needs nothing, from elsewhere the token of the store.
struct MetricsRoutes: Sendable {
    let store: any CaseStore
    let patrol: any PatrolControl
    let health: any HealthReporting
    let token: MetricsToken?
    /// Whether a proxy stands in front: then every request seems to come from this machine, and all need the token.
    let isBehindProxy: Bool

    func response(to request: Request, _ context: ConsoleContext) async throws -> Response {
        guard isLocal(request, context) || token?.accepts(authorization: request.headers[.authorization]) == true else {
            return Response(
                status: .unauthorized, headers: [.wwwAuthenticate: "Bearer realm=\"metrics\"", .contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "a bearer token is needed: see metrics.token in the store\n")))
        }
        let metrics = StationMetrics(
            statuses: await patrol.channelStatuses(), health: await health.snapshot(), counts: try await store.counts(), usage: .now())
        return Response(
            status: .ok, headers: [.contentType: PrometheusText.contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
    }

    /// A request that any proxy passed on does not count as local, even where nobody said that there is one.
    private func isLocal(_ request: Request, _ context: ConsoleContext) -> Bool {
        let isForwarded = [.forwardedFor, .via, .forwarded].contains { request.headers[$0] != nil }
        return !isBehindProxy && !isForwarded && ["127.0.0.1", "::1", "::ffff:127.0.0.1"].contains(context.address)
    }
}
