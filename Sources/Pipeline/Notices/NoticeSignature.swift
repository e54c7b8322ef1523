import Crypto
public import Foundation

/// The signature by which a gateway and this program know each other: HMAC-SHA256 (RFC 2104) over time, message and body.
///
/// ```
/// X-Xunjie-Timestamp: 1764547200
/// X-Xunjie-Signature: sha256=<hex of HMAC-SHA256(secret, "1764547200\n42\n" + body)>    42 is the message's id
/// ```
public struct NoticeSignature: Sendable {
    public static let timestampHeader = "X-Xunjie-Timestamp"
    public static let signatureHeader = "X-Xunjie-Signature"
    /// How far a request's time may be off, seconds: clocks differ, and an old request must not be sent again.
    public static let tolerance = 300.0
    private static let prefix = "sha256="
    private static let secretBytes = 32

    private let key: SymmetricKey

    public init(secret: Data) {
        key = SymmetricKey(data: secret)
    }

    /// Reads the secret, or makes one of 32 random bytes in hex with mode 0600 if there is no file.
    /// - Throws: `SettingsError`, which names the file and never what it holds.
    public static func loadOrCreate(at path: String) throws(SettingsError) -> NoticeSignature {
        let manager = FileManager.default
        if !manager.fileExists(atPath: path) {
            let secret = SymmetricKey(size: .init(bitCount: secretBytes * 8)).withUnsafeBytes { Self.hex($0) }
            guard manager.createFile(atPath: path, contents: Data(secret.utf8), attributes: [.posixPermissions: 0o600]) else {
                throw SettingsError(file: path, line: nil, reason: "cannot be written; the gateway's secret is kept there")
            }
        }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines),
            text.utf8.count >= 16
        else {
            throw SettingsError(file: path, line: nil, reason: "holds no secret of at least 16 characters")
        }
        return NoticeSignature(secret: Data(text.utf8))
    }

    /// - Parameter timestamp: seconds since 1970.
    public func signature(timestamp: Int64, id: Int64, body: Data) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Self.signed(timestamp, id, body), using: key)
        return Self.prefix + code.withUnsafeBytes { Self.hex($0) }
    }

    /// Takes the same time whatever is wrong with the signature.
    public func isValid(_ signature: String, timestamp: String, id: Int64, body: Data, now: Date) -> Bool {
        guard let seconds = Int64(timestamp), abs(now.timeIntervalSince1970 - Double(seconds)) <= Self.tolerance,
            signature.hasPrefix(Self.prefix), let code = Self.bytes(signature.dropFirst(Self.prefix.count))
        else { return false }
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Self.signed(seconds, id, body), using: key)
    }

    private static func signed(_ timestamp: Int64, _ id: Int64, _ body: Data) -> Data { Data("\(timestamp)\n\(id)\n".utf8) + body }

    private static func hex(_ bytes: UnsafeRawBufferPointer) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(_ hex: Substring) -> Data? {
        guard hex.utf8.count == 64 else { return nil }
        var result = Data()
        var rest = hex
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            result.append(byte)
            rest = rest.dropFirst(2)
        }
        return result
    }
}
