public import Foundation

/// Who is on duty where and when: the roster ledger over the grid tree. A value without a clock.
public struct DutyRoster: Sendable {
    public struct Person: Sendable, Hashable {
        /// Id of the ledger's entry.
        public var entry: String
        public var name: String
        public var unit: String
        public var telephone: String
    }

    /// Who answers, and for which grid.
    public struct Duty: Sendable, Hashable {
        public var grid: GridTree.Node
        public var people: [Person]
    }

    public let tree: GridTree
    private let timeZone: TimeZone
    private let byGrid: [String: [(id: String, document: RosterDocument)]]

    /// - Parameter documents: entries of the roster ledger in use, by id; those for unknown grids count for none.
    public init(_ documents: [String: RosterDocument], tree: GridTree, timeZone: TimeZone) {
        self.tree = tree
        self.timeZone = timeZone
        byGrid = Dictionary(grouping: documents.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }) { $0.1.grid }
    }

    /// The people on duty for this very grid; shifts go by the wall clock, whatever a change of clocks makes of their length.
    public func people(on grid: String, at: Date) -> [Person] {
        let day = CivilDay(at, in: timeZone)
        let seconds = at.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: at))
        let minute = Int((seconds / 60).rounded(.down)) - day.number * 1_440
        return (byGrid[grid] ?? []).filter { $0.document.isOnDuty(day, minute: minute) }.map {
            Person(entry: $0.id, name: $0.document.name, unit: $0.document.unit, telephone: $0.document.telephone)
        }
    }

    /// The people on duty for the grid, or for the nearest above it that has any; nil if nobody is up to the street.
    public func onDuty(grid code: String, at: Date) -> Duty? {
        for node in tree.path(from: code) {
            let people = people(on: node.code, at: at)
            if !people.isEmpty { return Duty(grid: node, people: people) }
        }
        return nil
    }
}
