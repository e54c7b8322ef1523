import Evidence

/// The code by which a party finds its own case on the public page: printed in a notice, kept nowhere.
///
/// Ten characters out of 31 without look-alikes are 49 bits: with the page's throttle of some tries an hour nobody guesses one.
/// The log holds only its SHA-256. Whoever can read the store could search all codes for it, and sees the case anyway.
public struct PartyCode: Sendable, Hashable {
    public static let length = 10
    /// Without 0 O, 1 I L: what is read off paper must be typed right.
    static let alphabet = Array("23456789ABCDEFGHJKMNPQRSTUVWXYZ")

    /// As printed, without the dash.
    public let text: String

    /// A fresh one; `generator` must be cryptographically secure.
    public static func make(using generator: inout some RandomNumberGenerator) -> PartyCode {
        PartyCode(checked: String((0..<length).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &generator)] }))
    }

    /// What somebody typed: small letters, blanks and dashes are forgiven. nil for what can be no code.
    public init?(typed: String) {
        let text = typed.prefix(100).uppercased().filter { !$0.isWhitespace && $0 != "-" }
        guard text.count == Self.length, text.allSatisfy(Self.alphabet.contains) else { return nil }
        self.text = text
    }

    private init(checked text: String) {
        self.text = text
    }

    /// For people: `ABCDE-FGHJK`.
    public var printed: String { text.prefix(5) + "-" + text.suffix(5) }

    /// Lower-case hex, as the log holds it.
    public var sha256: String { ContentHash(of: Array(text.utf8)).hex }
}
