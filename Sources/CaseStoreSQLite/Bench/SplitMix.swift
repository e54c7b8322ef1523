/// Random numbers that are the same for the same seed (Steele, Lea and Flood 2014, “Fast splittable pseudorandom number generators”).
package struct SplitMix: RandomNumberGenerator {
    package var state: UInt64

    package init(state: UInt64) {
        self.state = state
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }

    mutating func hex(_ digits: Int) -> String {
        var text = ""
        while text.utf8.count < digits {
            let word = String(next(), radix: 16)
            text += String(repeating: "0", count: 16 - word.utf8.count) + word
        }
        return String(text.prefix(digits))
    }

    /// A version 7 UUID.
    mutating func caseID(milliseconds: Int64) -> String {
        let time = String(milliseconds, radix: 16)
        let padded = String(repeating: "0", count: 12 - time.utf8.count) + time
        let random = hex(18)
        return "\(padded.prefix(8))-\(padded.suffix(4))-7\(random.prefix(3))-8\(random.dropFirst(3).prefix(3))-\(random.dropFirst(6))"
    }
}

/// Draws places of a list, each as often as its weight says.
package struct WeightedChoice {
    private let sums: [Double]

    package init(_ weights: [Double]) {
        var sum = 0.0
        sums = weights.map {
            sum += $0
            return sum
        }
    }

    package func place(_ generator: inout SplitMix) -> Int {
        let drawn = Double.random(in: 0..<(sums.last ?? 1), using: &generator)
        return min(sums.count - 1, sums.firstIndex { drawn < $0 } ?? 0)
    }
}
