import Casework
import Testing

@Suite("What keeps grids from being a tree")
struct GridProblemTests {
    private static func node(_ code: String, _ level: GridTree.Level, _ parent: String?) -> GridTree.Node {
        GridTree.Node(code: code, level: level, name: BilingualText(zh: code, en: code), parent: parent)
    }

    private static let sound = [
        node("s", .street, nil), node("s-a", .subCentre, "s"), node("s-a-1", .residential, "s-a"), node("s-a-1-1", .micro, "s-a-1"),
    ]
    private static let counts = ["street": 1, "sub-centre": 1, "residential": 1, "micro": 1]

    private static func reasons(_ change: (inout [GridTree.Node]) -> Void) -> [String] {
        var nodes = sound
        change(&nodes)
        return GridTree(counts: counts, nodes: nodes).problems.map(\.reason)
    }

    @Test("a sound tree has none, and the path from a micro-grid leads to the street")
    func soundTree() {
        #expect(Self.reasons { _ in } == [])
        #expect(GridTree(counts: Self.counts, nodes: Self.sound).path(from: "s-a-1-1").map(\.code) == ["s-a-1-1", "s-a-1", "s-a", "s"])
    }

    @Test("each fault is named with its grid")
    func faults() {
        #expect(Self.reasons { $0[3].parent = "nowhere" }.contains { $0.contains("s-a-1-1") && $0.contains("none of the grids") })
        #expect(Self.reasons { $0[3].parent = "s-a" }.contains { $0.contains("must be of level residential") })
        #expect(Self.reasons { $0[3].parent = nil }.contains { $0.contains("parent is missing") })
        #expect(Self.reasons { $0[3].parent = "s-a-1-1" }.contains { $0.contains("its own parent") })
        #expect(Self.reasons { $0[0].parent = "s-a" }.contains { $0.contains("no grid above") })
        #expect(Self.reasons { $0[1].parent = "s-a-1" }.contains { $0.contains("in a circle") })
        #expect(Self.reasons { $0[2].code = "Grid 1" }.contains { $0.contains("the code may hold") })
        #expect(Self.reasons { $0.append($0[3]) }.contains { $0.contains("more than once") })
        #expect(Self.reasons { $0.removeLast() }.contains { $0.contains("0 grids of level micro are listed, 1 are counted") })
    }

    @Test("channels whose grid is not there are named; those without one are not")
    func unknown() {
        let tree = GridTree(counts: Self.counts, nodes: Self.sound)
        func channel(_ id: String, _ grid: String) -> ChannelRecord {
            ChannelRecord(id: id, name: id, url: "rtsp://x/1", grid: grid, createdAt: CasePeople.start)
        }
        let found = tree.unknownGrids(of: [channel("c2", "s-z"), channel("c1", "s-a-1-1"), channel("c0", "")])
        #expect(found.map(\.channelID) == ["c2"])
    }
}
