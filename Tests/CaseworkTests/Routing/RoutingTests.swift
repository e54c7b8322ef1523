import Casework
import Foundation
import Testing
import Yams

@Suite("Whose matter a violation is")
struct RoutingTests {
    static func shipped() throws -> RoutingTable {
        try YAMLDecoder().decode(RoutingTable.self, from: CatalogueTests.config("routing.yaml"))
    }

    @Test("what ships has a route for every violation of the catalogue and names no unknown body")
    func valid() throws {
        let (table, catalogue) = (try Self.shipped(), try CatalogueTests.violations())
        #expect(table.problems == [])
        #expect(table.problems(with: catalogue) == [])
        #expect(catalogue.body(RoutingTable.ownBody) != nil)
    }

    @Test(
        "the police's matters are the police's: no reminder and no order goes out for them", arguments: ["stopped-vehicle", "parked-bikes"])
    func police(violation: String) throws {
        let table = try Self.shipped()
        #expect(table.route(violation)?.primary.body == "police")
        #expect(table.offered([.confirm, .remind, .order, .transfer], violation: violation) == [.confirm, .transfer])
        let wrong = try #require(table.refusal(of: .order, violation: violation))
        let text = wrong.text(name: BilingualText(zh: "公安交警", en: "Police"))
        #expect(text.zh.contains("公安交警") && text.zh.contains(wrong.primary.article) && text.en.contains("transfer it"))
        #expect(table.refusal(of: .transfer, violation: violation) == nil)
        #expect(table.refusal(of: .order, violation: "piled-goods") == nil)
        #expect(table.refusal(of: .order, violation: "unheard-of") == nil)
        var may = table
        for index in may.routes.indices { may.routes[index].streetMay = [.remind] }
        #expect(may.offered([.remind, .order], violation: violation) == [.remind])
    }

    @Test(
        "what is wrong with a table is named",
        arguments: [
            ("punished_by: [fire-rescue, urban-management]", "punished_by: []", "punished_by is empty"),
            ("violation: hung-goods", "violation: piled-goods", "piled-goods: stands more than once"),
            ("body: greening", "body: urban-management", "goes to the primary body itself"),
            ("on: [confirm]", "on: [false-alarm]", "on must name confirm"), ("street_may: []", "street_may: [look]", "“look”"),
            ("article: 上海市非机动车安全管理条例 (2024) art. 31.2", "article: ' '", "article is empty"),
        ])
    func problems(old: String, new: String, words: String) throws {
        let text = try CatalogueTests.config("routing.yaml")
        #expect(text.contains(old))
        let table = try YAMLDecoder().decode(RoutingTable.self, from: text.replacingOccurrences(of: old, with: new))
        #expect(table.problems.contains { $0.reason.contains(words) }, "\(table.problems)")
    }

    @Test("ids that the catalogue does not have, and violations without a route, are named")
    func catalogue() throws {
        var table = try Self.shipped()
        table.routes[0].primary.body = "choir"
        table.routes[1].violation = "dancing"
        let found = try table.problems(with: CatalogueTests.violations()).map(\.reason)
        #expect(found.count == 3, "\(found)")
        for word in ["choir", "“dancing”", "“blocked-tactile-path” has no route"] { #expect(found.contains { $0.contains(word) }) }
    }
}
