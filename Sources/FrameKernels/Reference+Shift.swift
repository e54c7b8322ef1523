public import FrameCore

extension Reference {
    public static func columnProfile(_ luma: [UInt8], size: PixelSize, rowStep: Int) -> [UInt16] {
        (0..<size.width).map { x in
            guard x > 0, x < size.width - 1 else { return 0 }
            let rows = stride(from: 1, to: size.height - 1, by: rowStep)
            return UInt16(rows.map { abs(Int(luma[$0 * size.width + x + 1]) - Int(luma[$0 * size.width + x - 1])) }.reduce(0, +))
        }
    }

    public static func rowProfile(_ luma: [UInt8], size: PixelSize) -> [UInt16] {
        (0..<size.height).map { y in
            guard y > 0, y < size.height - 1 else { return 0 }
            let sum = (0..<size.width).map { abs(Int(luma[(y + 1) * size.width + $0]) - Int(luma[(y - 1) * size.width + $0])) }.reduce(0, +)
            return UInt16(256 * sum / size.width)
        }
    }

    public static func mismatch(_ profile: [UInt16], _ reference: [UInt16], shift: Int, reach: Int) -> UInt32 {
        guard profile.count > 2 * reach else { return 0 }
        return UInt32((reach..<profile.count - reach).map { abs(Int(profile[$0 + shift]) - Int(reference[$0])) }.reduce(0, +))
    }

    public static func deviation(_ plane: [UInt8], from level: UInt8) -> Int {
        plane.map { abs(Int($0) - Int(level)) }.reduce(0, +)
    }

    public static func deviation(
        _ picture: [UInt8], shiftX: Int, shiftY: Int, from reference: [UInt8], size: PixelSize, margin: Int, rowStep: Int
    ) -> Int {
        var sum = 0
        for y in stride(from: margin, to: size.height - margin, by: rowStep) {
            for x in stride(from: margin, to: size.width - margin, by: 1) {
                let value = Int(picture[(y + shiftY) * size.width + x + shiftX])
                sum += abs(value - Int(reference[y * size.width + x]))
            }
        }
        return sum
    }

    public static func deviations(_ planes: [UInt8], from reference: [UInt8]) -> [UInt8] {
        planes.indices.map { UInt8(abs(Int(planes[$0]) - Int(reference[$0 % reference.count]))) }
    }

    public static func moved(_ source: [UInt8], size: PixelSize, shiftX: Int, shiftY: Int) -> [UInt8] {
        (0..<size.area).map { index in
            let x = min(max(index % size.width + shiftX, 0), size.width - 1)
            let y = min(max(index / size.width + shiftY, 0), size.height - 1)
            return source[y * size.width + x]
        }
    }
}
