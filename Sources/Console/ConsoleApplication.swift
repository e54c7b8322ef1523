import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server, whose failure to listen is told in one line.
struct ConsoleApplication<Responder: HTTPResponder>: ApplicationProtocol
where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
    let base: Application<Responder>
    let host: String
    let port: Int

    var responder: Responder { base.responder }
    var server: HTTPServerBuilder { base.server }
    var eventLoopGroup: any EventLoopGroup { base.eventLoopGroup }
    var configuration: ApplicationConfiguration { base.configuration }
    var logger: Logger { base.logger }
    var services: [any Service] { base.services }

    func onServerRunning(_ channel: any Channel) async { await base.onServerRunning(channel) }

    /// - Throws: `ConsoleError.portBusy`, `.cannotListen`.
    func run() async throws {
        do {
            try await base.run()
        } catch let error as IOError {
            throw ConsoleError(error, host: host, port: port)
        }
    }
}

extension ConsoleError {
    init(_ error: IOError, host: String, port: Int) {
        self =
            error.errnoCode == EADDRINUSE
            ? .portBusy(host: host, port: port)
            : .cannotListen(host: host, port: port, reason: String(cString: strerror(error.errnoCode)))
    }
}

extension Console {
    /// Finds out, before cameras are opened, whether the address can be listened on.
    /// - Throws: `ConsoleError.portBusy`, `.cannotListen`.
    public static func checkPort(host: String, port: Int) async throws(ConsoleError) {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1).bind(host: host, port: port).get()
            try await channel.close().get()
        } catch let error as IOError {
            throw ConsoleError(error, host: host, port: port)
        } catch {
            throw .cannotListen(host: host, port: port, reason: "\(error)")
        }
    }
}
