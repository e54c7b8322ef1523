/// Names an evidence package: a version 7 UUID (RFC 9562 §5.7) in lower case, so that names sort by the time they were made.
public struct PackageID: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// - Parameters:
    ///   - milliseconds: since 1970, UTC; 0…2⁴⁸-1.
    ///   - generator: gives the 74 random bits.
    public init(milliseconds: Int64, using generator: inout some RandomNumberGenerator) {
        self.init(
            milliseconds: milliseconds, high: UInt64.random(in: 0...0xfff, using: &generator),
            low: UInt64.random(in: 0..<1 << 62, using: &generator))
    }

    /// The same for the same time and hash, whose first bits stand in for the random ones.
    /// - Parameter milliseconds: since 1970, UTC; 0…2⁴⁸-1.
    public init(milliseconds: Int64, hash: ContentHash) {
        func number(_ digits: Range<Int>) -> UInt64 {
            UInt64(hash.hex.dropFirst(digits.lowerBound).prefix(digits.count), radix: 16) ?? 0
        }
        self.init(milliseconds: milliseconds, high: number(0..<3), low: number(3..<19) & (1 << 62 - 1))
    }

    /// - Parameters:
    ///   - high: the 12 bits after the version.
    ///   - low: the 62 bits after the variant.
    private init(milliseconds: Int64, high: UInt64, low: UInt64) {
        precondition((0..<1 << 48).contains(milliseconds), "the time must fit into 48 bits")
        let digits = Self.hex(UInt64(milliseconds) << 16 | 0x7000 | high) + Self.hex(0x8000_0000_0000_0000 | low)
        var text = ""
        for (index, digit) in digits.enumerated() {
            if [8, 12, 16, 20].contains(index) { text.append("-") }
            text.append(digit)
        }
        self.text = text
    }

    /// nil unless it is a version 7 UUID in lower case.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 36, bytes[14] == UInt8(ascii: "7"), "89ab".utf8.contains(bytes[19]) else { return nil }
        for (index, byte) in bytes.enumerated() {
            let isDash = [8, 13, 18, 23].contains(index)
            let isDigit = (48...57).contains(byte) || (97...102).contains(byte)
            guard isDash ? byte == UInt8(ascii: "-") : isDigit else { return nil }
        }
        self.text = text
    }

    /// When it was made, in milliseconds since 1970, UTC.
    public var milliseconds: Int64 {
        var value: Int64 = 0
        for digit in text.utf8.prefix(13) where digit != UInt8(ascii: "-") {
            value = value << 4 | Int64(digit < 58 ? digit - 48 : digit - 87)
        }
        return value
    }

    public var description: String { text }

    private static func hex(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension PackageID: Comparable {
    public static func < (left: PackageID, right: PackageID) -> Bool { left.text < right.text }
}

/// Encoded as its text.
extension PackageID: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let id = PackageID(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a package id is a version 7 UUID in lower case, not “\(text.prefix(80))”")
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
