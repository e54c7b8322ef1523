import Crypto
import Foundation

/// The public half of a signing key (Ed25519, RFC 8032).
public struct VerifyingKey: Hashable, Sendable {
    /// 32 bytes.
    public let rawBytes: [UInt8]

    /// nil unless the bytes are a public key.
    public init?(rawBytes: [UInt8]) {
        guard (try? Curve25519.Signing.PublicKey(rawRepresentation: rawBytes)) != nil else { return nil }
        self.rawBytes = rawBytes
    }

    init(_ key: Curve25519.Signing.PublicKey) {
        rawBytes = [UInt8](key.rawRepresentation)
    }

    /// The first 16 hex digits of the SHA-256 of the raw key.
    public var keyID: String { String(ContentHash(of: rawBytes).hex.prefix(16)) }

    /// SubjectPublicKeyInfo (RFC 8410 §4) in PEM, which openssl reads.
    public var pem: String { PEM.encode(label: "PUBLIC KEY", Self.derPrefix + rawBytes) }

    /// All Ed25519 keys of a file of PEM blocks, such as `key.pub`; throws if there is none.
    public static func load(from path: String) throws(EvidenceError) -> [VerifyingKey] {
        let file = try OpenFile(readingThroughLinks: path)
        guard let bytes = try file.readAll(limit: 1 << 20) else {
            throw .keyMalformed(path: path, reason: "larger than 1 MiB")
        }
        let keys = all(inPEM: String(decoding: bytes, as: UTF8.self))
        guard !keys.isEmpty else {
            throw .keyMalformed(path: path, reason: "no “PUBLIC KEY” block with an Ed25519 key")
        }
        return keys
    }

    static func all(inPEM text: String) -> [VerifyingKey] {
        PEM.decodeAll(label: "PUBLIC KEY", text).compactMap { der in
            der.starts(with: derPrefix) ? VerifyingKey(rawBytes: Array(der.dropFirst(derPrefix.count))) : nil
        }
    }

    func accepts(signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: rawBytes) else { return false }
        return key.isValidSignature(signature, for: message)
    }

    /// SEQUENCE { SEQUENCE { OID 1.3.101.112 } BIT STRING of 32 bytes } up to the key itself.
    private static let derPrefix: [UInt8] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
}
