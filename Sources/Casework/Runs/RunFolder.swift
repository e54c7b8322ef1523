import Evidence
import Foundation

/// The folder of one run, which holds all there is of it and can be copied or sent as it is:
/// `run.json`, `findings.jsonl` and `stills/` once it is done, `progress.json`, `wish.json`, and `work/` while it goes on.
public struct RunFolder: Sendable, Hashable {
    public let path: String

    public init(path: String) {
        self.path = path
    }

    public var id: String { (path as NSString).lastPathComponent }
    public var workPath: String { path + "/work" }
    public var stillsPath: String { path + "/stills" }

    /// All runs of a folder, newest first. Folders without a readable record are left out.
    public static func list(in folder: String) -> [(folder: RunFolder, record: RunRecord)] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted(by: >).compactMap { name in
            let run = RunFolder(path: folder + "/" + name)
            return (try? run.record()).map { (run, $0) }
        }
    }

    public func record() throws -> RunRecord { try read(RunRecord.self, "run.json") }
    public func progress() throws -> RunProgress { try read(RunProgress.self, "progress.json") }
    /// What is wanted of it; to go on where nobody said anything.
    public func wish() -> RunWish { (try? read(RunWish.self, "wish.json")) ?? .run }

    /// The findings in the order of channel and time; only there once the run is done.
    public func findings() throws -> [RunFinding] {
        let data = try Data(contentsOf: url("findings.jsonl"))
        return try data.split(separator: UInt8(ascii: "\n")).map { try Self.decoder.decode(RunFinding.self, from: Data($0)) }
    }

    public func write(_ record: RunRecord) throws {
        try DurableFile.replace(path + "/run.json", with: [UInt8](try Self.document(record)), mode: 0o644)
    }
    public func write(_ progress: RunProgress) throws { try write(progress, "progress.json") }
    public func write(_ wish: RunWish) throws { try write(wish, "wish.json") }

    public func write(_ findings: [RunFinding]) throws {
        var data = Data()
        for finding in findings {
            data += try Self.lines.encode(finding)
            data.append(UInt8(ascii: "\n"))
        }
        try DurableFile.replace(path + "/findings.jsonl", with: [UInt8](data), mode: 0o644)
    }

    // MARK: Files

    private func url(_ name: String) -> URL { URL(fileURLWithPath: path + "/" + name) }

    private func read<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
        try Self.decoder.decode(type, from: Data(contentsOf: url(name)))
    }

    private func write<Value: Encodable>(_ value: Value, _ name: String) throws {
        try Self.document(value).write(to: url(name), options: .atomic)
    }

    private static func document(_ value: some Encodable) throws -> Data {
        let encoder = lines
        encoder.outputFormatting.insert(.prettyPrinted)
        return try encoder.encode(value)
    }

    private static let dates = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .custom { RunKey($0.last) }
        decoder.dateDecodingStrategy = .custom { try dates.parse(String(from: $0)) }
        return decoder
    }

    private static var lines: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(dates))
        }
        return encoder
    }
}

/// A member's name out of a file: `channel_id` is `channelID`, which Foundation's own strategy takes for `channelId`.
private struct RunKey: CodingKey {
    private static let capitals = ["id": "ID", "sha256": "SHA256"]

    let stringValue: String
    let intValue: Int?

    init(_ key: (any CodingKey)?) {
        let words = (key?.stringValue ?? "").split(separator: "_").map(String.init)
        stringValue =
            words.prefix(1).joined() + words.dropFirst().map { Self.capitals[$0] ?? $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
        intValue = key?.intValue
    }

    init?(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init?(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}
