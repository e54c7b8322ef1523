import Console
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import NIOPosix
import Testing

@Suite("The console's port")
struct PortTests {
    @Test("a port that another program holds is named in one line")
    func busy() async throws {
        let holder = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(holder.localAddress?.port)
        await #expect(throws: ConsoleError.portBusy(host: "127.0.0.1", port: port)) {
            try await Console.checkPort(host: "127.0.0.1", port: port)
        }
        let line = ConsoleError.portBusy(host: "127.0.0.1", port: port).description
        #expect(line.contains("\(port)") && !line.contains("\n"))
        try await holder.close()
        await #expect(throws: Never.self) { try await Console.checkPort(host: "127.0.0.1", port: port) }
    }

    @Test("an address that this machine does not have is an error of its own")
    func foreignAddress() async {
        await #expect(throws: ConsoleError.self) { try await Console.checkPort(host: "192.0.2.77", port: 0) }
    }
}
