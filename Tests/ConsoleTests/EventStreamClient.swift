import NIOCore
import NIOPosix

/// Reads the event stream from a real socket, as it comes.
struct EventStreamClient {
    struct Ended: Error {
        var received: String
    }

    let port: Int
    let token: String

    /// Sends something that is no whole request and waits until the server closes the connection.
    static func sendHalfRequest(port: Int, _ text: String) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "localhost", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: text))
            return try await inbound.reduce(into: "") { $0 += String(buffer: $1) }
        }
    }

    /// Opens the stream, then runs `body` with a function that waits until the text received so far fulfils a condition.
    func read(
        headers: [String: String] = [:],
        _ body: (_ until: (_ isEnough: (String) -> Bool) async throws -> String) async throws -> Void
    ) async throws {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "localhost", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        try await channel.executeThenClose { inbound, outbound in
            var request = "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(token)\r\n"
            for (name, value) in headers { request += "\(name): \(value)\r\n" }
            try await outbound.write(ByteBuffer(string: request + "\r\n"))
            var received = ""
            var iterator = inbound.makeAsyncIterator()
            try await body { isEnough in
                while !isEnough(received) {
                    guard let buffer = try await iterator.next() else { throw Ended(received: received) }
                    received += String(buffer: buffer)
                }
                return received
            }
        }
    }
}
