import Casework
import Foundation
import Testing
import Yams

@Suite("Whose matter a violation is")
struct RoutingTests {
    private static func shipped() throws -> RoutingTable {
        try YAMLDecoder().decode(RoutingTable.self, from: CatalogueTests.config("routing.yaml"))
    }

    @Test("the shipped table has a route for each violation and names nobody who is not there")
    func sound() throws {
        let table = try Self.shipped()
        #expect(table.problems == [])
        #expect(try table.problems(with: CatalogueTests.violations()) == [])
    }

    @Test(
        "where only the police may punish, urban management neither reminds nor orders",
        arguments: ["stopped-vehicle", "parked-bikes"], [CaseAction.Kind.remind, .order])
    func police(violation: String, kind: CaseAction.Kind) throws {
        var table = try Self.shipped()
        #expect(table.refusal(of: kind, violation: violation)?.primary.body == "police")
        #expect(table.offered([.transfer, kind, .confirm], violation: violation) == [.transfer, .confirm])
        #expect(table.refusal(of: .confirm, violation: violation) == nil)
        let index = try #require(table.routes.firstIndex { $0.violation == violation })
        table.routes[index].streetMay = [kind]
        #expect(table.refusal(of: kind, violation: violation) == nil)
    }

    @Test("its own matters stay its own, shared bikes among them")
    func own() throws {
        let table = try Self.shipped()
        for violation in ["piled-goods", "storefront-encroachment", "shared-bike-heap", "exposed-rubbish"] {
            #expect(table.refusal(of: .remind, violation: violation) == nil, "\(violation)")
        }
        #expect(table.refusal(of: .remind, violation: "not-in-the-table") == nil)
    }

    @Test("faults are named: bodies that are not there, routes that are missing, copies to the primary body")
    func problems() throws {
        let catalogue = try CatalogueTests.violations()
        var table = try Self.shipped()
        table.routes.removeLast()
        table.routes[0].primary.body = "nobody"
        let reasons = table.problems(with: catalogue).map(\.reason)
        #expect(reasons.contains { $0.contains("“nobody” is no body") } && reasons.contains { $0.contains("has no route") })
        table.routes[1].copies = [.init(body: table.routes[1].primary.body, article: "", on: [.exempt])]
        #expect(table.problems.count == 3)
        table.routes[2].streetMay = [.confirm]
        #expect(table.problems.count == 4)
    }
}

@Suite("A referral, read out of the log")
struct ReferralTests {
    private static func step(_ step: String, _ minutes: Double, _ note: String = "", body: String = "police") -> CaseEvent {
        DutyBench.line("referral-\(step)", minutes, #"{"body":"\#(body)","note":"\#(note)"}"#)
    }

    private static func transferred() throws -> [CaseEvent] {
        [DutyBench.sealed, try DutyBench.act(CaseAction(.transfer, reason: "police", note: "人行道停车"), 1)]
    }

    @Test("it goes from waiting to answered; a step twice, or out of turn, changes nothing")
    func steps() throws {
        var events = try Self.transferred()
        #expect(Referral.all(in: events).map(\.status) == [.waiting])
        events.append(Self.step("answered", 2, "太早"))
        #expect(Referral.all(in: events).map(\.status) == [.waiting])
        events += [Self.step("sent", 3), Self.step("sent", 9), Self.step("acknowledged", 4), Self.step("sent", 5, body: "fire-rescue")]
        let referral = try #require(Referral.all(in: events).first)
        #expect(referral.status == .acknowledged && referral.sentAt == DutyBench.start + 180 && referral.isOpen)
        #expect(referral.nextSteps == [.answered, .returned])
        events.append(Self.step("answered", 6, "已处罚"))
        let done = try #require(Referral.all(in: events).first)
        #expect(done.status == .answered && done.text == "已处罚" && !done.isOpen && done.nextSteps == [])
    }

    @Test("returned it waits for an officer, who reopens the case and so takes it back")
    func returned() throws {
        var events = try Self.transferred() + [Self.step("sent", 3), Self.step("returned", 4, "证据不足")]
        #expect(Referral.all(in: events).first?.isOpen == true)
        events.append(try DutyBench.act(CaseAction(.reopen, note: "n"), 5))
        #expect(Referral.all(in: events).map(\.status) == [.withdrawn])
        events.append(try DutyBench.act(CaseAction(.transfer, reason: "police"), 6))
        #expect(Referral.all(in: events).map(\.status) == [.withdrawn, .waiting])
    }

    @Test("a copy is done with once it was sent, and is made once for each body")
    func copy() throws {
        let line = DutyBench.line("copied", 2, #"{"article":"art. 27.2","body":"community"}"#, by: "machine")
        let events = try Self.transferred() + [line, line, Self.step("sent", 3, body: "community")]
        let copy = try #require(Referral.all(in: events).last)
        #expect(Referral.all(in: events).count == 2)
        #expect(copy.kind == .copy && copy.status == .sent && !copy.isOpen && copy.nextSteps == [.acknowledged])
    }

    @Test("a line whose detail is something else is passed over")
    func foreign() throws {
        let events = try Self.transferred() + [DutyBench.line("referral-sent", 3, "{}"), DutyBench.line("copied", 3, "[]")]
        #expect(Referral.all(in: events).map(\.status) == [.waiting])
    }
}
