/// The header of one regular file in a ustar archive (POSIX.1-1988, “ustar Interchange Format”).
///
/// Written in one way only: mode 0400, no owner, no time. A reader that builds the header anew and compares all 512 bytes
/// sees any change in it.
struct TarHeader: Hashable {
    static let blockBytes = 512
    /// Two blocks of zeros.
    static let end = [UInt8](repeating: 0, count: 2 * blockBytes)
    /// What eleven octal digits hold.
    private static let largest: Int64 = 0o777_7777_7777
    private static let longestName = 100
    private static let longestPrefix = 155

    var name: String
    var bytes: Int64

    /// nil for a name that cannot be parted at a slash into 155 and 100 bytes, or a file of 8 GiB and more, which the format cannot hold.
    init?(name: String, bytes: Int64) {
        guard !name.isEmpty, Self.parts(of: name) != nil, (0...Self.largest).contains(bytes) else { return nil }
        self.name = name
        self.bytes = bytes
    }

    /// nil unless it is byte for byte what `block` writes.
    init?(block: [UInt8]) {
        guard block.count == Self.blockBytes else { return nil }
        let rest = String(decoding: block[0..<Self.longestName].prefix { $0 != 0 }, as: UTF8.self)
        let prefix = String(decoding: block[345..<345 + Self.longestPrefix].prefix { $0 != 0 }, as: UTF8.self)
        let name = prefix.isEmpty ? rest : prefix + "/" + rest
        let size = block[124..<135].reduce(Int64(0)) { $0 << 3 | Int64($1 & 7) }
        guard let header = TarHeader(name: name, bytes: size), header.block == block else { return nil }
        self = header
    }

    var block: [UInt8] {
        var block = [UInt8](repeating: 0, count: Self.blockBytes)
        func put(_ text: String, at place: Int) {
            for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
        }
        let parts = Self.parts(of: name) ?? ("", "")
        put(parts.rest, at: 0)
        put(parts.prefix, at: 345)
        put("0000400", at: 100)
        put("0000000", at: 108)
        put("0000000", at: 116)
        put(Self.octal(bytes, digits: 11), at: 124)
        put("00000000000", at: 136)
        put("        ", at: 148)
        put("0", at: 156)
        put("ustar", at: 257)
        put("00", at: 263)
        put("0000000", at: 329)
        put("0000000", at: 337)
        put(Self.octal(block.reduce(0) { $0 + Int64($1) }, digits: 6), at: 148)
        block[154] = 0
        return block
    }

    /// Zeros after a file's contents up to the next block.
    var padding: Int { Int((Int64(Self.blockBytes) - bytes % Int64(Self.blockBytes)) % Int64(Self.blockBytes)) }

    /// At the first slash after which at most 100 bytes are left.
    private static func parts(of name: String) -> (prefix: String, rest: String)? {
        if name.utf8.count <= longestName { return ("", name) }
        for slash in name.indices where name[slash] == "/" {
            let rest = name[name.index(after: slash)...]
            guard rest.utf8.count <= longestName else { continue }
            return name[..<slash].utf8.count <= longestPrefix ? (String(name[..<slash]), String(rest)) : nil
        }
        return nil
    }

    private static func octal(_ value: Int64, digits: Int) -> String {
        let text = String(value, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }
}
