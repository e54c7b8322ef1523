import ArgumentParser
import FFmpegIO
import Foundation
import Logging

/// Options of the commands that run the station.
struct StationOptions: ParsableArguments {
    @Option(help: "Folder where the recorder's exports lie, to be searched and analysed again in the console; as often as needed.")
    var archive: [String] = []

    @Option(help: "Folder of the store: database, evidence, signing key.")
    var store = ".var/store"

    @Option(help: "Address that the console listens on; 0.0.0.0 for all.")
    var host = "127.0.0.1"

    @Option(help: "Port of the console; 0 for any free one.")
    var port = 8080

    @Flag(help: "Send cookies over HTTPS only: set it behind a TLS proxy.")
    var secureCookies = false

    @Flag(help: "Let operators add files of this machine as channels in the console.")
    var allowFiles = false

    @Option(help: "Folder with the tuned profiles.")
    var models: String?

    @Option(help: "Folder with site, catalogue and reasons.")
    var config: String?

    @Option(help: "Least important messages that are logged: debug, info, notice, warning, error.")
    var logLevel = "info"

    func validate() throws {
        guard (0...65535).contains(port) else { throw ValidationError("--port must be from 0 to 65535") }
        guard Logger.Level(rawValue: logLevel) != nil else { throw ValidationError("--log-level: “\(logLevel)” is no level") }
    }

    func logger() -> Logger {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        var logger = Logger(label: "xunjie")
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        let media = logger
        FFmpegLog.route(upTo: .error) { _, line in media.debug("media", metadata: ["line": "\(line)"]) }
        return logger
    }

    func settings(channelsFile: String? = nil) throws -> Station.Settings {
        Station.Settings(
            storeFolder: store, modelsFolder: try ProjectFolders.models(models), configFolder: try ProjectFolders.config(config),
            host: host, port: port, secureCookies: secureCookies,
            allowsFiles: allowFiles, channelsFile: channelsFile, archiveFolders: archive)
    }
}

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Watches all channels of the store and serves the console.")

    @Option(help: "Keep this file (YAML) and the store's channels the same: changes in either are taken over by the other.")
    var channels: String?

    @OptionGroup var options: StationOptions

    func run() async throws {
        try await Station(options.settings(channelsFile: channels), logger: options.logger()).run()
    }
}
