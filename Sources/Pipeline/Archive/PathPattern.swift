/// How files of an archive are named: a path's last parts with placeholders for channel and time.
///
///     {channel}/{yyyy}-{MM}-{dd}/{HH}.{mm}.{ss}
///     NVR_{channel}_{yyyy}{MM}{dd}{HH}{mm}{ss}_{yyyy}{MM}{dd}{HH}{mm}{ss}
///
/// - `{channel}`: one character or more, none of them `/`. Standing twice, both must be the same.
/// - `{yyyy}` `{yy}` `{MM}` `{dd}` `{HH}` `{mm}` `{ss}`: digits, as many as letters; `{ms}`: one to six digits after the second.
/// - `{epoch}`: seconds since 1970 (9 or 10 digits, with or without a fraction) or milliseconds (13 digits), UTC.
/// - `?`: one character that is neither `/` nor a digit. `*`: any characters but `/`, also none. `[…]`: may be absent. `\`: the next character stands for itself.
/// - A time placeholder that stands a second time belongs to the end of the recording; what the end lacks is as at the start.
/// - As many parts of a path are looked at as the pattern has, with or without the extension. Letters match in either case.
public struct PathPattern: Sendable, Hashable {
    /// What a path says by this pattern.
    public struct Match: Sendable, Hashable {
        public var channel: String?
        public var start: Moment?
        public var end: Moment?
    }

    /// A date and time as written, or an instant.
    public enum Moment: Sendable, Hashable {
        case local(CalendarFields)
        /// UTC.
        case microsecondsSince1970(Int64)
    }

    /// The pattern as it was given.
    public let text: String
    let tokens: [Token]
    /// Parts of a path that it looks at.
    let partCount: Int

    indirect enum Token: Sendable, Hashable {
        case literal(Character)
        case separator
        case anything
        case channel
        case time(Field, isEnd: Bool)
        case optional([Token])
    }

    enum Field: String, Sendable, Hashable, CaseIterable {
        case yyyy, yy, MM, dd, HH, mm, ss, ms, epoch
    }

    /// - Throws: `PathPatternError` that says what is wrong and what is known.
    public init(_ text: String) throws(PathPatternError) {
        var reader = PathPatternReader(text)
        tokens = try reader.read()
        self.text = text
        partCount = reader.partCount
    }
}

/// What is wrong with a pattern.
public enum PathPatternError: Error, Sendable, Hashable, CustomStringConvertible {
    case empty
    case unknownPlaceholder(String)
    case unclosed(Character)
    case unopened(Character)
    case tooOften(String)
    case tellsNothing
    case incomplete(missing: String)

    public var description: String {
        switch self {
        case .empty: "the pattern is empty"
        case .unknownPlaceholder(let name):
            "{\(name)} is not known; known are {channel}, " + PathPattern.Field.allCases.map { "{\($0.rawValue)}" }.joined(separator: ", ")
        case .unclosed(let bracket): "a \(bracket) is not closed"
        case .unopened(let bracket): "a \(bracket) closes nothing; write \\\(bracket) for the character"
        case .tooOften(let name): "{\(name)} stands more than twice"
        case .tellsNothing: "the pattern names neither a channel nor a time"
        case .incomplete(let missing): "the pattern names a time of day without \(missing)"
        }
    }
}
