import Casework
import Hummingbird
import HTTPTypes
import NIOCore
import ServiceLifecycle

/// `/api/v1/stream`: what happens, as server-sent events (HTML standard §9.2).
struct StreamAPI: Sendable {
    let feed: ConsoleFeed
    let gate: Gate
    let store: any CaseStore
    let heartbeat: Duration

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("stream") { request, context in
            let visit = try context.requireVisit()
            // The body is written after the request's own task is done with it.
            let access = RequestAccess.current
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                    // nginx would collect events before it passes them on.
                    .accelBuffering: "no",
                ],
                body: ResponseBody { writer in
                    try await RequestAccess.$current.withValue(access) { try await write(to: &writer, request, visit) }
                    try await writer.finish(nil)
                })
        }
    }

    private func write(to writer: inout any ResponseBodyWriter, _ request: Request, _ visit: Visit) async throws {
        guard let subscription = feed.subscribe(after: request.headers[.lastEventID]) else {
            return try await writer.write(ByteBuffer(string: "retry: 30000\n: too many pages are open\n\n"))
        }
        defer { feed.remove(subscription) }
        let pulse = Task { try await keepAlive(subscription, visit) }
        defer { pulse.cancel() }
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        if subscription.missedSome { try await writer.write(Self.resync) }
        try await withGracefulShutdownHandler {
            try await request.body.consumeWithInboundCloseHandler { _ in
                for await message in subscription.messages {
                    if try await isSeen(message) { try await writer.write(bytes(of: message)) }
                }
            } onInboundClosed: {
                feed.finish(subscription)
            }
        } onGracefulShutdown: {
            feed.finish(subscription)
        }
        if feed.remove(subscription) { try await writer.write(Self.resync) }
    }

    /// Ends the stream with the session, or when the store can no longer say whether it lasts: an open page must not outlive it.
    private func keepAlive(_ subscription: ConsoleFeed.Subscription, _ visit: Visit) async throws {
        defer { feed.finish(subscription) }
        var still: Visit?
        repeat {
            try await Task.sleep(for: heartbeat)
            feed.heartbeat(subscription)
            still = try await gate.visit(visit.token, isByCookie: visit.isByCookie)
            // Whose cameras were taken away begins anew with those that are left.
        } while still != nil && still?.user.cameraGroups == visit.user.cameraGroups
    }

    /// Whether it is about a camera that this page's user may see; what is no longer there, only who sees all hears of.
    private func isSeen(_ message: ConsoleFeed.Message) async throws -> Bool {
        guard RequestAccess.current.scope.isConfined, case .event(_, let event) = message else { return true }
        switch event {
        case .caseAdded(let id), .caseChanged(let id): return try await store.caseRecord(id: id) != nil
        case .channelChanged(let id): return RequestAccess.current.scope.holds(id)
        case .faultChanged(let id): return try await store.fault(id: id) != nil
        }
    }

    private func bytes(of message: ConsoleFeed.Message) throws -> ByteBuffer {
        switch message {
        case .heartbeat: ByteBuffer(string: ":\n\n")
        case .event(let number, let event):
            ByteBuffer(
                string: "id: \(feed.text(of: number))\nevent: \(event.name)\ndata: "
                    + String(decoding: try JSONAnswer.encode(["id": event.id]), as: UTF8.self) + "\n\n")
        }
    }

    private static let resync = ByteBuffer(string: "event: resync\ndata: {}\n\n")
}
