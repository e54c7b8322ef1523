import Casework
import Foundation
import Pipeline

/// A new folder with footage made at test time by the ffmpeg tool; goes away with its test.
final class ArchiveFolder {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    static let shanghai = TimeZone(identifier: "Asia/Shanghai") ?? .gmt

    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("archive-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The place of a file, whose folder is made.
    func file(_ name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(
            atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        return file
    }

    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = try file(name)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        return file
    }

    /// A moving test picture at 25 Hz with a key frame a second.
    @discardableResult
    func video(
        _ name: String, seconds: Double = 4, size: String = "320x240", codec: [String] = ["libx264", "-g", "25", "-bf", "0"],
        filter: String? = nil, more: [String] = []
    ) throws -> String {
        let file = try file(name)
        let quiet = codec[0] == "libx265" ? ["-x265-params", "log-level=none:keyint=25:min-keyint=25:bframes=0"] : []
        try Self.ffmpeg(
            ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=25:duration=\(seconds)"] + (filter.map { ["-vf", $0] } ?? []) + [
                "-threads", "1", "-c:v",
            ] + codec + quiet + ["-preset", "ultrafast", "-pix_fmt", "yuv420p"] + more + [file])
        return file
    }

    @discardableResult
    func copy(_ file: String, to name: String, more: [String] = []) throws -> String {
        let target = try self.file(name)
        try Self.ffmpeg(["-i", file, "-map", "0", "-c", "copy"] + more + [target])
        return target
    }

    /// The first part of a file, as a full disk or a pulled plug leaves it.
    func cut(_ file: String, to part: Double) throws {
        let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        try bytes.prefix(Int(Double(bytes.count) * part)).write(to: URL(fileURLWithPath: file))
    }

    static func ffmpeg(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-v", "error", "-nostdin", "-y"] + arguments
        let messages = Pipe()
        process.standardError = messages
        try process.run()
        let text = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(description: "ffmpeg (apt-get install ffmpeg): " + String(decoding: text, as: UTF8.self))
        }
    }

    /// With the shipped names of recorders.
    static func settings(pattern: String? = nil, zone: TimeZone = shanghai) throws -> ArchiveSettings {
        let rules = try ArchiveRules.load(folder: ShippedSettingsTests.root.appendingPathComponent("Config").path)
        return ArchiveSettings(rules: rules, timeZone: zone, pattern: try pattern.map { try PathPattern($0) })
    }

    func list(_ settings: ArchiveSettings? = nil) throws -> ArchiveListing {
        try ArchiveScan(settings: settings ?? Self.settings(), jobs: 2).list([path])
    }
}

extension ArchiveListing {
    /// The reasons that are given for a file, by the end of its path.
    func reasons(_ name: String) -> [String] { problems.filter { $0.path.hasSuffix("/" + name) }.map(\.reason) }

    func isLost(_ name: String) -> Bool { problems.contains { $0.path.hasSuffix("/" + name) && $0.isLost } }

    var paths: [String] { timelines.flatMap(\.files).map(\.path) }
}

func utc(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }
