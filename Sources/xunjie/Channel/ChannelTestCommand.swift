import ArgumentParser
import Evidence
import FFmpegIO
import Foundation
import FrameCore

struct ChannelTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Opens a stream once: codec, size, rate, key-frame distance, a still.")

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
