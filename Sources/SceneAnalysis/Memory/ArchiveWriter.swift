/// Writes numbers and planes one after the other, little-endian: the street's memory on its way to a file.
struct ArchiveWriter {
    private(set) var bytes: [UInt8] = []

    mutating func put(_ value: Int) {
        let bits = UInt64(bitPattern: Int64(value))
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift))) }
    }

    mutating func put(_ value: Double) { put(Int(Int64(bitPattern: value.bitPattern))) }
    mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func put(_ plane: [UInt8]) {
        put(plane.count)
        bytes += plane
    }

    mutating func put(_ plane: [UInt16]) {
        put(plane.count)
        for value in plane {
            bytes.append(UInt8(truncatingIfNeeded: value))
            bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        }
    }

    mutating func put(_ cells: [Int32]) {
        put(cells.count)
        for value in cells { put(Int(value)) }
    }
}
