public import FrameCore

extension Reference {
    /// `LightRatio` code of one pixel; `plate` is Q8.8.
    public static func lightCode(_ seen: UInt8, plate: UInt16) -> UInt8 {
        let now = Float(Int(seen) + LightRatio.offset)
        let usual = Float(Int(plate >> 8) + LightRatio.offset)
        // 32 steps an octave, linear within it, rounded.
        let ratio = now / usual
        let fraction = Int((ratio.significand - 1) * Float(1 << 23))
        let steps = Int(ratio.exponent) * 32 + (fraction + 1 << 17) >> 18
        return UInt8(min(max(Int(LightRatio.equal) + steps, 0), 255))
    }

    public static func tileLight(_ seen: [UInt8], plate: [UInt16], size: PixelSize, tile: Int) -> [UInt8] {
        var medians: [UInt8] = []
        for top in stride(from: 0, to: size.height, by: tile) {
            for left in stride(from: 0, to: size.width, by: tile) {
                var codes: [UInt8] = []
                for y in stride(from: top, to: min(top + tile, size.height), by: 2) {
                    for x in left..<min(left + tile, size.width) {
                        codes.append(lightCode(seen[y * size.width + x], plate: plate[y * size.width + x]))
                    }
                }
                medians.append(codes.sorted()[codes.count / 2])
            }
        }
        return medians
    }

    public static func neighbourMedian(_ grid: [UInt8], columns: Int, rows: Int, reach: Int) -> [UInt8] {
        grid.indices.map { index in
            let across = max(0, index % columns - reach)...min(columns - 1, index % columns + reach)
            let down = max(0, index / columns - reach)...min(rows - 1, index / columns + reach)
            let around = down.flatMap { y in across.map { grid[y * columns + $0] } }
            return around.sorted()[around.count / 2]
        }
    }

    public static func gain(
        _ gains: [UInt16], columns: Int, rows: Int, tile: Int, width: Int, height: Int, isChroma: Bool, plane: [UInt8]
    ) -> [UInt8] {
        func place(_ position: Int, _ count: Int) -> (Int, Int, Int) {
            let fromFirstCentre = 2 * position + 1 - tile
            guard fromFirstCentre >= 0 else { return (0, min(1, count - 1), 0) }
            let first = min(fromFirstCentre / (2 * tile), count - 1)
            return (first, min(first + 1, count - 1), min(fromFirstCentre - 2 * tile * first, 2 * tile))
        }
        return (0..<height * width).map { index in
            let (left, right, across) = place(index % width, columns)
            let (upper, lower, down) = place(index / width, rows)
            func gain(_ row: Int) -> Int {
                (Int(gains[row * columns + left]) * (2 * tile - across) + Int(gains[row * columns + right]) * across) / (2 * tile)
            }
            let weight = down * GainField.fullWeight / (2 * tile)
            let factor = (gain(upper) * (GainField.fullWeight - weight) + gain(lower) * weight) / GainField.fullWeight
            let value = Int(plane[index])
            return isChroma
                ? UInt8(min(max(128 + (((value - 128) * factor + 128) >> 8), 0), 255)) : UInt8(min((value * factor + 128) >> 8, 255))
        }
    }
}
