import FrameCore
import SceneAnalysis
import Testing
import Violations

@Suite("What is exempt is not reported, and says why")
struct ExemptionTests {
    private func pavement() throws -> Zone { Zone(id: "p", kind: .pavement, polygon: try Street.polygon(0, 0, 1, 1)) }

    @Test("what stands in a permitted area within its hours is held back, and its dwell begins when they end")
    func permit() throws {
        let permitted = Zone(
            id: "stalls", kind: .permitted, polygon: try Street.polygon(0, 0, 0.5, 1), hours: try ZoneHours(["mon-sun 17:00-21:00"]),
            permit: "2026-118")
        let zones = ZoneSet(zones: [try pavement(), permitted])
        var tracker = ViolationTracker(zones: zones, rules: try Street.rules([.piledGoods: ""]))
        let evening = 18 * 60
        let night = 22 * 60
        _ = tracker.judge(Street.observation(100, [Street.region(still: 100)]), minuteOfWeek: evening)
        #expect(tracker.judge(Street.observation(300, [Street.region(still: 300)]), minuteOfWeek: evening) == [])
        #expect(tracker.openIncidents.first?.exemption == .permit(zoneID: "stalls", number: "2026-118"))
        #expect(tracker.judge(Street.observation(350, [Street.region(still: 350)]), minuteOfWeek: night) == [])
        #expect(tracker.openIncidents.first?.exemption == nil)
        let late = tracker.judge(Street.observation(361, [Street.region(still: 361)]), minuteOfWeek: night)
        #expect(late.first?.incident.phase == .confirmed)
        let beside = Street.region(PixelRect(x: 500, y: 100, width: 40, height: 40), still: 100)
        #expect(Street.found([beside], zones: zones, try Street.rules([.piledGoods: ""]), minuteOfWeek: evening).first?.phase == .confirmed)
    }

    @Test("a person who waits and what goes early say so when they are dropped")
    func dropped() throws {
        let zones = ZoneSet(zones: [try pavement()])
        var tracker = ViolationTracker(zones: zones, rules: try Street.rules([.piledGoods: ""]))
        let person = Street.region(PixelRect(x: 100, y: 100, width: 20, height: 50), still: 100) { $0.stir = 0.2 }
        let carton = Street.region(id: 2, PixelRect(x: 300, y: 100, width: 40, height: 40), still: 30)
        _ = tracker.judge(Street.observation(100, [person, carton]), minuteOfWeek: nil)
        _ = tracker.judge(Street.observation(101, [person, carton]), minuteOfWeek: nil)
        let ended = tracker.judge(Street.observation(110, [], cleared: [person, carton]), minuteOfWeek: nil)
        #expect(ended.map(\.incident.exemption) == [.person, .shortStay])
        #expect(ended.allSatisfy { if case .dropped = $0 { true } else { false } })
    }

    @Test("three people side by side are a queue however long they stand; two are not")
    func queue() throws {
        let zones = ZoneSet(zones: [try pavement()])
        let rules = try Street.rules([.piledGoods: ""])
        let people = (0..<3).map { index in
            Street.region(id: index, PixelRect(x: 100 + 30 * index, y: 100 + 4 * index, width: 20, height: 50), still: 5000) {
                $0.stir = 0.2
            }
        }
        #expect(Street.found(people, zones: zones, rules).map(\.exemption) == [.queue, .queue, .queue])
        #expect(Street.found(Array(people.prefix(2)), zones: zones, rules).map(\.phase) == [.confirmed, .confirmed])
        let apart = Street.region(id: 9, PixelRect(x: 400, y: 100, width: 20, height: 50), still: 5000) { $0.stir = 0.2 }
        #expect(Street.found(people.prefix(2) + [apart], zones: zones, rules).allSatisfy { $0.phase == .confirmed })
    }

    @Test("goods that somebody stays with wait for twice the dwell; passers-by for seconds are no company")
    func attended() throws {
        let zones = ZoneSet(zones: [try pavement()])
        let rules = try Street.rules([.piledGoods: "may_be_attended: true"])
        func first(_ still: Double, _ company: Double) -> Incident? {
            Street.found([Street.region(still: still) { $0.company = company }], zones: zones, rules).first
        }
        #expect(first(100, 0.9)?.exemption == .attended)
        #expect(first(121, 0.9)?.phase == .confirmed)
        #expect(first(100, 0.5)?.phase == .confirmed)
        let brief = try Street.rules([.piledGoods: "may_be_attended: true\ndwell_s: 20"])
        #expect(Street.found([Street.region(still: 25) { $0.company = 1 }], zones: zones, brief).first?.phase == .confirmed)
    }
}
