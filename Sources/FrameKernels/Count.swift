/// Counts bytes of one value.
public enum Count {
    public static func bytes(equalTo value: UInt8, in plane: [UInt8]) -> Int {
        let plane = plane.span
        var total = 0
        var start = 0
        while start < plane.count {
            // A block's count fits into a byte, so that one instruction counts for as many bytes as it compares.
            total += Int(block(plane.extracting(start..<min(start + 128, plane.count)), value))
            start += 128
        }
        return total
    }

    private static func block(_ bytes: Span<UInt8>, _ value: UInt8) -> UInt8 {
        var count: UInt8 = 0
        // Only a difference of 0 minus 1 has the highest bit: no branch is needed.
        for i in 0..<bytes.count { count &+= UInt8(truncatingIfNeeded: (UInt16(bytes[i] ^ value) &- 1) &>> 15) }
        return count
    }
}
