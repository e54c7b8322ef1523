import Foundation

extension PathPattern {
    /// What the end of `path` says by this pattern; nil if it does not fit, or says a date or time that no calendar has.
    public func match(_ path: String) -> Match? {
        let parts = path.split(separator: "/")
        guard parts.count >= partCount else { return nil }
        let tail = Array(parts.suffix(partCount).joined(separator: "/"))
        // Without the extension first: a placeholder at the end should not take it up.
        if let dot = tail.lastIndex(of: "."), !tail[dot...].contains("/"), let found = match(Array(tail[..<dot])) { return found }
        return match(tail)
    }

    private func match(_ characters: [Character]) -> Match? {
        var attempt = MatchAttempt(characters)
        guard attempt.fits(tokens[...], at: 0, then: []) else { return nil }
        return attempt.result()
    }
}

/// One search for a way to lay tokens over characters, with going back. Patterns are short and so are names; the steps are
/// bounded all the same, as names come from anywhere.
private struct MatchAttempt {
    private static let mostSteps = 20_000

    private let characters: [Character]
    private var steps = 0
    private var channel: String?
    private var values: [PathPattern.Token: Int64] = [:]

    init(_ characters: [Character]) {
        self.characters = characters
    }

    /// - Parameter then: what follows after `tokens`, for what stands inside brackets.
    mutating func fits(_ tokens: ArraySlice<PathPattern.Token>, at place: Int, then rest: [ArraySlice<PathPattern.Token>]) -> Bool {
        steps += 1
        guard steps < Self.mostSteps else { return false }
        guard let token = tokens.first else {
            guard let next = rest.last else { return place == characters.count && isPossible }
            return fits(next, at: place, then: rest.dropLast())
        }
        let tail = tokens.dropFirst()
        switch token {
        case .literal(let character):
            guard place < characters.count, Self.equal(characters[place], character) else { return false }
            return fits(tail, at: place + 1, then: rest)
        case .separator:
            guard place < characters.count, characters[place] != "/", !characters[place].isNumber else { return false }
            return fits(tail, at: place + 1, then: rest)
        case .anything:
            let longest = run(from: place)
            return (place...place + longest).contains { fits(tail, at: $0, then: rest) }
        case .channel:
            return fitsChannel(tail, at: place, then: rest)
        case .time(let field, _):
            return fitsTime(token, field, tail, at: place, then: rest)
        case .optional(let inner):
            let before = (channel, values)
            if fits(inner[...], at: place, then: rest + [tail]) { return true }
            (channel, values) = before
            return fits(tail, at: place, then: rest)
        }
    }

    private mutating func fitsChannel(
        _ tail: ArraySlice<PathPattern.Token>, at place: Int, then rest: [ArraySlice<PathPattern.Token>]
    ) -> Bool {
        let before = channel
        let longest = run(from: place)
        guard longest > 0 else { return false }
        for length in 1...longest {
            let text = String(characters[place..<place + length])
            if let before, before != text { continue }
            channel = text
            if fits(tail, at: place + length, then: rest) { return true }
        }
        channel = before
        return false
    }

    private mutating func fitsTime(
        _ token: PathPattern.Token, _ field: PathPattern.Field, _ tail: ArraySlice<PathPattern.Token>, at place: Int,
        then rest: [ArraySlice<PathPattern.Token>]
    ) -> Bool {
        for length in field.lengths {
            guard let value = number(at: place, length), field.allows(value) else { continue }
            var (end, microseconds) = (place + length, value)
            if field == .ms { for _ in length..<6 { microseconds *= 10 } }
            if field == .epoch {
                microseconds *= length == 13 ? 1000 : 1_000_000
                if length < 13, let fraction = fraction(at: end) {
                    microseconds += fraction.microseconds
                    end = fraction.end
                }
            }
            values[token] = microseconds
            if fits(tail, at: end, then: rest) { return true }
            values[token] = nil
        }
        return false
    }

    /// Characters from `place` on that are no slash.
    private func run(from place: Int) -> Int {
        characters[place...].prefix { $0 != "/" }.count
    }

    private func number(at place: Int, _ length: Int) -> Int64? {
        guard place + length <= characters.count else { return nil }
        var value: Int64 = 0
        for character in characters[place..<place + length] {
            guard character.isASCII, let digit = character.wholeNumberValue else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private func fraction(at place: Int) -> (microseconds: Int64, end: Int)? {
        guard place < characters.count, characters[place] == "." else { return nil }
        let digits = characters[(place + 1)...].prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for index in 0..<6 {
            value = value * 10 + Int64(index < digits.count ? digits[digits.startIndex + index].wholeNumberValue ?? 0 : 0)
        }
        return (value, digits.endIndex)
    }

    private static func equal(_ one: Character, _ other: Character) -> Bool {
        one == other || one.lowercased() == other.lowercased()
    }

    // MARK: The time

    /// Rules out digits that are no date, so that the search goes on with another place.
    private var isPossible: Bool {
        [false, true].allSatisfy { isEnd in
            guard case .local(let fields)? = moment(isEnd: isEnd) else { return true }
            return fields.date(in: .gmt) != nil
        }
    }

    func result() -> PathPattern.Match {
        PathPattern.Match(channel: channel, start: moment(isEnd: false), end: moment(isEnd: true))
    }

    private func moment(isEnd: Bool) -> PathPattern.Moment? {
        func value(_ field: PathPattern.Field) -> Int? {
            let own = values[.time(field, isEnd: isEnd)]
            return (own ?? (isEnd ? values[.time(field, isEnd: false)] : nil)).map(Int.init)
        }
        if isEnd && !values.keys.contains(where: { if case .time(_, true) = $0 { true } else { false } }) { return nil }
        if let epoch = values[.time(.epoch, isEnd: isEnd)] { return .microsecondsSince1970(epoch) }
        guard let year = value(.yyyy) ?? value(.yy).map({ 2000 + $0 }), let month = value(.MM), let day = value(.dd),
            let hour = value(.HH)
        else { return nil }
        return .local(
            CalendarFields(
                year: year, month: month, day: day, hour: hour, minute: value(.mm) ?? 0, second: value(.ss) ?? 0,
                microsecond: value(.ms) ?? 0))
    }
}

extension PathPattern.Field {
    /// How many digits it takes, the likeliest first.
    fileprivate var lengths: [Int] {
        switch self {
        case .yyyy: [4]
        case .yy, .MM, .dd, .HH, .mm, .ss: [2]
        case .ms: [6, 5, 4, 3, 2, 1]
        case .epoch: [13, 10, 9]
        }
    }

    fileprivate func allows(_ value: Int64) -> Bool {
        switch self {
        case .yyyy: (1970...2199).contains(value)
        case .MM: (1...12).contains(value)
        case .dd: (1...31).contains(value)
        case .HH: value < 24
        case .mm: value < 60
        case .ss: value <= 60
        case .yy, .ms, .epoch: true
        }
    }
}
