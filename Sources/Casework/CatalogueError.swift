/// What is wrong with a catalogue: every problem at once, each with its place.
public struct CatalogueError: Error, Equatable, Sendable, CustomStringConvertible {
    /// `violations` or `reasons`.
    public var catalogue: String
    /// Such as `violations[3] (parked-bikes): urgency is 0; it counts from 1, the most urgent`.
    public var problems: [String]

    public init(catalogue: String, problems: [String]) {
        self.catalogue = catalogue
        self.problems = problems
    }

    public var description: String { "the \(catalogue) catalogue: " + problems.joined(separator: "; ") }

    static func check(_ catalogue: String, _ find: (_ report: (String) -> Void) -> Void) throws(CatalogueError) {
        var problems: [String] = []
        find { problems.append($0) }
        guard problems.isEmpty else { throw CatalogueError(catalogue: catalogue, problems: problems) }
    }
}

extension Sequence where Element: Hashable & Comparable {
    /// The values that stand more than once, in order.
    var repeated: [Element] {
        Dictionary(grouping: self) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }
}
