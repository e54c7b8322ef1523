import FrameCore
import SceneAnalysis
import Testing
import Violations

@Suite("One continuing violation is one incident")
struct ViolationTrackerTests {
    private static let size = PixelSize(width: 640, height: 360)

    private func rules() throws -> RuleBook {
        try Street.rules([
            .storefrontEncroachment: "", .piledGoods: "",
            .stoppedVehicle: "minimum_area: 0.01\nlooks: [{feature: aspect, from: 0.8}]\nprecedence: 9",
        ])
    }

    private func zone(_ kind: ZoneKind, hours: ZoneHours? = nil, from: Double = 0, to: Double = 1, id: String = "z") throws -> Zone {
        Zone(
            id: id, kind: kind,
            polygon: try Polygon([
                UnitPoint(x: from, y: 0), UnitPoint(x: to, y: 0), UnitPoint(x: to, y: 1), UnitPoint(x: from, y: 1),
            ]), hours: hours)
    }

    private func region(
        id: Int = 1, x: Int = 100, still: Double, visible: Double = 1, area: Double = 0.004, aspect: Double = 1, stir: Double = 0
    ) -> StillRegion {
        StillRegion(
            id: id, box: PixelRect(x: x, y: 100, width: 40, height: 40), since: FrameTime(seconds: 10), stillFor: .seconds(still),
            visible: visible,
            features: RegionFeatures(area: area, fill: 0.8, aspect: aspect, structureChange: 1, leftEvidence: 2, stir: stir))
    }

    private func observation(_ seconds: Double, _ regions: [StillRegion], cleared: [StillRegion] = [], view: ViewCondition = .clear)
        -> SceneObservation
    {
        SceneObservation(time: FrameTime(seconds: seconds), view: view, frameSize: Self.size, regions: regions, cleared: cleared)
    }

    private func names(_ events: [IncidentEvent]) -> [String] {
        events.map { event in
            switch event {
            case .opened: "opened"
            case .confirmed: "confirmed"
            case .cleared: "cleared"
            case .dropped: "dropped"
            }
        }
    }

