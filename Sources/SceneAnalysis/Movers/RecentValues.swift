/// The last dozen of a number's values, for robust statistics of what is going on now.
struct RecentValues: Codable {
    private static let most = 12

    // Inline: a region that comes takes no memory for them.
    private var values = InlineArray<12, Double>(repeating: 0)
    private var sorted = InlineArray<12, Double>(repeating: 0)
    private var next = 0
    private(set) var count = 0
    var isFull: Bool { count == Self.most }

    mutating func add(_ value: Double) {
        values[next] = value
        next = (next + 1) % Self.most
        count = min(count + 1, Self.most)
        // By insertion: a sort of the standard library takes memory for itself.
        for k in 0..<count {
            var place = k
            while place > 0 && sorted[place - 1] > values[k] {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            sorted[place] = values[k]
        }
    }

    mutating func removeAll() {
        next = 0
        count = 0
    }

    /// By linear interpolation; 0 while nothing is known.
    func quantile(_ part: Double) -> Double {
        guard count > 0 else { return 0 }
        let place = part * Double(count - 1)
        let below = Int(place)
        let above = min(below + 1, count - 1)
        return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
    }
}

extension RecentValues {
    private enum CodingKeys: String, CodingKey {
        case values, sorted, next, count
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let kept = try container.decode([Double].self, forKey: .values)
        let ordered = try container.decode([Double].self, forKey: .sorted)
        next = try container.decode(Int.self, forKey: .next)
        count = try container.decode(Int.self, forKey: .count)
        guard kept.count == Self.most, ordered.count == Self.most, (0..<Self.most).contains(next), (0...Self.most).contains(count) else {
            throw DecodingError.dataCorruptedError(forKey: .values, in: container, debugDescription: "not \(Self.most) values")
        }
        for index in 0..<Self.most {
            values[index] = kept[index]
            sorted[index] = ordered[index]
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(values.indices.map { values[$0] }, forKey: .values)
        try container.encode(sorted.indices.map { sorted[$0] }, forKey: .sorted)
        try container.encode(next, forKey: .next)
        try container.encode(count, forKey: .count)
    }
}
