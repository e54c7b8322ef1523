import ArgumentParser
import CaseStoreSQLite
import Casework
import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Pipeline
import Violations

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Adds, lists, tests and removes channels.",
        subcommands: [Add.self, List.self, Test.self, Remove.self])

    struct StoreOption: ParsableArguments {
        @Option(help: "Folder of the store; while the program serves it, use the console or its API instead.")
        var store = ".var/store"

        func open() throws -> SQLiteCaseStore { try SQLiteCaseStore.open(directory: URL(fileURLWithPath: store)) }
    }

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a channel after looking at its stream once.")

        @Argument(help: "1 to 64 characters out of a-z, 0-9, - _ .")
        var id: String

        @Argument(help: "rtsp://, http:// (HTTP-FLV, HLS), rtmp:// or a file.")
        var url: String

        @Option(help: "What people call it.")
        var name: String?

        @Option(help: "Where it is.")
        var place = ""

        @Option(help: "tcp or udp, for RTSP.")
        var transport = "tcp"

        @Option(help: "Zones (YAML or JSON) to put in force.")
        var zones: String?

        @Flag(help: "A file that plays again and again in real time.")
        var loop = false

        @Flag(help: "Add it even if the stream cannot be opened now.")
        var force = false

        @OptionGroup var storeOption: StoreOption

        func run() async throws {
            FFmpegLog.silence()
            guard let rtsp = RTSPTransport(rawValue: transport) else { throw ValidationError("--transport must be tcp or udp") }
            let document = try zones.map { path in
                String(decoding: try JSONEncoder().encode(ZonesFile.read(path: path)), as: UTF8.self)
            }
            let address = try MediaURL(url)
            do {
                try ProbeText.print(Probe.run(address, options: InputOptions(transport: rtsp)), of: address)
            } catch {
                guard force else { throw error }
                Terminal.standardError.message("added though: \(error)")
            }
            let store = try storeOption.open()
            defer { try? store.close() }
            let path = address.filePath.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
            try await store.addChannel(
                ChannelRecord(
                    id: id, name: name ?? id, url: path ?? url, transport: transport, place: place, loops: loop, createdAt: Date()))
            if let document { try await store.setZones(channelID: id, document: document, author: "command line", at: Date()) }
            print("added \(id)\(document == nil ? "; draw its zones in the console, until then it is watched for faults only" : "")")
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the channels of a store.")

        @OptionGroup var storeOption: StoreOption

        func run() async throws {
            let store = try storeOption.open()
            defer { try? store.close() }
            let channels = try await store.channels()
            if channels.isEmpty { print("no channels yet: add one with “xunjie channel add ID URL” or in the console") }
            for channel in channels {
                let source = (try? MediaURL(channel.url)).map { "\($0)" } ?? "an address that cannot be read"
                print(
                    "\(channel.id)\t\(channel.name)\t\(channel.enabled ? "on" : "off")\tzones v\(channel.zonesVersion)\t\(source)")
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Opens a stream once: codec, size, rate, key-frame distance, a still.")

        @Argument(help: "rtsp://, http:// (HTTP-FLV, HLS), rtmp:// or a file.")
        var url: String

        @Option(help: "tcp or udp, for RTSP.")
        var transport = "tcp"

        @Option(help: "Write the still (JPEG) here.")
        var still: String?

        func run() async throws {
            FFmpegLog.silence()
            guard let rtsp = RTSPTransport(rawValue: transport) else { throw ValidationError("--transport must be tcp or udp") }
            let address = try MediaURL(url)
            let report = try Probe.run(address, options: InputOptions(transport: rtsp))
            ProbeText.print(report, of: address)
            if let still {
                try Data(JPEGEncoder.encode(report.still)).write(to: URL(fileURLWithPath: still), options: .atomic)
                print("still:      \(still)")
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Removes a channel; its cases and evidence stay.")

        @Argument var id: String

        @OptionGroup var storeOption: StoreOption

        func run() async throws {
            let store = try storeOption.open()
            defer { try? store.close() }
            try await store.removeChannel(id: id, by: "command line", at: Date())
            print("removed \(id); its cases and evidence stay")
        }
    }
}

/// What a probe found, for people.
enum ProbeText {
    static func print(_ report: ProbeReport, of url: MediaURL) {
        func number(_ value: Double?, _ unit: String) -> String { value.map { String(format: "%.2f %@", $0, unit) } ?? "unknown" }
        Swift.print(
            """
            source:     \(url)
            codec:      \(report.codecName), \(report.bitDepth) bit, \(report.size.width)×\(report.size.height), in \(report.container)
            frame rate: \(number(report.frameRate, "/s"))
            bit rate:   \(number(report.bitRate.map { $0 / 1000 }, "kb/s"))
            key frames: every \(number(report.gopSeconds, "s"))
            """)
    }
}
