/// A text with places that are filled in, many times over.
struct TextTemplate {
    private let literals: [String]
    /// What stands between them, as places in the list of values.
    private let slots: [Int]

    /// - Parameter marks: each is to be replaced by the value of its place; no mark may be part of another one.
    init(_ text: String, marks: [String]) {
        var literals: [String] = []
        var slots: [Int] = []
        var rest = text[...]
        while true {
            let found = marks.enumerated().compactMap { place, mark in rest.firstRange(of: mark).map { (place, $0) } }
            guard let (place, range) = found.min(by: { $0.1.lowerBound < $1.1.lowerBound }) else { break }
            literals.append(String(rest[..<range.lowerBound]))
            slots.append(place)
            rest = rest[range.upperBound...]
        }
        self.literals = literals + [String(rest)]
        self.slots = slots
    }

    func filled(_ values: [String]) -> String {
        var text = ""
        text.reserveCapacity(literals.reduce(0) { $0 + $1.utf8.count } + slots.count * 36)
        for (index, literal) in literals.enumerated() {
            text += literal
            if index < slots.count { text += values[slots[index]] }
        }
        return text
    }
}
