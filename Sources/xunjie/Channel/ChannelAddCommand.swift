import ArgumentParser
import Casework
import FFmpegIO
import Foundation
import Pipeline

struct ChannelAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Adds a channel after looking at its streams once.")

    @Argument(help: "1 to 64 characters out of a-z, 0-9, - _ .")
    var id: String

    @Argument(help: "rtsp://, http:// (HTTP-FLV, HLS), rtmp:// or a file.")
    var url: String

    @OptionGroup var fields: ChannelFieldOptions

    @Option(help: "Zones (YAML or JSON) to put in force.")
    var zones: String?

    @Flag(help: "A file that plays again and again in real time.")
    var loop = false

    @Flag(help: "Add it even if the stream cannot be opened now.")
    var force = false

    @OptionGroup var registry: RegistryOption

    func run() async throws {
        FFmpegLog.silence()
        let document = try zones.map { path in
            String(decoding: try JSONEncoder().encode(ZonesFile.read(path: path)), as: UTF8.self)
        }
        var channel = ChannelRecord(id: id, name: id, url: url, loops: loop, createdAt: Date())
        try fields.apply(to: &channel)
        for address in [channel.url, channel.subURL] where !address.isEmpty {
            let address = try MediaURL(address)
            do {
                let options = InputOptions(transport: RTSPTransport(rawValue: channel.transport) ?? .tcp)
                try ProbeText.print(Probe.run(address, options: options), of: address)
            } catch {
                guard force else { throw error }
                Terminal.standardError.message("added though: \(error)")
            }
        }
        if let path = try MediaURL(url).filePath { channel.url = URL(fileURLWithPath: path).standardizedFileURL.path }
        let edits = [.add(channel)] + (document.map { [ChannelEdit.setZones(id: id, document: $0)] } ?? [])
        _ = try await registry.use { try await $0.editChannels(edits, by: RegistryOption.author, at: Date(), basedOn: nil) }
        print("added \(id)\(document == nil ? "; draw its zones in the console, until then it is watched for faults only" : "")")
    }
}

/// What can be said of a channel beside its id and address.
struct ChannelFieldOptions: ParsableArguments {
    @Option(help: "What people call it.")
    var name: String?

    @Option(help: "The smaller stream, for analysis.")
    var subUrl: String?

    @Option(help: "tcp or udp, for RTSP.")
    var transport: String?

    @Option(help: "Where it is.")
    var place: String?

    @Option(help: "Its 20 digits of GB/T 28181.")
    var nationalId: String?

    @Option(help: "Degrees east, CGCS2000.")
    var longitude: String?

    @Option(help: "Degrees north, CGCS2000.")
    var latitude: String?

    @Option(help: "Code of the grid that answers for the place.")
    var grid: String?

    @Option(help: "Whose camera it is.")
    var owner: String?

    @Option(help: "1 (most) to 3: the least important are looked at more seldom first.")
    var importance: String?

    func apply(to channel: inout ChannelRecord) throws {
        let texts: [ChannelField: String?] = [
            .name: name, .subURL: subUrl, .transport: transport, .place: place, .nationalID: nationalId, .longitude: longitude,
            .latitude: latitude, .grid: grid, .owner: owner, .importance: importance,
        ]
        for field in ChannelField.allCases {
            if let text = texts[field] ?? nil { try channel.set(field, to: text) }
        }
        if let problem = channel.problems.first { throw problem }
    }
}
