internal import FrameCore

/// How far a shaken camera's picture has moved, by the projections of its gradients.
///
/// Columns' and rows' sums of gradient size are matched with the plate's (Ratakonda, "Real-time digital video
/// stabilization", ISCAS 1998, uses projections the same way); a shift counts only if it brings the picture nearer to the
/// plate, as an unchecked one invents objects.
struct ViewShift {
    /// Farthest shift that still is shaking, in pixels of the analysis frame.
    static let reach = 8
    private static let rowStep = 3

    let size: PixelSize
    private var referenceColumns: [Int32]
    private var referenceRows: [Int32]
    private var columns: [Int32]
    private var rows: [Int32]
    private var reference: [UInt8] = []

    init(size: PixelSize) {
        self.size = size
        columns = [Int32](repeating: 0, count: size.width)
        rows = [Int32](repeating: 0, count: size.height)
        referenceColumns = columns
        referenceRows = rows
    }

    /// Takes this picture as the place to which later ones are brought back.
    mutating func setReference(_ luma: Plane) {
        project(luma)
        referenceColumns = columns
        referenceRows = rows
        reference = luma.bytes
    }

    /// The shift (x, y) in pixels at which `luma` shows what the reference shows at (0, 0).
    mutating func measure(_ luma: Plane) -> (x: Int, y: Int) {
        project(luma)
        let x = Self.bestShift(columns, referenceColumns)
        let y = Self.bestShift(rows, referenceRows)
        if x == 0 && y == 0 { return (0, 0) }
        let moved = difference(luma, x, y)
        return moved < difference(luma, 0, 0) * 0.95 ? (x, y) : (0, 0)
    }

    private mutating func project(_ luma: Plane) {
        Self.project(luma, columns: &columns, rows: &rows)
    }

    private static func project(_ luma: Plane, columns: inout [Int32], rows: inout [Int32]) {
        let bytes = luma.bytes.span
        let size = luma.size
        let width = size.width
        for y in 0..<size.height { rows[y] = 0 }
        var columnSums = columns.mutableSpan
        for x in 0..<width { columnSums[x] = 0 }
        var y = 1
        while y < size.height - 1 {
            let row = bytes.extracting(y * width..<(y + 1) * width)
            for x in 1..<width - 1 {
                columnSums[x] &+= Int32(abs(Int16(row[x &+ 1]) &- Int16(row[x &- 1])))
            }
            y += rowStep
        }
        for y in 1..<size.height - 1 {
            let upper = bytes.extracting((y - 1) * width..<y * width)
            let lower = bytes.extracting((y + 1) * width..<(y + 2) * width)
            var sum: Int32 = 0
            var x = 0
            while x < width {
                sum &+= Int32(abs(Int16(lower[x]) &- Int16(upper[x])))
                x &+= rowStep
            }
            rows[y] = sum
        }
    }

    private static func bestShift(_ profile: [Int32], _ reference: [Int32]) -> Int {
        var best = 0
        var bestCost = Int64.max
        for shift in -reach...reach {
            var cost: Int64 = 0
            for i in reach..<profile.count - reach {
                cost += Int64(abs(profile[i + shift] - reference[i]))
            }
            // Equal costs go to the smaller shift.
            if cost < bestCost || (cost == bestCost && abs(shift) < abs(best)) {
                bestCost = cost
                best = shift
            }
        }
        return best
    }

    private func difference(_ luma: Plane, _ shiftX: Int, _ shiftY: Int) -> Double {
        var sum = 0
        var y = Self.reach
        while y < size.height - Self.reach {
            var x = Self.reach
            while x < size.width - Self.reach {
                let here = Int(luma.bytes[(y + shiftY) * size.width + x + shiftX])
                sum += abs(here - Int(reference[y * size.width + x]))
                x += 4
            }
            y += 4
        }
        return Double(sum)
    }
}
