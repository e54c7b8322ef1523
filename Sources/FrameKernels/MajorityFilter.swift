public import FrameCore

/// The median of a two-valued picture over a square: what most of its pixels are, edges repeated.
///
/// The usual last step when background models are compared; it costs four additions a pixel whatever the square's side.
public struct MajorityFilter: Sendable {
    private let size: PixelSize
    private let reach: Int
    private var columns: [Int32]

    /// - Parameter side: odd, pixels.
    public init(size: PixelSize, side: Int) {
        precondition(side > 0 && side % 2 == 1)
        self.size = size
        reach = side / 2
        columns = [Int32](repeating: 0, count: size.width)
    }

    /// - Parameters:
    ///   - mask: 0 is background.
    ///   - result: becomes 255 where most of the square is foreground, else 0.
    public mutating func apply(_ mask: [UInt8], into result: inout [UInt8]) {
        precondition(mask.count == size.area && result.count == size.area)
        let side = 2 * reach + 1
        let half = Int32(side * side / 2)
        func row(_ y: Int) -> Int { min(max(y, 0), size.height - 1) * size.width }
        for x in 0..<size.width { columns[x] = 0 }
        for y in -reach...reach {
            let start = row(y)
            for x in 0..<size.width { columns[x] += mask[start + x] != 0 ? 1 : 0 }
        }
        for y in 0..<size.height {
            var sum: Int32 = 0
            for x in -reach...reach { sum += columns[min(max(x, 0), size.width - 1)] }
            for x in 0..<size.width {
                result[y * size.width + x] = sum > half ? 255 : 0
                sum += columns[min(x + reach + 1, size.width - 1)] - columns[max(x - reach, 0)]
            }
            let leaving = row(y - reach)
            let coming = row(y + reach + 1)
            for x in 0..<size.width {
                columns[x] += (mask[coming + x] != 0 ? 1 : 0) - (mask[leaving + x] != 0 ? 1 : 0)
            }
        }
    }
}
