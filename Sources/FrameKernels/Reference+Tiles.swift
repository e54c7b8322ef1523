public import FrameCore

extension Reference {
    /// Sums `value` over each tile; `rows` says which rows of a tile count.
    public static func tileSums(_ grid: TileGrid, rows: (Int) -> Bool = { _ in true }, of value: (_ x: Int, _ y: Int) -> Int) -> [Int32] {
        (0..<grid.count).map { tile in
            let left = tile % grid.columns * grid.side
            let top = tile / grid.columns * grid.side
            var sum = 0
            for row in 0..<grid.side where rows(row) {
                for column in 0..<grid.side { sum += value(left + column, top + row) }
            }
            return Int32(sum)
        }
    }

    public static func edge(_ plane: [UInt8], _ size: PixelSize, _ x: Int, _ y: Int) -> Int {
        x + 1 < size.width ? abs(Int(plane[y * size.width + x + 1]) - Int(plane[y * size.width + x])) : 0
    }

    public static func grain(_ plane: [UInt8], _ size: PixelSize, _ x: Int, _ y: Int) -> Int {
        guard x > 0, y > 0, x + 1 < size.width, y + 1 < size.height else { return 0 }
        let weights = [1, -2, 1]
        var response = 0
        for j in -1...1 {
            for i in -1...1 { response += weights[i + 1] * weights[j + 1] * Int(plane[(y + j) * size.width + x + i]) }
        }
        return abs(response)
    }

    public static func slope(
        _ plane: [UInt8], _ size: PixelSize, _ x: Int, _ y: Int, isAcross: Bool, limit: Int
    ) -> Int {
        guard x > 0, y > 0, x + 1 < size.width, y + 1 < size.height else { return 0 }
        let step = isAcross ? 1 : size.width
        let index = y * size.width + x
        return min(max(Int(plane[index + step]) - Int(plane[index - step]), -limit), limit)
    }
}

extension Reference {
    /// One pixel of `JumpRate`.
    public static func jumpRate(_ rate: UInt8, now: UInt8, before: UInt8, jump: UInt8) -> UInt8 {
        let fallen = Int(rate) - (Int(rate) + 15) / 16
        return UInt8(abs(Int(now) - Int(before)) > Int(jump) ? fallen + 15 : fallen)
    }
}
