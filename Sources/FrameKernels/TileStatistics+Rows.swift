/// One row of pixels at a time, over few arrays each, which the compiler turns into vector code.
extension TileStatistics {
    static func clear(_ columns: inout [UInt16]) {
        for x in columns.indices { columns[x] = 0 }
    }

    static func clear(_ columns: inout [Int16]) {
        for x in columns.indices { columns[x] = 0 }
    }

    static func addRow(_ plane: [UInt8], from: Int, to columns: inout [UInt16]) {
        var sums = columns.mutableSpan
        let row = plane.span.extracting(from..<from + sums.count)
        for x in 0..<sums.count { sums[x] &+= UInt16(row[x]) }
    }

    static func addDifferences(_ plane: [UInt8], _ other: [UInt8], from: Int, to columns: inout [UInt16]) {
        var sums = columns.mutableSpan
        let row = plane.span.extracting(from..<from + sums.count)
        let otherRow = other.span.extracting(from..<from + sums.count)
        for x in 0..<sums.count {
            let a = row[x], b = otherRow[x]
            sums[x] &+= UInt16(max(a, b) &- min(a, b))
        }
    }

    static func addJumps(_ plane: [UInt8], _ other: [UInt8], from: Int, over jump: UInt8, to columns: inout [UInt16]) {
        var sums = columns.mutableSpan
        let row = plane.span.extracting(from..<from + sums.count)
        let otherRow = other.span.extracting(from..<from + sums.count)
        for x in 0..<sums.count {
            let a = row[x], b = otherRow[x]
            sums[x] &+= UInt16(max(a, b) &- min(a, b) > jump ? 1 : 0)
        }
    }

    static func addEdges(_ plane: [UInt8], from: Int, width: Int, to columns: inout [UInt16]) {
        var sums = columns.mutableSpan
        let row = plane.span.extracting(from..<from + width)
        for x in 0..<width - 1 {
            let a = row[x], b = row[x &+ 1]
            sums[x] &+= UInt16(max(a, b) &- min(a, b))
        }
    }

    static func addGrain(_ plane: [UInt8], from: Int, width: Int, to columns: inout [UInt16]) {
        var sums = columns.mutableSpan
        let above = plane.span.extracting(from - width..<from)
        let row = plane.span.extracting(from..<from + width)
        let below = plane.span.extracting(from + width..<from + 2 * width)
        for x in 1..<width - 1 {
            let left = Int16(above[x &- 1]) &+ Int16(below[x &- 1]) &- 2 &* Int16(row[x &- 1])
            let middle = Int16(above[x]) &+ Int16(below[x]) &- 2 &* Int16(row[x])
            let right = Int16(above[x &+ 1]) &+ Int16(below[x &+ 1]) &- 2 &* Int16(row[x &+ 1])
            let response = left &+ right &- 2 &* middle
            sums[x] &+= UInt16(bitPattern: max(response, 0 &- response))
        }
    }

    static func slopeAcross(_ plane: [UInt8], from: Int, width: Int, _ limit: Int16, into slopes: inout [Int8]) {
        let row = plane.span.extracting(from..<from + width)
        var all = slopes.mutableSpan
        var target = all._mutatingExtracting(from..<from + width)
        for x in 1..<width - 1 {
            let slope = Int16(row[x &+ 1]) &- Int16(row[x &- 1])
            target[x] = Int8(truncatingIfNeeded: min(max(slope, 0 &- limit), limit))
        }
    }

    static func slopeDown(_ plane: [UInt8], from: Int, width: Int, _ limit: Int16, into slopes: inout [Int8]) {
        let above = plane.span.extracting(from - width..<from)
        let below = plane.span.extracting(from + width..<from + 2 * width)
        var all = slopes.mutableSpan
        var target = all._mutatingExtracting(from..<from + width)
        for x in 1..<width - 1 {
            let slope = Int16(below[x]) &- Int16(above[x])
            target[x] = Int8(truncatingIfNeeded: min(max(slope, 0 &- limit), limit))
        }
    }

    static func addProducts(_ slopes: [Int8], _ other: [Int8], from: Int, to columns: inout [Int16]) {
        var sums = columns.mutableSpan
        let row = slopes.span.extracting(from..<from + sums.count)
        let otherRow = other.span.extracting(from..<from + sums.count)
        for x in 0..<sums.count { sums[x] &+= Int16(row[x]) &* Int16(otherRow[x]) }
    }

    static func addSquares(_ across: [Int8], _ down: [Int8], from: Int, to columns: inout [UInt16]) {
        var sums = columns.mutableSpan
        let acrossRow = across.span.extracting(from..<from + sums.count)
        let downRow = down.span.extracting(from..<from + sums.count)
        for x in 0..<sums.count {
            let a = Int16(acrossRow[x]), b = Int16(downRow[x])
            sums[x] &+= UInt16(bitPattern: a &* a &+ b &* b)
        }
    }

    /// Adds the columns of each tile up. The side is a literal in each branch, so that the inner loop has a fixed length.
    static func fold(_ columns: [UInt16], _ grid: TileGrid, _ row: Int, into sums: inout [Int32]) {
        if grid.side == 16 { fold(columns, side: 16, grid, row, into: &sums) } else { fold(columns, side: 8, grid, row, into: &sums) }
    }

    static func fold(_ columns: [Int16], _ grid: TileGrid, _ row: Int, into sums: inout [Int32]) {
        if grid.side == 16 { fold(columns, side: 16, grid, row, into: &sums) } else { fold(columns, side: 8, grid, row, into: &sums) }
    }

    @inline(__always)
    private static func fold(_ columns: [UInt16], side: Int, _ grid: TileGrid, _ row: Int, into sums: inout [Int32]) {
        let columns = columns.span
        for tile in 0..<grid.columns {
            let part = columns.extracting(tile * side..<(tile + 1) * side)
            var sum: Int32 = 0
            for x in 0..<side { sum &+= Int32(part[x]) }
            sums[row * grid.columns + tile] = sum
        }
    }

    @inline(__always)
    private static func fold(_ columns: [Int16], side: Int, _ grid: TileGrid, _ row: Int, into sums: inout [Int32]) {
        let columns = columns.span
        for tile in 0..<grid.columns {
            let part = columns.extracting(tile * side..<(tile + 1) * side)
            var sum: Int32 = 0
            for x in 0..<side { sum &+= Int32(part[x]) }
            sums[row * grid.columns + tile] = sum
        }
    }
}
