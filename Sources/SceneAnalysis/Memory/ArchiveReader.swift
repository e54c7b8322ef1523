/// Reads what `ArchiveWriter` wrote, and believes nothing: every count is checked against what is left.
struct ArchiveReader {
    private let bytes: [UInt8]
    private var place = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { place == bytes.count }

    mutating func int() throws(SceneArchiveError) -> Int {
        guard bytes.count - place >= 8 else { throw .cutOff }
        var bits: UInt64 = 0
        for k in 0..<8 { bits |= UInt64(bytes[place + k]) << UInt64(8 * k) }
        place += 8
        return Int(Int64(bitPattern: bits))
    }

    mutating func double() throws(SceneArchiveError) -> Double {
        let value = Double(bitPattern: UInt64(bitPattern: Int64(try int())))
        guard value.isFinite else { throw .badValue }
        return value
    }

    mutating func bool() throws(SceneArchiveError) -> Bool {
        guard place < bytes.count else { throw .cutOff }
        place += 1
        return bytes[place - 1] != 0
    }

    /// A number that must lie in `range`.
    mutating func int(in range: ClosedRange<Int>) throws(SceneArchiveError) -> Int {
        let value = try int()
        guard range.contains(value) else { throw .badValue }
        return value
    }

    mutating func bytePlane(count: Int) throws(SceneArchiveError) -> [UInt8] {
        guard try int() == count else { throw .badValue }
        guard bytes.count - place >= count else { throw .cutOff }
        defer { place += count }
        return Array(bytes[place..<place + count])
    }

    mutating func wordPlane(count: Int) throws(SceneArchiveError) -> [UInt16] {
        guard try int() == count else { throw .badValue }
        guard (bytes.count - place) / 2 >= count else { throw .cutOff }
        defer { place += 2 * count }
        return (0..<count).map { UInt16(bytes[place + 2 * $0]) | UInt16(bytes[place + 2 * $0 + 1]) << 8 }
    }

    /// Indices into a picture of `area` cells.
    mutating func cells(area: Int) throws(SceneArchiveError) -> [Int32] {
        let count = try int(in: 0...area)
        guard (bytes.count - place) / 8 >= count else { throw .cutOff }
        var cells: [Int32] = []
        cells.reserveCapacity(count)
        for _ in 0..<count { cells.append(Int32(try int(in: 0...max(0, area - 1)))) }
        return cells
    }
}

/// Why a saved memory of a street cannot be used.
public enum SceneArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
    case otherVersion
    case cutOff
    case badValue

    public var description: String {
        switch self {
        case .otherVersion: "was saved by another version"
        case .cutOff: "is cut off"
        case .badValue: "holds a value that cannot be"
        }
    }
}
