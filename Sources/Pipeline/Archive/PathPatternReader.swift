/// Takes a pattern's text apart.
struct PathPatternReader {
    private var rest: Substring
    private var seen: [String: Int] = [:]
    private(set) var partCount = 1

    init(_ text: String) {
        // A leading slash would anchor at the root, where no archive lies.
        rest = text[...].drop { $0 == "/" }
    }

    mutating func read() throws(PathPatternError) -> [PathPattern.Token] {
        guard !rest.isEmpty else { throw .empty }
        let tokens = try list(inside: false)
        guard !seen.isEmpty else { throw .tellsNothing }
        let hasTimeOfDay = ["HH", "mm", "ss"].contains { seen[$0] != nil }
        if hasTimeOfDay && seen["epoch"] == nil {
            for (names, text) in [(["yyyy", "yy"], "a year"), (["MM"], "a month"), (["dd"], "a day"), (["HH"], "an hour")]
            where !names.contains(where: { seen[$0] != nil }) { throw .incomplete(missing: text) }
        }
        return tokens
    }

    private mutating func list(inside: Bool) throws(PathPatternError) -> [PathPattern.Token] {
        var tokens: [PathPattern.Token] = []
        while let character = rest.popFirst() {
            switch character {
            case "{": tokens.append(try placeholder())
            case "}": throw .unopened("}")
            case "[": tokens.append(.optional(try list(inside: true)))
            case "]":
                guard inside else { throw .unopened("]") }
                return tokens
            case "*":
                if tokens.last != .anything { tokens.append(.anything) }
            case "?": tokens.append(.separator)
            case "\\":
                guard let next = rest.popFirst() else { throw .unclosed("\\") }
                tokens.append(.literal(next))
            default:
                if character == "/" && !inside { partCount += 1 }
                if character == "/" && inside { throw .unclosed("[") }
                tokens.append(.literal(character))
            }
        }
        if inside { throw .unclosed("[") }
        return tokens
    }

    private mutating func placeholder() throws(PathPatternError) -> PathPattern.Token {
        guard let end = rest.firstIndex(of: "}") else { throw .unclosed("{") }
        let name = String(rest[..<end])
        rest = rest[rest.index(after: end)...]
        let count = seen[name, default: 0] + 1
        guard count <= 2 else { throw .tooOften(name) }
        seen[name] = count
        if name == "channel" { return .channel }
        guard let field = PathPattern.Field(rawValue: name) else { throw .unknownPlaceholder(name) }
        return .time(field, isEnd: count == 2)
    }
}
