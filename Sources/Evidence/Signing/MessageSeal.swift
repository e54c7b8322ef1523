import Crypto
import Foundation

/// A keyed seal of a message (HMAC-SHA256, RFC 2104), for whoever shares the secret.
public struct MessageSeal: Sendable {
    private let key: SymmetricKey

    public init(secret: String) {
        key = SymmetricKey(data: Data(secret.utf8))
    }

    /// 64 lower-case hex digits.
    public func hex(of message: [UInt8]) -> String {
        ContentHash.hex(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }
}
