public import Casework
import Yams

extension ConfigFile {
    /// One file of `Config/` as a value without problems.
    /// - Parameters:
    ///   - further: what is wrong with it beside its own problems, such as ids that another file does not hold.
    /// - Throws: `SettingsError` with the first problem's line, and how many more there are.
    public static func readChecked<Value: CheckedConfig>(
        _ type: Value.Type, _ path: String, further: (Value) -> [ConfigProblem] = { _ in [] }
    ) throws(SettingsError) -> Value {
        try parseChecked(type, StrictDocument.text(of: path), file: path, further: further)
    }

    /// - Parameter file: named in errors.
    public static func parseChecked<Value: CheckedConfig>(
        _ type: Value.Type, _ text: String, file: String, further: (Value) -> [ConfigProblem] = { _ in [] }
    ) throws(SettingsError) -> Value {
        let node = try StrictDocument.node(text, file: file)
        let value = try StrictDocument.decodeStrictly(type, node, file: file)
        let problems = value.problems + further(value)
        guard let first = problems.first else { return value }
        let rest = problems.count == 1 ? "" : " (and \(problems.count - 1) more)"
        throw SettingsError(file: file, line: line(of: first.path[...], in: node), reason: first.reason + rest)
    }

    /// The line of the value, or of the nearest around it that there is.
    private static func line(of path: ArraySlice<ConfigProblem.Step>, in node: Node) -> Int? {
        guard let step = path.first else { return node.mark?.line }
        switch step {
        case .key(let name):
            guard let mapping = node.mapping, let entry = mapping.first(where: { $0.key.string == name }) else {
                return node.mark?.line
            }
            return path.count == 1 ? entry.key.mark?.line : line(of: path.dropFirst(), in: entry.value)
        case .item(let index):
            guard let items = node.sequence, items.indices.contains(index) else { return node.mark?.line }
            return line(of: path.dropFirst(), in: items[index])
        }
    }
}
