import Crypto

/// A SHA-256 (FIPS 180-4), written as 64 lower-case hex digits.
public struct ContentHash: Hashable, Sendable, CustomStringConvertible {
    public let hex: String

    /// What the first link of a chain points to: 64 zeros.
    public static let zero = ContentHash(checked: String(repeating: "0", count: 64))

    /// nil unless it is 64 lower-case hex digits.
    public init?(hex: String) {
        guard hex.utf8.count == 64, hex.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
            return nil
        }
        self.hex = hex
    }

    public init(of bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    /// Of a whole file of any size, a megabyte at a time; nil where `goesOn` said no in between. Follows links.
    public init?(ofFile path: String, while goesOn: () -> Bool) throws(EvidenceError) {
        let file = try OpenFile(readingThroughLinks: path)
        var hash = SHA256()
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            guard goesOn() else { return nil }
            let count = try piece.withUnsafeMutableBytes { file.read(into: $0) }.get()
            if count == 0 { break }
            piece.withUnsafeBytes { hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
        self.init(hash.finalize())
    }

    init(_ digest: SHA256.Digest) {
        hex = Self.hex(digest)
    }

    private init(checked hex: String) {
        self.hex = hex
    }

    public var description: String { hex }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Encoded as its hex digits.
extension ContentHash: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let hash = ContentHash(hex: text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "a SHA-256 is 64 lower-case hex digits, not “\(text.prefix(80))”")
        }
        self = hash
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hex)
    }
}
