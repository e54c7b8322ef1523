import Crypto
import Evidence
import Foundation

/// What a logged-in client shows: 32 random bytes, base64url. The store keeps only their hash.
struct SessionToken: Sendable {
    let text: String

    init() {
        text = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64URL }
    }

    /// nil unless the text has the form of a token.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(\.isBase64URL) else { return nil }
        self.text = String(text)
    }

    /// The key of the session's row, lower-case hex.
    var sha256: String { ContentHash(of: Array(text.utf8)).hex }

    /// What every change that comes with the cookie must carry beside it: bound to the session, useless without it.
    var csrf: String {
        let code = HMAC<SHA256>.authenticationCode(for: Data("csrf".utf8), using: SymmetricKey(data: Data(text.utf8)))
        return Data(code).base64URL
    }

    /// Takes the same time wherever the two differ.
    func accepts(csrf offered: String) -> Bool {
        SymmetricKey(data: Data(csrf.utf8)) == SymmetricKey(data: Data(offered.utf8))
    }
}

extension Data {
    /// RFC 4648 §5 without padding.
    var base64URL: String {
        base64EncodedString().replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// nil for what is no base64url.
    init?(base64URL text: some StringProtocol) {
        guard text.utf8.allSatisfy(\.isBase64URL) else { return nil }
        let plain = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        self.init(base64Encoded: plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4))
    }
}

extension UInt8 {
    fileprivate var isBase64URL: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
