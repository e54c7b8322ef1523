import FrameCore

/// The grain of a small sensor after its own noise filter: a little coarse, stronger in the dark, other in every frame.
struct SensorNoise: Sendable {
    private static let length = 1 << 16
    private let grain: [Float]
    /// Deviation at mid grey, in code values.
    let amplitude: Float
    private let seed: UInt64

    init(amplitude: Float, seed: UInt64) {
        self.amplitude = amplitude
        self.seed = seed
        var generator = Generator(seed: seed, part: 90)
        let white = (0..<(Self.length + 4)).map { _ in generator.bell() }
        grain = (0..<Self.length).map { (white[$0] + white[$0 + 1] * 0.9 + white[$0 + 2] * 0.35) * 0.72 }
    }

    /// Adds grain to a row of luma or colour code values.
    func add(to row: inout [Float], count: Int, frame: Int, line: Int, plane: Int, scale: Float) {
        var generator = Generator(seed: seed &+ UInt64(frame) &* 4099 &+ UInt64(line) &* 3 &+ UInt64(plane), part: 91)
        let start = generator.index(Self.length - count)
        let grain = grain.span
        var row = row.mutableSpan
        let strength = amplitude * scale
        if plane == 0 {
            for column in 0..<count {
                let value = row[column]
                row[column] = value + grain[start &+ column] * strength * (1.5 - value * 0.0047)
            }
        } else {
            for column in 0..<count { row[column] += grain[start &+ column] * strength }
        }
    }
}
