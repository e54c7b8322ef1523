/// SplitMix64 (Steele, Lea, Flood 2014): the only source of chance in a scene, so that one seed draws one street.
struct Generator: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// A generator of its own for one part of the scene, so that a change in one part leaves the others alone.
    init(seed: UInt64, part: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 ^ (part &+ 1) &* 0xD1B5_4A32_D192_ED03
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to, not including, 1.
    mutating func unit() -> Float { Float(next() >> 40) * (1 / 16_777_216) }

    mutating func range(_ low: Float, _ high: Float) -> Float { low + (high - low) * unit() }

    mutating func index(_ count: Int) -> Int { Int(next() >> 33) % count }

    mutating func chance(_ part: Float) -> Bool { unit() < part }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[index(choices.count)] }

    /// About normal with deviation 1 (sum of four uniform numbers).
    mutating func bell() -> Float { (unit() + unit() + unit() + unit() - 2) * 1.732 }

    /// A direction about `normal`, its density falling with the cosine.
    mutating func hemisphere(_ normal: Vector) -> Vector {
        while true {
            let ball = Vector(unit() * 2 - 1, unit() * 2 - 1, unit() * 2 - 1)
            let square = ball.dot(ball)
            if square <= 1 && square > 0.001 {
                let direction = ball * (1 / square.squareRoot()) + normal * 1.001
                return direction.normalised
            }
        }
    }
}
