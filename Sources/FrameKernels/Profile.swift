public import FrameCore

/// How much gradient each column and each row of a picture holds: two short profiles that tell where the picture moved.
public enum Profile {
    /// Most rows that a column's 16-bit sum takes.
    public static let mostRows = 257

    /// For each column x: Σ |luma(x + 1, y) − luma(x − 1, y)| over the rows y = 1, 1 + `rowStep`, … above the last.
    ///
    /// - Parameters:
    ///   - rowStep: so that at most `mostRows` rows are looked at.
    ///   - sums: one for each column; 0 at both ends.
    public static func columns(_ luma: [UInt8], size: PixelSize, rowStep: Int, into sums: inout [UInt16]) {
        precondition(luma.count == size.area && sums.count == size.width && rowStep > 0)
        precondition(max(0, size.height - 2) <= mostRows * rowStep, "the columns' sums would overflow")
        for x in 0..<sums.count { sums[x] = 0 }
        guard size.width > 2 else { return }
        var y = 1
        while y < size.height - 1 {
            addRow(luma, from: y * size.width, into: &sums)
            y += rowStep
        }
    }

    private static func addRow(_ luma: [UInt8], from start: Int, into sums: inout [UInt16]) {
        let count = sums.count - 2
        let luma = luma.span
        let left = luma.extracting(start..<start + count)
        let right = luma.extracting(start + 2..<start + 2 + count)
        var sums = sums.mutableSpan
        var inner = sums._mutatingExtracting(1..<1 + count)
        for x in 0..<count {
            let a = left[x]
            let b = right[x]
            inner[x] &+= UInt16(max(a, b) &- min(a, b))
        }
    }

    /// For each row y: the mean of |luma(x, y + 1) − luma(x, y − 1)| over its columns, Q8.
    ///
    /// - Parameter means: one for each row; 0 at both ends.
    public static func rows(_ luma: [UInt8], size: PixelSize, into means: inout [UInt16]) {
        precondition(luma.count == size.area && means.count == size.height)
        for y in 0..<means.count { means[y] = 0 }
        guard size.height > 2, size.width > 0 else { return }
        let luma = luma.span
        let width = size.width
        for y in 1..<size.height - 1 {
            let sum = Deviation.row(luma.extracting((y - 1) * width..<y * width), luma.extracting((y + 1) * width..<(y + 2) * width))
            means[y] = UInt16(sum * 256 / width)
        }
    }

    /// Σ |profile[i + shift] − reference[i]| over all i that are at least `reach` from both ends.
    ///
    /// - Parameters:
    ///   - profile, reference: of the same length, up to 65536.
    ///   - shift: −`reach`…`reach`.
    public static func mismatch(_ profile: [UInt16], _ reference: [UInt16], shift: Int, reach: Int) -> UInt32 {
        precondition(profile.count == reference.count && profile.count <= 1 << 16 && abs(shift) <= reach)
        let count = profile.count - 2 * reach
        guard count > 0 else { return 0 }
        return distance(
            profile.span.extracting(reach + shift..<reach + shift + count), reference.span.extracting(reach..<reach + count))
    }

    private static func distance(_ here: Span<UInt16>, _ there: Span<UInt16>) -> UInt32 {
        precondition(here.count == there.count)
        var sum: UInt32 = 0
        for i in 0..<here.count {
            let a = UInt32(here[i])
            let b = UInt32(there[i])
            sum &+= max(a, b) &- min(a, b)
        }
        return sum
    }
}
