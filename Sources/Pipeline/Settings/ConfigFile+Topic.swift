import Yams

extension ConfigFile {
    /// One topic of a file that holds several: the value of a top-level key, everything in it known.
    /// - Throws: `SettingsError`, with the line of whatever `problems` finds wrong.
    static func topic<Value: Codable>(
        _ type: Value.Type, _ name: String, of path: String, problems: (Value) -> [String] = { _ in [] }
    ) throws(SettingsError) -> Value {
        try topic(type, name, StrictDocument.text(of: path), file: path, problems: problems)
    }

    static func topic<Value: Codable>(
        _ type: Value.Type, _ name: String, _ text: String, file: String, problems: (Value) -> [String] = { _ in [] }
    ) throws(SettingsError) -> Value {
        let root = try StrictDocument.node(text, file: file)
        guard let node = root.mapping?[Node(name)] else {
            throw SettingsError(file: file, line: root.mark?.line, reason: "“\(name)” is missing")
        }
        let value = try StrictDocument.decodeStrictly(type, node, file: file)
        if let problem = problems(value).first {
            throw SettingsError(file: file, line: node.mark?.line, reason: "\(name): \(problem)")
        }
        return value
    }
}
