import Crypto
import Foundation

/// The key that seals packages (Ed25519, RFC 8032), kept in a PEM file that only its owner can read.
public struct SigningKey: Sendable {
    private let key: Curve25519.Signing.PrivateKey

    /// A new random key, on no disk.
    public init() {
        key = Curve25519.Signing.PrivateKey()
    }

    /// Reads the key, or makes one at the first start (mode 0600, whole or not at all).
    ///
    /// Beside it lies the public half, for `xunjie verify` and openssl: `key.pub` for `key.pem`. Where that file is there
    /// already it must hold this key, perhaps among older ones. Refuses a key that others can read.
    public static func loadOrCreate(at path: String) throws(EvidenceError) -> SigningKey {
        let key: SigningKey
        if let existing = try load(from: path) {
            key = existing
        } else {
            let fresh = SigningKey()
            if try DurableFile.create(path, with: Array(fresh.pem.utf8)) {
                key = fresh
            } else if let winner = try load(from: path) {
                key = winner  // another process made it in the same moment
            } else {
                throw .file(path: path, operation: "creating the key", code: SystemCode.notFound)
            }
        }
        try key.publish(at: publicKeyPath(for: path))
        return key
    }

    /// `key.pub` for `key.pem`, `key.key` and `key`.
    public static func publicKeyPath(for path: String) -> String {
        for ending in [".pem", ".key"] where path.hasSuffix(ending) { return path.dropLast(ending.count) + ".pub" }
        return path + ".pub"
    }

    public var publicKey: VerifyingKey { VerifyingKey(key.publicKey) }
    public var publicKeyPEM: String { publicKey.pem }
    /// The first 16 hex digits of the SHA-256 of the raw public key.
    public var keyID: String { publicKey.keyID }

    func signature(of message: [UInt8]) throws(EvidenceError) -> [UInt8] {
        do {
            return [UInt8](try key.signature(for: message))
        } catch {
            throw .invalid("signing with key \(keyID) failed: \(error)")
        }
    }

    /// nil if there is no file.
    private static func load(from path: String) throws(EvidenceError) -> SigningKey? {
        let file: OpenFile
        do {
            file = try OpenFile(readingThroughLinks: path)
        } catch .file(_, _, SystemCode.notFound) {
            return nil
        }
        let status = try file.status()
        guard status.kind == .file else { throw .keyMalformed(path: path, reason: "it is not a file") }
        guard status.mode & 0o077 == 0 else { throw .keyExposed(path: path, mode: status.mode) }
        guard let bytes = try file.readAll(limit: 64 * 1024) else {
            throw .keyMalformed(path: path, reason: "larger than 64 KiB")
        }
        guard let der = PEM.decodeAll(label: "PRIVATE KEY", String(decoding: bytes, as: UTF8.self)).first else {
            throw .keyMalformed(path: path, reason: "it has no “PRIVATE KEY” block")
        }
        // RFC 8410 §7 allows attributes and the public key after the 32 bytes; openssl writes neither.
        guard der.count == derPrefix.count + 32, der.starts(with: derPrefix),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: der.dropFirst(derPrefix.count))
        else { throw .keyMalformed(path: path, reason: "the block holds another kind of key") }
        return SigningKey(key)
    }

    private init(_ key: Curve25519.Signing.PrivateKey) {
        self.key = key
    }

    private func publish(at path: String) throws(EvidenceError) {
        if try FileStatus.of(path) == nil, try DurableFile.create(path, with: Array(publicKeyPEM.utf8), mode: 0o644) {
            return
        }
        guard try VerifyingKey.load(from: path).contains(publicKey) else {
            throw .publicKeyDiffers(path: path, keyID: keyID)
        }
    }

    private var pem: String { PEM.encode(label: "PRIVATE KEY", Self.derPrefix + [UInt8](key.rawRepresentation)) }

    /// PKCS#8 (RFC 8410 §7): SEQUENCE { 0, SEQUENCE { OID 1.3.101.112 }, OCTET STRING { OCTET STRING of 32 bytes } }.
    private static let derPrefix: [UInt8] = [
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]
}
