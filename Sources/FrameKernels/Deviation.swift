public import FrameCore

/// Sums of absolute differences, the cheapest measure of how unlike two pictures are.
public enum Deviation {
    /// Σ |value − `level`| over a plane.
    public static func sum(_ plane: [UInt8], from level: UInt8) -> Int {
        var sum = 0
        let plane = plane.span
        var start = 0
        while start < plane.count {
            let end = min(start + blockLength, plane.count)
            sum += Int(block(plane.extracting(start..<end), level))
            start = end
        }
        return sum
    }

    /// Σ |`picture`(x + shiftX, y + shiftY) − `reference`(x, y)| over every `rowStep`th row of the inner picture, from
    /// which `margin` is left off on every side.
    ///
    /// - Parameters:
    ///   - picture, reference: `size.area` bytes each.
    ///   - shiftX, shiftY: −`margin`…`margin`.
    public static func sum(
        _ picture: [UInt8], shiftX: Int, shiftY: Int, from reference: [UInt8], size: PixelSize, margin: Int, rowStep: Int
    ) -> Int {
        precondition(picture.count == size.area && reference.count == size.area && rowStep > 0)
        precondition(abs(shiftX) <= margin && abs(shiftY) <= margin)
        let width = size.width - 2 * margin
        guard width > 0 else { return 0 }
        let picture = picture.span
        let reference = reference.span
        var sum = 0
        var y = margin
        while y < size.height - margin {
            let here = (y + shiftY) * size.width + margin + shiftX
            let there = y * size.width + margin
            sum += row(picture.extracting(here..<here + width), reference.extracting(there..<there + width))
            y += rowStep
        }
        return sum
    }

    /// Replaces every value by its distance from the reference's.
    ///
    /// - Parameters:
    ///   - planes: any number of pictures, one after the other.
    ///   - reference: one picture.
    public static func each(_ planes: inout [UInt8], from reference: [UInt8]) {
        guard !reference.isEmpty else { return }
        precondition(planes.count % reference.count == 0)
        var planes = planes.mutableSpan
        let reference = reference.span
        for start in stride(from: 0, to: planes.count, by: reference.count) {
            var plane = planes._mutatingExtracting(start..<start + reference.count)
            for i in 0..<reference.count {
                let a = plane[i]
                let b = reference[i]
                plane[i] = max(a, b) &- min(a, b)
            }
        }
    }

    /// Σ |a − b| over two rows of the same length.
    static func row(_ a: Span<UInt8>, _ b: Span<UInt8>) -> Int {
        precondition(a.count == b.count)
        var sum = 0
        var start = 0
        while start < a.count {
            let end = min(start + blockLength, a.count)
            sum += Int(block(a.extracting(start..<end), b.extracting(start..<end)))
            start = end
        }
        return sum
    }

    /// A sum of so many bytes fits into 16 bits, which takes half as many instructions as one of 32 bits.
    private static let blockLength = 256

    private static func block(_ plane: Span<UInt8>, _ level: UInt8) -> UInt16 {
        var sum: UInt16 = 0
        for i in 0..<plane.count {
            let value = plane[i]
            sum &+= UInt16(max(value, level) &- min(value, level))
        }
        return sum
    }

    private static func block(_ a: Span<UInt8>, _ b: Span<UInt8>) -> UInt16 {
        precondition(a.count == b.count)
        var sum: UInt16 = 0
        for x in 0..<a.count {
            let first = a[x]
            let second = b[x]
            sum &+= UInt16(max(first, second) &- min(first, second))
        }
        return sum
    }
}
