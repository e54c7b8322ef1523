/// The street's grids: street, sub-centres, residential grids, micro-grids. `Config/grid.yaml`.
public struct GridTree: CheckedConfig, Hashable {
    public enum Level: String, Codable, Sendable, CaseIterable, Comparable {
        case street
        case subCentre = "sub-centre"
        case residential
        case micro

        private var depth: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        /// The level above; nil for the street.
        public var above: Level? { depth == 0 ? nil : Self.allCases[depth - 1] }

        public static func < (left: Level, right: Level) -> Bool { left.depth < right.depth }
    }

    public struct Node: Codable, Sendable, Hashable, Identifiable {
        /// Unique; what a channel's `grid` names.
        public var code: String
        public var level: Level
        public var name: BilingualText
        /// Code of the grid above; nil for the street alone.
        public var parent: String?
        /// The name is only a number until the street's own list replaces it.
        public var placeholder: Bool?

        public var id: String { code }

        public init(code: String, level: Level, name: BilingualText, parent: String?, placeholder: Bool? = nil) {
            self.code = code
            self.level = level
            self.name = name
            self.parent = parent
            self.placeholder = placeholder
        }
    }

    /// How many grids each level has, so that one left out is noticed.
    public var counts: [String: Int]
    public var nodes: [Node]

    public init(counts: [String: Int], nodes: [Node]) {
        self.counts = counts
        self.nodes = nodes
    }

    /// No grid at all, for stations that have none yet.
    public static let empty = GridTree(counts: [:], nodes: [])

    public func node(_ code: String) -> Node? { nodes.first { $0.code == code } }

    public var street: Node? { nodes.first { $0.level == .street } }

    /// In the order of the file.
    public func children(of code: String) -> [Node] { nodes.filter { $0.parent == code } }

    /// The grid and those above it, up to the street; empty for an unknown code.
    public func path(from code: String) -> [Node] {
        var path: [Node] = []
        var next = node(code)
        // A tree without problems is four deep.
        while let node = next, path.count < Level.allCases.count {
            path.append(node)
            next = node.parent.flatMap { self.node($0) }
        }
        return path
    }

    public func ancestor(of code: String, at level: Level) -> Node? { path(from: code).first { $0.level == level } }

    /// Channels whose grid is none of these, by id.
    public func unknownGrids(of channels: [ChannelRecord]) -> [(channelID: String, grid: String)] {
        let known = Set(nodes.map(\.code))
        return channels.filter { !$0.grid.isEmpty && !known.contains($0.grid) }.map { ($0.id, $0.grid) }
            .sorted { $0.channelID < $1.channelID }
    }
}
