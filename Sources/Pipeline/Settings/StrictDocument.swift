import Foundation
import Yams

/// What is wrong in a settings file, and where.
public struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    public var file: String
    /// From 1; nil where the file as a whole is wrong.
    public var line: Int?
    public var reason: String

    public init(file: String, line: Int?, reason: String) {
        self.file = file
        self.line = line
        self.reason = reason
    }

    public var description: String {
        if let line { "\(file):\(line): \(reason)" } else { "\(file): \(reason)" }
    }
}

/// Reads YAML or JSON (a part of YAML) and refuses what it does not know, with file and line.
enum StrictDocument {
    /// The largest settings file that is read, bytes.
    private static let sizeLimit = 4 << 20

    static func text(of path: String) throws(SettingsError) -> String {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw SettingsError(file: path, line: nil, reason: "cannot be read (\(error.localizedDescription))")
        }
        guard bytes.count <= sizeLimit else {
            throw SettingsError(file: path, line: nil, reason: "larger than 4 MB; is it the right file?")
        }
        guard let text = String(data: bytes, encoding: .utf8) else {
            throw SettingsError(file: path, line: nil, reason: "is no UTF-8 text")
        }
        return text
    }

    static func node(_ text: String, file: String) throws(SettingsError) -> Node {
        do {
            guard let node = try Yams.compose(yaml: text) else { throw SettingsError(file: file, line: nil, reason: "is empty") }
            return node
        } catch let error as SettingsError {
            throw error
        } catch YamlError.parser(_, let problem, let mark, _), YamlError.scanner(_, let problem, let mark, _) {
            throw SettingsError(file: file, line: mark.line, reason: problem)
        } catch YamlError.duplicatedKeysInMapping(let duplicates, let context) {
            throw SettingsError(
                file: file, line: context.mark.line, reason: "the key “\(duplicates.first ?? "?")” stands twice")
        } catch {
            throw SettingsError(file: file, line: nil, reason: "is no YAML or JSON (\(error))")
        }
    }

    /// Refuses keys outside `known`, at any depth named by the path of keys; answers the first one's line.
    static func refuseUnknownKeys(_ node: Node, known: Set<String>, file: String) throws(SettingsError) {
        guard case .mapping(let mapping) = node else {
            throw SettingsError(file: file, line: node.mark?.line, reason: "expected keys and values here")
        }
        for (key, _) in mapping {
            let name = key.string ?? "?"
            guard known.contains(name) else {
                throw SettingsError(
                    file: file, line: key.mark?.line,
                    reason: "unknown key “\(name)”; known here: \(known.sorted().joined(separator: ", "))")
            }
        }
    }

    /// Decodes one node and gives a decoding error the node's line.
    static func decode<Value: Decodable>(_ type: Value.Type, _ node: Node, file: String) throws(SettingsError) -> Value {
        do {
            return try YAMLDecoder().decode(type, from: node)
        } catch let error as DecodingError {
            throw SettingsError(file: file, line: node.mark?.line, reason: Self.text(of: error))
        } catch {
            throw SettingsError(file: file, line: node.mark?.line, reason: "\(error)")
        }
    }

    /// Decodes one node and refuses every key in it, at any depth, that the value does not take up: a misspelt number would
    /// otherwise be a number without effect.
    static func decodeStrictly<Value: Codable>(_ type: Value.Type, _ node: Node, file: String) throws(SettingsError) -> Value {
        let value = try decode(type, node, file: file)
        let held: Node?
        do {
            held = try Yams.compose(yaml: YAMLEncoder().encode(value))
        } catch {
            throw SettingsError(file: file, line: node.mark?.line, reason: "cannot be written back (\(error))")
        }
        try refuseKeys(of: node, beyond: held, file: file)
        return value
    }

    private static func refuseKeys(of node: Node, beyond held: Node?, file: String) throws(SettingsError) {
        switch (node, held) {
        case (.mapping(let given), .mapping(let held)):
            for (key, value) in given {
                guard let taken = held[key] else {
                    throw SettingsError(
                        file: file, line: key.mark?.line, reason: "unknown key “\(key.string ?? "?")”, or one without a value")
                }
                try refuseKeys(of: value, beyond: taken, file: file)
            }
        case (.sequence(let given), .sequence(let held)):
            for (item, taken) in zip(given, held) { try refuseKeys(of: item, beyond: taken, file: file) }
        default: break
        }
    }

    private static func text(of error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "" : " at “" + path.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: " → ") + "”"
        }
        switch error {
        case .keyNotFound(let key, let context): return "“\(key.stringValue)” is missing\(place(context.codingPath))"
        case .valueNotFound(_, let context): return "a value is missing\(place(context.codingPath))"
        case .typeMismatch(let type, let context): return "expected \(name(of: type))\(place(context.codingPath))"
        case .dataCorrupted(let context): return context.debugDescription + place(context.codingPath)
        @unknown default: return "\(error)"
        }
    }

    private static func name(of type: Any.Type) -> String {
        switch type {
        case is Double.Type, is Int.Type, is Float.Type: "a number"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        case is [Any].Type: "a list"
        default: "\(type)"
        }
    }
}

/// One file of `Config/` as a value, with file and line where it is wrong.
public enum ConfigFile {
    public static func read<Value: Codable>(_ type: Value.Type, _ path: String) throws(SettingsError) -> Value {
        try StrictDocument.decodeStrictly(type, StrictDocument.node(StrictDocument.text(of: path), file: path), file: path)
    }
}
