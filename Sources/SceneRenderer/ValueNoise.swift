/// Lattice noise for grain, stains, clouds and wind; 0…1.
enum ValueNoise {
    /// A number for a lattice cell.
    @inline(__always) static func hash(_ x: Int, _ y: Int, _ seed: UInt32) -> Float {
        var mixed = UInt32(truncatingIfNeeded: x) &* 0x8DA6_B343 ^ UInt32(truncatingIfNeeded: y) &* 0xD816_3841 ^ seed &* 0xCB1A_B31F
        mixed = (mixed ^ (mixed >> 16)) &* 0x7FEB_352D
        mixed = (mixed ^ (mixed >> 15)) &* 0x846C_A68B
        mixed ^= mixed >> 16
        return Float(mixed >> 8) * (1 / 16_777_216)
    }

    @inline(__always) static func value(_ x: Float, _ y: Float, _ seed: UInt32) -> Float {
        let column = floorIndex(x)
        let row = floorIndex(y)
        let partX = x - Float(column)
        let partY = y - Float(row)
        let easeX = partX * partX * (3 - 2 * partX)
        let easeY = partY * partY * (3 - 2 * partY)
        let top = mix(hash(column, row, seed), hash(column &+ 1, row, seed), easeX)
        let bottom = mix(hash(column, row &+ 1, seed), hash(column &+ 1, row &+ 1, seed), easeX)
        return mix(top, bottom, easeY)
    }

    /// Octaves of halving amplitude, about 0.5 on average.
    static func fractal(_ x: Float, _ y: Float, octaves: Int, _ seed: UInt32) -> Float {
        var sum: Float = 0
        var amplitude: Float = 0.5
        var scale: Float = 1
        var total: Float = 0
        for octave in 0..<octaves {
            sum += amplitude * value(x * scale + Float(octave) * 17.3, y * scale - Float(octave) * 9.1, seed &+ UInt32(octave))
            total += amplitude
            amplitude *= 0.5
            scale *= 2.03
        }
        return sum / total
    }
}
