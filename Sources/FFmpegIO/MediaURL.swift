/// Where video comes from: a file path, or an address with `rtsp`, `rtsps`, `http`, `https` or `rtmp`.
///
/// However it is printed, interpolated, dumped or mirrored, passwords and tokens show as `***`.
public struct MediaURL: Hashable, Sendable {
    public enum Scheme: String, Sendable, CaseIterable {
        case file, rtsp, rtsps, http, https, rtmp
    }

    public let scheme: Scheme
    /// The address with its password: for opening it and for the store, never for a log, an error, a page or an answer.
    public let absoluteString: String

    /// Reads a file path or an address; anything else that FFmpeg would open (`concat:`, `pipe:`, `data:` …) is refused.
    public init(_ text: String) throws(MediaURLError) {
        let trimmed = Self.trim(text)
        guard !trimmed.isEmpty else { throw .empty }
        guard !trimmed.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else { throw .controlCharacter }
        guard let name = Self.schemeName(of: trimmed) else {
            scheme = .file
            absoluteString = trimmed
            return
        }
        guard let scheme = Scheme(rawValue: name.lowercased()), scheme != .file,
            trimmed.dropFirst(name.count).hasPrefix("://")
        else { throw .unsupportedScheme(name.lowercased()) }
        try Self.checkAuthority(trimmed.dropFirst(name.count + 3))
        self.scheme = scheme
        // libavformat compares scheme names with case.
        absoluteString = scheme.rawValue + trimmed.dropFirst(name.count)
    }

    /// Whether it is read from a server, which cannot be sought and may fall silent.
    public var isLive: Bool { scheme != .file }

    /// The path, when it is a file.
    public var filePath: String? { scheme == .file ? absoluteString : nil }

    private static func trim(_ text: String) -> String {
        var part = text[...]
        while part.first?.isWhitespace == true { part.removeFirst() }
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part)
    }

    /// The text before the first colon when it looks like a scheme (RFC 3986 §3.1); also FFmpeg's `subfile,,start,0,,:` form.
    private static func schemeName(of text: String) -> String? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[..<colon]
        let schemeCharacters = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.,".contains($0)) }
        guard let first = name.first, first.isASCII, first.isLetter, schemeCharacters else {
            return nil
        }
        return String(name.prefix { $0 != "," })
    }

    private static func checkAuthority(_ rest: Substring) throws(MediaURLError) {
        let authority = rest.prefix { !"/?#".contains($0) }
        var host = authority
        if let at = authority.lastIndex(of: "@") {
            host = authority[authority.index(after: at)...]
        }
        var port: Substring?
        if host.hasPrefix("[") {
            guard let bracket = host.lastIndex(of: "]") else { throw .badHost }
            let tail = host[host.index(after: bracket)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { throw .badHost }
            port = tail.isEmpty ? nil : tail.dropFirst()
            host = host[...bracket]
        } else if let colon = host.lastIndex(of: ":") {
            port = host[host.index(after: colon)...]
            host = host[..<colon]
        }
        guard !host.isEmpty else { throw .badHost }
        if let port, Int(port).map({ (1...65535).contains($0) }) != true {
            // `rtsp://admin:pa/ss@host/…` reads as host `admin` with port `pa`.
            throw rest.contains("@") ? .unescapedPassword : .badPort
        }
    }
}

extension MediaURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The address with `***` for each secret.
    public var description: String { isLive ? Redaction.scrub(absoluteString) : absoluteString }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

/// Why a text is no `MediaURL`; it never holds the text itself, which may contain a password.
public enum MediaURLError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case controlCharacter
    case unsupportedScheme(String)
    case badHost
    case badPort
    case unescapedPassword

    public var description: String {
        switch self {
        case .empty:
            "the address is empty: give a file path, or an address that begins with rtsp://, rtsps://, http://, https:// or rtmp://"
        case .controlCharacter:
            "the address holds a line break or another control character"
        case .unsupportedScheme(let name):
            "“\(name):” cannot be opened: give a file path (./\(name):… if that is a file's name), or an address that begins with "
                + "rtsp://, rtsps://, http://, https:// or rtmp://"
        case .badHost:
            "the address names no host"
        case .badPort:
            "the port after the host must be a number from 1 to 65535"
        case .unescapedPassword:
            "the user name or password holds a character that must be written in percent form: / as %2F, ? as %3F, # as %23, : as %3A, @ as %40"
        }
    }
}
