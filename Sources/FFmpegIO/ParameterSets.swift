/// The distinct parameter sets of an Annex B byte stream (ITU-T H.264 §B.1), in the order in which they first appear.
///
/// Servers repeat them at will, with start codes of three or four bytes; that is no change of the stream.
struct ParameterSets: Hashable {
    let units: [[UInt8]]

    init(_ bytes: [UInt8]) {
        var found: [[UInt8]] = []
        var start: Int?
        var index = 0
        func close(_ end: Int) {
            guard let start, start < end else { return }
            var unit = bytes[start..<end]
            // Zeros before a start code belong to it, or are padding.
            while unit.last == 0 { unit.removeLast() }
            if !unit.isEmpty && !found.contains(Array(unit)) { found.append(Array(unit)) }
        }
        while index + 2 < bytes.count {
            if bytes[index] == 0 && bytes[index + 1] == 0 && bytes[index + 2] == 1 {
                close(index)
                start = index + 3
                index += 3
            } else {
                index += 1
            }
        }
        close(bytes.count)
        units = found
    }

    var annexB: [UInt8] { units.flatMap { [0, 0, 0, 1] + $0 } }

    static func == (left: ParameterSets, right: ParameterSets) -> Bool { Set(left.units) == Set(right.units) }

    func hash(into hasher: inout Hasher) { hasher.combine(Set(units)) }
}
