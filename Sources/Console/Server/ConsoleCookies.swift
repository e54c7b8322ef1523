import Foundation
import Hummingbird

/// The cookies that the console sets, with their names and guards.
///
/// Session and entry cookie are `HttpOnly` and `SameSite=Strict`; over TLS their names begin with `__Host-`, by which browsers
/// refuse them from anywhere else (RFC 6265bis §4.1.3).
struct ConsoleCookies: Sendable {
    private static let languageName = "lang"
    private static let targetName = "after-login"
    private static let languageSeconds = 400 * 24 * 3600
    private static let entrySeconds = 3600

    let isSecure: Bool
    let sessionSeconds: Int

    private var sessionName: String { isSecure ? "__Host-xunjie" : "xunjie" }
    private var entryName: String { isSecure ? "__Host-entry" : "entry" }

    // MARK: Reading

    static func askedLanguage(of request: Request) -> Language? {
        request.uri.queryParameters["lang"].flatMap { Language(rawValue: String($0)) }
    }

    func language(of request: Request) -> Language {
        Self.askedLanguage(of: request) ?? request.cookies[Self.languageName].flatMap { Language(rawValue: $0.value) } ?? .zh
    }

    func sessionToken(of request: Request) -> SessionToken? {
        request.cookies[sessionName].flatMap { SessionToken($0.value) }
    }

    /// Ties the log-in form to the browser that it was shown to.
    func entryToken(of request: Request) -> SessionToken? {
        request.cookies[entryName].flatMap { SessionToken($0.value) }
    }

    /// Where somebody wanted to go before they had to log in; a path of this console.
    func target(of request: Request) -> String? {
        guard let cookie = request.cookies[Self.targetName], let text = cookie.value.removingPercentEncoding else { return nil }
        return Self.isOwnPath(text) ? text : nil
    }

    /// A path and no address elsewhere: browsers take `//` and `/\` for the beginning of a host.
    static func isOwnPath(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.first == UInt8(ascii: "/"), bytes.count <= 1000 else { return false }
        guard bytes.count == 1 || (bytes[1] != UInt8(ascii: "/") && bytes[1] != UInt8(ascii: "\\")) else { return false }
        return bytes.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    // MARK: Setting

    func language(_ language: Language) -> Cookie {
        Cookie(
            name: Self.languageName, value: language.rawValue, maxAge: Self.languageSeconds, path: "/", secure: isSecure,
            httpOnly: true, sameSite: .lax)
    }

    func session(_ token: SessionToken) -> Cookie { guarded(sessionName, token.text, seconds: sessionSeconds) }
    func entry(_ token: SessionToken) -> Cookie { guarded(entryName, token.text, seconds: Self.entrySeconds) }
    func target(_ path: String) -> Cookie { guarded(Self.targetName, FormFields.encode(path), seconds: Self.entrySeconds) }

    /// What takes back all that a log-in set or needed.
    var ended: [Cookie] { [sessionName, entryName, Self.targetName].map { guarded($0, "", seconds: 0) } }
    var entryEnded: [Cookie] { [entryName, Self.targetName].map { guarded($0, "", seconds: 0) } }

    private func guarded(_ name: String, _ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: name, value: value, maxAge: seconds, path: "/", secure: isSecure, httpOnly: true, sameSite: .strict)
    }
}
