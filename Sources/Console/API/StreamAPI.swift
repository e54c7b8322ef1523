import Hummingbird
import HTTPTypes
import NIOCore
import ServiceLifecycle

/// `/api/v1/stream`: what happens, as server-sent events (HTML standard §9.2).
struct StreamAPI: Sendable {
    let feed: ConsoleFeed
    let gate: Gate
    let heartbeat: Duration

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("stream") { request, context in
            let visit = try context.requireVisit()
            return Response(
                status: .ok,
                headers: [
                    .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                    // nginx would collect events before it passes them on.
                    .accelBuffering: "no",
                ],
                body: ResponseBody { writer in
                    try await write(to: &writer, request, visit)
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
                for await message in subscription.messages { try await writer.write(bytes(of: message)) }
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
        repeat {
            try await Task.sleep(for: heartbeat)
            feed.heartbeat(subscription)
        } while try await gate.visit(visit.token, isByCookie: visit.isByCookie) != nil
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
