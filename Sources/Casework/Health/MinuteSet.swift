public import Foundation

/// Minutes of one local day, each in it or not: bit `n` stands for the minute that begins `n` minutes after local midnight.
///
/// A set cannot count a minute twice, so a restart within a minute, or a write that is repeated, changes nothing.
public struct MinuteSet: Codable, Sendable, Hashable {
    /// A day has 25 hours where clocks are put back.
    public static let limit = 25 * 60

    private var words: [UInt64]

    public init() {
        words = []
    }

    /// From what `bytes` gave; bits past the end of the longest day are left out.
    public init(bytes: Data) {
        self.init()
        for (place, byte) in bytes.enumerated() where byte != 0 {
            for bit in 0..<8 where byte & (1 << bit) != 0 { insert(place * 8 + bit) }
        }
    }

    /// Eight minutes a byte, the first in the lowest bit, without empty bytes at the end: at most 188.
    public var bytes: Data {
        var bytes = Data(words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) } })
        while bytes.last == 0 { bytes.removeLast() }
        return bytes
    }

    public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    public func contains(_ minute: Int) -> Bool {
        guard minute >= 0, minute / 64 < words.count else { return false }
        return words[minute / 64] & (1 << UInt64(minute % 64)) != 0
    }

    /// Adds the minute; one outside the longest day is left out.
    public mutating func insert(_ minute: Int) {
        guard (0..<Self.limit).contains(minute) else { return }
        while words.count <= minute / 64 { words.append(0) }
        words[minute / 64] |= 1 << UInt64(minute % 64)
    }

    /// How many minutes of the range are in the set.
    public func count(in range: Range<Int>) -> Int { range.count { contains($0) } }
}
