import Casework
import Foundation
import Testing
import Yams

@Suite("The violation and reason catalogues")
struct CatalogueTests {
    static func config(_ name: String) throws -> String {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(contentsOf: root.appendingPathComponent("Config/\(name)"), encoding: .utf8)
    }

    static func violations() throws -> ViolationCatalogue {
        try YAMLDecoder().decode(ViolationCatalogue.self, from: config("violations.yaml"))
    }

    static func reasons() throws -> DecisionReasons {
        try YAMLDecoder().decode(DecisionReasons.self, from: config("reasons.yaml"))
    }

    @Test("the shipped catalogues are valid and fit together")
    func shipped() throws {
        let violations = try Self.violations()
        try violations.validate()
        try Self.reasons().validate(with: violations)
    }

    @Test(
        "each violation that the product speaks of has its national code",
        arguments: [
            ("storefront-encroachment", ["09005"]), ("roadside-vending", ["09006", "09001"]), ("piled-goods", ["06036"]),
            ("exposed-rubbish", ["06010"]), ("parked-bikes", ["09010"]), ("stopped-vehicle", ["09009"]),
            ("bin-overflow", ["06042"]), ("shared-bike-heap", ["09011"]), ("blocked-fire-lane", ["09012"]),
            ("blocked-tactile-path", ["09019"]),
            ("hung-goods", ["06007"]),
        ])
    func codes(_ id: String, _ codes: [String]) throws {
        #expect(try Self.violations().entry(id)?.codes.a == codes)
    }

    @Test("vehicles on the pavement are the police's matter and blocked fire lanes come first")
    func routesAndUrgency() throws {
        let catalogue = try Self.violations()
        #expect(catalogue.entry("stopped-vehicle")?.route.first == "police")
        #expect(catalogue.violations.min { $0.urgency < $1.urgency }?.id == "blocked-fire-lane")
        #expect(catalogue.violations.filter { $0.urgency == 1 }.count == 1)
    }

    @Test("reasons are found under their own verdict only")
    func lookUp() throws {
        let reasons = try Self.reasons()
        #expect(reasons.reason("delivery", for: .falseAlarm)?.key == 2)
        #expect(reasons.reason("delivery", for: .exempt) == nil)
        #expect(reasons.reasons(for: .confirm).isEmpty)
    }

    @Test("a misspelt key is refused at its place")
    func unknownKey() throws {
        let text = try Self.config("violations.yaml").replacingOccurrences(
            of: "    urgency: 1\n", with: "    urgency: 1\n    urgancy: 1\n")
        let error = try #require(throws: DecodingError.self) {
            try YAMLDecoder().decode(ViolationCatalogue.self, from: text)
        }
        guard case .dataCorrupted(let context) = error else {
            Issue.record("unexpected \(error)")
            return
        }
        #expect(context.codingPath.map(\.stringValue).last == "urgancy")
        #expect(context.codingPath.first?.stringValue == "violations")
        #expect(context.debugDescription.contains("urgancy"))
    }

    @Test("a misspelt key in a reason is refused")
    func unknownReasonKey() throws {
        let text = try Self.config("reasons.yaml").replacingOccurrences(of: "key: 1", with: "keys: 1")
        #expect(throws: DecodingError.self) { try YAMLDecoder().decode(DecisionReasons.self, from: text) }
    }

    static let text = BilingualText(zh: "名", en: "name")

    static func entry(_ edit: (inout ViolationCatalogue.Entry) -> Void) -> ViolationCatalogue {
        var entry = ViolationCatalogue.Entry(
            id: "piled-goods", name: text, codes: .init(a: ["06036"], b: ["01-36"], c: []), urgency: 1,
            route: ["police"], definition: text, hint: text, source: "a law")
        edit(&entry)
        return ViolationCatalogue(bodies: [.init(id: "police", name: text)], violations: [entry])
    }

    static let faults: [(ViolationCatalogue, String)] = [
        (
            entry { $0.id = "Piled Goods" },
            "violations[0] (Piled Goods): the id may hold a–z, 0–9 and -, a letter first"
        ),
        (entry { $0.name.zh = " " }, "violations[0] (piled-goods): the name is empty in one language"),
        (entry { $0.definition.en = "" }, "violations[0] (piled-goods): the definition is empty in one language"),
        (entry { $0.hint.en = "" }, "violations[0] (piled-goods): the hint is empty in one language"),
        (entry { $0.source = "" }, "violations[0] (piled-goods): the source is empty"),
        (entry { $0.urgency = 0 }, "violations[0] (piled-goods): urgency is 0; it counts from 1, the most urgent"),
        (entry { $0.codes.a = [] }, "violations[0] (piled-goods): codes.a is empty"),
        (entry { $0.codes.a = ["6036"] }, "violations[0] (piled-goods): codes.a: “6036” is not five digits"),
        (entry { $0.codes.b = ["0136"] }, "violations[0] (piled-goods): codes: “0136” does not look like 04-05"),
        (entry { $0.route = [] }, "violations[0] (piled-goods): the route is empty"),
        (
            entry { $0.route = ["polcie"] },
            "violations[0] (piled-goods): the route leads to “polcie”, which is none of the bodies"
        ),
        (
            entry { $0.route = ["police", "police"] },
            "violations[0] (piled-goods): the route names “police” more than once"
        ),
        (ViolationCatalogue(bodies: [], violations: []), "violations: is empty"),
        (
            ViolationCatalogue(
                bodies: [.init(id: "police", name: text), .init(id: "police", name: text)],
                violations: entry { _ in }.violations),
            "bodies: “police” stands more than once"
        ),
    ]

    @Test("each fault of a violation catalogue is named with its place", arguments: faults.indices)
    func fault(_ index: Int) {
        let (catalogue, problem) = Self.faults[index]
        #expect(throws: CatalogueError(catalogue: "violations", problems: [problem])) { try catalogue.validate() }
    }

    @Test("all faults are told at once")
    func allFaults() throws {
        let catalogue = Self.entry {
            $0.urgency = -1
            $0.source = ""
        }
        let error = try #require(throws: CatalogueError.self) { try catalogue.validate() }
        #expect(error.problems.count == 2)
    }

    @Test("reasons with the same code or key, no digit, an empty list or an unknown body are refused")
    func reasonFaults() throws {
        let reason = DecisionReasons.Reason(code: "police", name: Self.text, key: 1)
        let other = DecisionReasons.Reason(code: "other", name: Self.text, key: 10)
        let broken = DecisionReasons(falseAlarm: [reason, reason], exempt: [other], transfer: [])
        let error = try #require(throws: CatalogueError.self) { try broken.validate() }
        #expect(
            error.problems == [
                "false-alarm: “police” stands more than once", "false-alarm: key 1 picks more than one reason",
                "exempt[0] (other): key is 10, not a digit 0 to 9", "transfer: is empty",
            ])
        let nobody = DecisionReasons.Reason(code: "nobody", name: Self.text, key: 1)
        let misrouted = DecisionReasons(falseAlarm: [reason], exempt: [reason], transfer: [nobody])
        #expect(throws: CatalogueError.self) { try misrouted.validate(with: Self.entry { _ in }) }
    }
}
