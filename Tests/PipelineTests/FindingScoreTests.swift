import Foundation
import FrameCore
import Pipeline
import Testing
import Violations

@Suite("Findings are scored as the field's scorer does")
struct FindingScoreTests {
    private func event(_ box: [Double], _ still: Double, _ leaves: Double? = nil, _ violation: String = "piled-goods") -> GroundTruth.Event
    {
        GroundTruth.Event(violation: violation, box: box, stillSeconds: still, leavesSeconds: leaves)
    }

    private func finding(_ box: [Int], _ confirmed: Double, _ cleared: Double? = nil, _ violation: String = "piled-goods") throws -> Finding
    {
        let text = """
            {"clip":"a","violation":"\(violation)","zone":"z","box":\(box),"first_still_s":0,"confirmed_s":\(confirmed),
             "cleared_s":\(cleared.map { "\($0)" } ?? "null")}
            """
        return try JSONDecoder().decode(Finding.self, from: Data(text.utf8))
    }

    private func score(_ events: [GroundTruth.Event], _ findings: [Finding], anyType: Bool = false) -> FindingScore {
        let clip = GroundTruth.Clip(
            file: "a.mp4", name: nil, place: nil, seconds: 3600, dwellSeconds: 10, zones: ZoneSet(zones: []), events: events)
        return FindingScore.of(clip, findings, anyType: anyType)
    }

    private let box = [100.0, 100, 40, 40]
    private let near = [100, 100, 40, 40]
    private let far = [400, 300, 40, 40]

    @Test("a perfect finding")
    func perfect() throws {
        let score = score([event(box, 20, 100)], [try finding(near, 32, 104)])
        #expect(score.recall == 1 && score.precision == 1 && score.latencyMedian == 2 && score.heldMean == 1)
    }

    @Test("whatever matches nothing is false, a second one at the same object is a fragment")
    func falseAndFragment() throws {
        let events = [event(box, 20, 120)]
        let findings = [try finding(far, 30), try finding(near, 30, 60), try finding(near, 80, 110)]
        let score = score(events, findings)
        #expect(score.wrong == 1 && score.fragments == 1 && score.matched == 1)
        #expect(score.heldMean == 60.0 / 90)
    }

    @Test("another name is false and missed, unless names do not matter")
    func names() throws {
        let findings = [try finding(near, 30, nil, "exposed-rubbish")]
        #expect(score([event(box, 20)], findings).missed == 1)
        #expect(score([event(box, 20)], findings, anyType: true).matched == 1)
    }

    @Test("one finding over two events is one true and one missed; pairing gives way")
    func pairing() throws {
        let two = [event([0, 0, 40, 40], 0), event([30, 0, 40, 40], 0)]
        #expect(score(two, [try finding([0, 0, 70, 40], 12)]).missed == 1)
        #expect(score(two, [try finding([0, 0, 70, 40], 12), try finding([0, 0, 40, 40], 13)]).matched == 2)
    }

    @Test("apart in time or merely touching is no match")
    func apart() throws {
        #expect(score([event(box, 20, 50)], [try finding(near, 51)]).wrong == 1)
        #expect(score([event(box, 20)], [try finding([140, 100, 40, 40], 30)]).wrong == 1)
    }

    @Test("a confirmation more than a second before the dwell is over is early")
    func early() throws {
        #expect(score([event(box, 20)], [try finding(near, 28.9)]).early == 1)
        #expect(score([event(box, 20)], [try finding(near, 29.1)]).early == 0)
    }

    @Test("right names are counted among all that stand in the right place, unless the label names no violation")
    func rightNames() throws {
        let events = [event(box, 20), event([400, 300, 40, 40], 20)]
        let score = score(events, [try finding(near, 31, nil, "exposed-rubbish"), try finding(far, 31)])
        #expect(score.typeRight == 0.5 && score.recall == 0.5)
        #expect(self.score([event(box, 20, nil, "object-left")], [try finding(near, 31)], anyType: true).typeRight == nil)
    }
}
