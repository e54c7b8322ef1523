import COpenSSL

/// An SM3 digest (GB/T 32905-2016), written as 64 lower-case hex digits: the hash that Chinese authorities ask for.
public struct SM3Hash: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// nil unless it is 64 lower-case hex digits.
    public init?(hex: String) {
        guard let same = ContentHash(hex: hex) else { return nil }
        self.hex = same.hex
    }

    public init(of bytes: [UInt8]) {
        let digest = SM3()
        bytes.withUnsafeBytes { digest.update($0) }
        self = digest.finalize()
    }

    fileprivate init(digest: [UInt8]) {
        hex = ContentHash.hex(digest)
    }

    public var description: String { hex }
}

/// Encoded as its hex digits.
extension SM3Hash: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = SM3Hash(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "an SM3 is 64 lower-case hex digits, not “\(text.prefix(80))”")
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}

/// SM3 over pieces of a file, by OpenSSL.
///
/// SAFETY: @unchecked because of the C pointer; whoever shares it lets one thread at a time call it, as `FileDigest` does.
struct SM3: ~Copyable, @unchecked Sendable {
    // SAFETY: owned by this value, freed in deinit.
    private let context: OpaquePointer

    init() {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("out of memory") }
        guard EVP_DigestInit_ex(context, EVP_sm3(), nil) == 1 else {
            preconditionFailure("this OpenSSL (libcrypto) was built without SM3, which every Debian and Ubuntu has")
        }
        self.context = context
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        // SAFETY: libcrypto reads `count` bytes of the caller's buffer and keeps no pointer.
        let isDone = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(isDone == 1, "SM3 cannot fail once it was set up")
    }

    consuming func finalize() -> SM3Hash {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = EVP_DigestFinal_ex(context, &digest, nil)
        precondition(isDone == 1, "SM3 cannot fail once it was set up")
        return SM3Hash(digest: digest)
    }
}
