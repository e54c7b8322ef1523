import Casework
import Foundation
import Testing
import Yams

@Suite("The grid tree")
struct GridTreeTests {
    private static func shipped() throws -> GridTree {
        try YAMLDecoder().decode(GridTree.self, from: CatalogueTests.config("grid.yaml"))
    }

    @Test("the shipped tree is one street, three sub-centres and a fourth, 22 grids and 138 micro-grids, each under its own")
    func shippedTree() throws {
        let tree = try Self.shipped()
        #expect(tree.problems.isEmpty)
        let counts = Dictionary(grouping: tree.nodes, by: \.level).mapValues(\.count)
        #expect(counts.values.sorted() == [1, 4, 22, 138])
        for node in tree.nodes { #expect(tree.path(from: node.code).last?.parent == nil) }
    }

    @Test("a parent that is not there and a code that stands twice are named")
    func broken() throws {
        var tree = try Self.shipped()
        let last = try #require(tree.nodes.last)
        tree.nodes.append(last)
        #expect(!tree.problems.isEmpty)
        var orphan = try Self.shipped()
        orphan.nodes[orphan.nodes.count - 1].parent = "nowhere"
        #expect(!orphan.problems.isEmpty)
    }
}