    @Test("opens, is confirmed after its dwell once, and clears")
    func life() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.frontage)]), rules: try rules())
        #expect(names(tracker.judge(observation(40, [region(still: 30)]), minuteOfWeek: nil)) == ["opened"])
        #expect(names(tracker.judge(observation(69, [region(still: 59)]), minuteOfWeek: nil)) == [])
        let confirmed = tracker.judge(observation(71, [region(still: 61)]), minuteOfWeek: nil)
        #expect(names(confirmed) == ["confirmed"])
        #expect(confirmed.first?.incident.kind == .storefrontEncroachment)
        #expect(confirmed.first?.incident.confirmedAt == FrameTime(seconds: 71))
        #expect(tracker.judge(observation(400, [region(still: 390)]), minuteOfWeek: nil) == [])
        #expect(names(tracker.judge(observation(500, [], cleared: [region(still: 480)]), minuteOfWeek: nil)) == ["cleared"])
        #expect(tracker.openIncidents.isEmpty)
    }

    @Test("what leaves before its dwell is dropped, not reported")
    func delivery() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.frontage)]), rules: try rules())
        _ = tracker.judge(observation(40, [region(still: 30)]), minuteOfWeek: nil)
        #expect(names(tracker.judge(observation(60, [], cleared: [region(still: 50)]), minuteOfWeek: nil)) == ["dropped"])
    }

    @Test("a covered object is confirmed when it is seen again, not before")
    func covered() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.frontage)]), rules: try rules())
        _ = tracker.judge(observation(40, [region(still: 30)]), minuteOfWeek: nil)
        #expect(tracker.judge(observation(75, [region(still: 65, visible: 0.2)]), minuteOfWeek: nil) == [])
        #expect(names(tracker.judge(observation(77, [region(still: 67, visible: 0.9)]), minuteOfWeek: nil)) == ["confirmed"])
    }

    @Test("a blind view neither confirms nor ends anything")
    func blind() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.frontage)]), rules: try rules())
        _ = tracker.judge(observation(40, [region(still: 30)]), minuteOfWeek: nil)
        #expect(tracker.judge(observation(90, [], view: .fault(.blocked)), minuteOfWeek: nil) == [])
        #expect(tracker.openIncidents.count == 1)
    }

    @Test("the dwell of the zone goes before that of the set and of the profile")
    func dwell() throws {
        var own = try zone(.frontage)
        own.dwellSeconds = 5
        var tracker = ViolationTracker(zones: ZoneSet(zones: [own], dwellSeconds: 20), rules: try rules())
        #expect(names(tracker.judge(observation(40, [region(still: 4)]), minuteOfWeek: nil)) == ["opened"])
        #expect(names(tracker.judge(observation(42, [region(still: 6)]), minuteOfWeek: nil)) == ["confirmed"])
    }

    @Test("outside its hours a zone finds nothing; without a known hour it is in force")
    func hours() throws {
        let zones = ZoneSet(zones: [try zone(.frontage, hours: try ZoneHours(["mon-fri 08:00-18:00"]))])
        var tracker = ViolationTracker(zones: zones, rules: try rules())
        #expect(tracker.judge(observation(40, [region(still: 61)]), minuteOfWeek: 7 * 60) == [])
        #expect(names(tracker.judge(observation(41, [region(still: 61)]), minuteOfWeek: 9 * 60)) == ["opened"])
        var always = ViolationTracker(zones: zones, rules: try rules())
        #expect(names(always.judge(observation(40, [region(still: 61)]), minuteOfWeek: nil)) == ["opened"])
    }

    @Test("what stands in an ignored part or in no zone is not judged")
    func ignored() throws {
        let zones = ZoneSet(zones: [try zone(.frontage), try zone(.ignore, from: 0, to: 0.3, id: "tree")])
        var tracker = ViolationTracker(zones: zones, rules: try rules())
        #expect(tracker.judge(observation(40, [region(still: 61)]), minuteOfWeek: nil) == [])
        var elsewhere = ViolationTracker(zones: ZoneSet(zones: [try zone(.frontage, from: 0.5)]), rules: try rules())
        #expect(elsewhere.judge(observation(40, [region(still: 61)]), minuteOfWeek: nil) == [])
    }

    @Test("among violations that fit, the one with the highest precedence is named")
    func precedence() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.carriageway)]), rules: try rules())
        let car = tracker.judge(observation(40, [region(still: 30, area: 0.02)]), minuteOfWeek: nil)
        #expect(car.first?.incident.kind == .stoppedVehicle)
        let box = tracker.judge(observation(41, [region(id: 2, x: 400, still: 30)]), minuteOfWeek: nil)
        #expect(box.contains { $0.incident.kind == .piledGoods && $0.incident.id == 2 })
    }

    @Test("one look at which a person keeps still confirms nothing, two do")
    func stillForAMoment() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.pavement)]), rules: try rules())
        func look(_ still: Double, stir: Double) -> [String] {
            names(tracker.judge(observation(still, [region(still: still, aspect: 0.4, stir: stir)]), minuteOfWeek: nil))
        }
        #expect(look(100, stir: 0.2) == ["opened"])
        #expect(look(110, stir: 0) == [])
        #expect(look(120, stir: 0.2) == [])
        #expect(look(130, stir: 0) == [])
        #expect(look(132, stir: 0) == ["confirmed"])
    }

    @Test("what looks like a person must stay four times as long")
    func person() throws {
        var tracker = ViolationTracker(zones: ZoneSet(zones: [try zone(.frontage)]), rules: try rules())
        _ = tracker.judge(observation(40, [region(still: 30, aspect: 0.4, stir: 0.2)]), minuteOfWeek: nil)
        #expect(tracker.judge(observation(110, [region(still: 100, aspect: 0.4, stir: 0.2)]), minuteOfWeek: nil) == [])
        #expect(
            names(tracker.judge(observation(260, [region(still: 241, aspect: 0.4, stir: 0.2)]), minuteOfWeek: nil)) == ["confirmed"])
    }
}

@Suite("Hours of zones")
struct ZoneHoursTests {
    @Test(
        "spans are read with days, lists and midnight",
        arguments: [
            ("mon-fri 07:00-22:00", 7 * 60, true), ("mon-fri 07:00-22:00", 6 * 60 + 59, false),
            ("sat,sun 09:00-10:00", 5 * 1440 + 570, true),
            ("sun 23:00-01:00", 30, true), ("sun 23:00-01:00", 90, false), ("fri-mon 00:00-24:00", 6 * 1440, true),
            ("fri-mon 00:00-24:00", 2 * 1440, false),
        ])
    func spans(text: String, minute: Int, isInside: Bool) throws {
        #expect(try ZoneHours([text]).contains(minuteOfWeek: minute) == isInside)
    }

    @Test(
        "nonsense is refused with its text",
        arguments: ["", "mon", "mon 7-8", "mon 07:00-07:00", "xyz 07:00-08:00", "mon 25:00-26:00", "mon 07:0-08:00"])
    func nonsense(text: String) {
        #expect(throws: ZoneHours.Flaw.badSpan(text)) { try ZoneHours([text]) }
    }
}
