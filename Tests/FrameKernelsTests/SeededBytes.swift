/// Random bytes that are the same in every run (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014).
struct SeededBytes: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Random bytes with many extremes among them.
    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in
            switch UInt8.random(in: 0...9, using: &self) {
            case 0: 0
            case 1: 255
            default: UInt8.random(in: 0...255, using: &self)
            }
        }
    }

    /// The same with 16 bits.
    mutating func words(_ count: Int) -> [UInt16] {
        zip(bytes(count), bytes(count)).map { UInt16($0) << 8 | UInt16($1) }
    }
}

/// The sizes that vector code gets wrong: around every multiple of a register's width, odd, and tiny.
let trickyLengths = Array(1...65) + [127, 128, 129, 1000, 1023]
