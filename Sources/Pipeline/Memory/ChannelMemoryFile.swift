import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Violations

/// The file that a channel's memory is kept in: a line of JSON, then the archive of the street, whose hash the line holds.
struct ChannelMemoryFile: Sendable {
    /// Why a saved memory is not used.
    enum Problem: Error, Sendable, CustomStringConvertible {
        case malformed(String)
        case tooOld(hours: Int)

        var description: String {
            switch self {
            case .malformed(let reason): "the saved memory of the street \(reason)"
            case .tooOld(let hours): "the saved memory of the street is \(hours) hours old"
            }
        }
    }

    private struct Head: Codable {
        var format: String
        var saved_ms: Int64
        var time: FrameTime
        var zones_version: Int
        var next_incident: Int
        var incidents: [ViolationTracker.Carried]
        var cases: [String: String]
        var sha256: String
        var source: String
    }

    private static let format = "xunjie-street-memory-1"
    /// Far more than eight presets with four lights each.
    private static let limitBytes = 256 << 20

    let path: String
    /// What the memory is of: another address is another street.
    private let source: String

    /// - Parameter url: of the channel; only the hash of its form without credentials is written.
    init(folder: String, channelID: String, url: MediaURL) {
        path = "\(folder)/\(channelID).memory"
        source = ContentHash(of: Array("\(url)".utf8)).hex
    }

    /// Replaces the file in one step. Blocks on the disk.
    func save(_ memory: ChannelMemory, at date: Date) throws {
        let head = Head(
            format: Self.format, saved_ms: Int64(date.timeIntervalSince1970 * 1000), time: memory.time,
            zones_version: memory.zonesVersion, next_incident: memory.nextIncidentID, incidents: memory.open,
            cases: Dictionary(uniqueKeysWithValues: memory.cases.map { (String($0.key), $0.value) }),
            sha256: ContentHash(of: memory.archive).hex, source: source)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var bytes = [UInt8](try encoder.encode(head))
        bytes.append(UInt8(ascii: "\n"))
        bytes += memory.archive
        try DurableFile.replace(path, with: bytes)
    }

    /// - Parameter longestHours: an older memory is no longer the street.
    /// - Returns: nil if nothing was saved; else the memory and how long ago it was saved.
    func load(now: Date, longestHours: Double) throws -> (memory: ChannelMemory, gap: Duration)? {
        guard let size = try FileManager.default.sizeOfFile(path) else { return nil }
        guard size <= Self.limitBytes else { throw Problem.malformed("is larger than any can be") }
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { throw Problem.malformed("has no head") }
        guard let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[..<end])), head.format == Self.format else {
            throw Problem.malformed("was written by another version")
        }
        let archive = Array(bytes[(end + 1)...])
        guard head.source == source else { throw Problem.malformed("is of another address") }
        guard ContentHash(of: archive).hex == head.sha256 else { throw Problem.malformed("is damaged") }
        let seconds = now.timeIntervalSince1970 - Double(head.saved_ms) / 1000
        guard seconds <= longestHours * 3600 else { throw Problem.tooOld(hours: Int(seconds / 3600)) }
        var memory = ChannelMemory(
            archive: archive, time: head.time, zonesVersion: head.zones_version, nextIncidentID: head.next_incident,
            open: head.incidents)
        for (id, caseID) in head.cases { if let id = Int(id) { memory.cases[id] = caseID } }
        // A clock that was set back is no reason to forget.
        return (memory, .milliseconds(Int64(max(0, seconds) * 1000)))
    }

}

extension FileManager {
    /// nil if there is no such file.
    fileprivate func sizeOfFile(_ path: String) throws -> Int? {
        guard fileExists(atPath: path) else { return nil }
        return try attributesOfItem(atPath: path)[.size] as? Int
    }
}
