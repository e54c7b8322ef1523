import Casework
import Foundation
import Testing
import Yams

@Suite("The street's grids")
struct GridTreeTests {
    static func shipped() throws -> GridTree {
        try YAMLDecoder().decode(GridTree.self, from: CatalogueTests.config("grid.yaml"))
    }

    /// One of each level below the street, and a second micro-grid.
    static func small() -> GridTree {
        func node(_ code: String, _ level: GridTree.Level, _ parent: String?) -> GridTree.Node {
            GridTree.Node(code: code, level: level, name: BilingualText(zh: code, en: code), parent: parent)
        }
        return GridTree(
            counts: ["street": 1, "sub-centre": 1, "residential": 1, "micro": 2],
            nodes: [
                node("s", .street, nil), node("p", .subCentre, "s"), node("r", .residential, "p"), node("m1", .micro, "r"),
                node("m2", .micro, "r"),
            ])
    }

    @Test("what ships is one street, four sub-centres, 22 residential grids and 138 micro-grids, all of them in one tree")
    func shippedTree() throws {
        let tree = try Self.shipped()
        #expect(tree.problems == [])
        #expect(GridTree.Level.allCases.map { level in tree.nodes.count { $0.level == level } } == [1, 4, 22, 138])
        for node in tree.nodes {
            let path = tree.path(from: node.code)
            #expect(path.first == node && path.last == tree.street)
            #expect(path.count == (GridTree.Level.allCases.firstIndex(of: node.level) ?? 0) + 1)
        }
        #expect(tree.children(of: "zs").count == 4)
    }

    @Test("codes that are unknown, twice there or in a circle, and parents of the wrong level are named")
    func problems() {
        func first(_ change: (inout GridTree) -> Void) -> String {
            var tree = Self.small()
            change(&tree)
            return tree.problems.map(\.reason).joined(separator: "; ")
        }
        #expect(first { _ in } == "")
        #expect(first { $0.nodes[3].parent = "zz" }.contains("“m1”: parent “zz” is none of the grids"))
        #expect(first { $0.nodes[4].code = "m1" }.contains("“m1”: the code stands more than once"))
        #expect(first { $0.nodes[1].parent = "r" }.contains("“p”: parent “r” leads back to it in a circle"))
        #expect(first { $0.nodes[3].parent = "m1" }.contains("“m1”: is its own parent"))
        #expect(first { $0.nodes[3].parent = "p" }.contains("it must be of level residential"))
        #expect(first { $0.nodes[3].parent = nil }.contains("“m1”: parent is missing"))
        #expect(first { $0.nodes[0].parent = "p" }.contains("leave parent out"))
        #expect(first { $0.nodes[3].code = "A b" }.contains("the code may hold"))
        #expect(first { $0.counts["micro"] = 3 }.contains("2 grids of level micro are listed, 3 are counted"))
        #expect(first { $0.counts["micro"] = nil }.contains("how many grids of level micro"))
        #expect(first { $0.counts["village"] = 3 }.contains("“village” is no level"))
    }

    @Test("channels of grids that are not there are told, those without a grid are not")
    func unknown() {
        func channel(_ id: String, _ grid: String) -> ChannelRecord {
            var channel = ChannelRecord(id: id, name: id, url: "rtsp://10.0.0.1/1", createdAt: CasePeople.start)
            channel.grid = grid
            return channel
        }
        let found = Self.small().unknownGrids(of: [channel("b", "zz"), channel("a", "m1"), channel("c", "")])
        #expect(found.map(\.channelID) == ["b"] && found.map(\.grid) == ["zz"])
    }
}
