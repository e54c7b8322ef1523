/// What is wrong in a settings file, and at which value, so that whoever read the file can say the line.
public struct ConfigProblem: Sendable, Hashable {
    /// One step from the file's root to the value.
    public enum Step: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case key(String)
        /// From 0.
        case item(Int)

        public init(stringLiteral value: String) { self = .key(value) }
        public init(integerLiteral value: Int) { self = .item(value) }
    }

    public var path: [Step]
    /// What is wrong and what to do.
    public var reason: String

    public init(_ path: [Step], _ reason: String) {
        self.path = path
        self.reason = reason
    }
}

/// A settings file's contents that can say all that is wrong with them beyond types and unknown keys.
public protocol CheckedConfig: Codable, Sendable {
    /// Everything that is wrong, in the order of the file; empty for a sound one.
    var problems: [ConfigProblem] { get }
}
