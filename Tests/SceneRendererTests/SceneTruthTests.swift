import Foundation
import FrameCore
import SceneRenderer
import Testing

@Suite("Scene ground truth")
struct SceneTruthTests {
    private static let violations = [
        "storefront-encroachment", "roadside-vending", "piled-goods", "exposed-rubbish", "parked-bikes", "stopped-vehicle",
    ]
    private static let truths: [SceneTruth] = SceneScript.samples.map(\.groundTruth)

    @Test("there are eight clips, two of them quiet, and each kind of violation is shown")
    func catalogue() {
        #expect(Self.truths.count == 8)
        #expect(Set(Self.truths.map(\.file)).count == 8)
        #expect(Self.truths.filter(\.quiet).count == 2)
        #expect(Set(Self.truths.flatMap(\.events).map(\.violation)) == Set(Self.violations))
        for truth in Self.truths { #expect(truth.quiet == truth.events.isEmpty) }
    }

    @Test("every event has time to be learnt, to be confirmed, and to be seen to clear before the clip loops")
    func timing() {
        for truth in Self.truths {
            for event in truth.events {
                #expect(event.appearsSeconds >= 14, "\(truth.file)")
                #expect(event.stillSeconds >= event.appearsSeconds, "\(truth.file)")
                let end = event.leavesSeconds ?? truth.seconds
                #expect(end - event.stillSeconds >= 25, "\(truth.file): \(event.violation) lies only \(end - event.stillSeconds) s")
                if let leaves = event.leavesSeconds { #expect(truth.seconds - leaves >= 12, "\(truth.file): leaves too late") }
            }
        }
    }

    @Test("every zone is a simple polygon inside the picture, of a known kind, with room in it")
    func zones() {
        for truth in Self.truths {
            #expect(truth.zones.count >= 3, "\(truth.file) lost a zone")
            #expect(Set(truth.zones.map(\.id)).count == truth.zones.count)
            for zone in truth.zones {
                #expect(["frontage", "pavement", "carriageway", "no-parking", "bin"].contains(zone.kind))
                #expect(zone.polygon.area > 0.003, "\(truth.file): \(zone.id) is tiny")
            }
        }
    }

    @Test("every event's box lies in the picture and stands on its zone")
    func boxes() throws {
        for truth in Self.truths {
            for event in truth.events {
                try #require(event.box.count == 4)
                #expect(event.box[0] >= 0 && event.box[1] >= 0 && event.box[2] > 0 && event.box[3] > 0)
                #expect(event.box[0] + event.box[2] <= truth.width && event.box[1] + event.box[3] <= truth.height)
                let zone = try #require(truth.zones.first { $0.id == event.zone })
                let foot = UnitPoint(
                    x: (Double(event.box[0]) + Double(event.box[2]) / 2) / Double(truth.width),
                    y: (Double(event.box[1]) + Double(event.box[3]) * 0.85) / Double(truth.height))
                #expect(zone.polygon.contains(foot), "\(truth.file): \(event.violation) does not stand on \(event.zone)")
            }
        }
    }

    @Test("frontages and pavements do not overlap")
    func noOverlap() {
        for truth in Self.truths {
            let fronts = truth.zones.filter { $0.kind == "frontage" }
            let others = truth.zones.filter { $0.kind != "frontage" }
            for row in 0..<54 {
                for column in 0..<96 {
                    let point = UnitPoint(x: (Double(column) + 0.5) / 96, y: (Double(row) + 0.5) / 54)
                    let isFront = fronts.contains { $0.polygon.contains(point) }
                    let isOther = others.contains { $0.polygon.contains(point) }
                    #expect(!(isFront && isOther), "\(truth.file): zones overlap at \(point)")
                }
            }
        }
    }

    @Test("the annotation file reads back as it was written, and says null for what stays")
    func roundTrip() throws {
        let set = SceneTruthSet(clips: Self.truths)
        let text = try SampleSet.encode(set)
        #expect(try JSONDecoder().decode(SceneTruthSet.self, from: text) == set)
        let clips = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])["clips"] as? [[String: Any]]
        let stall = try #require(clips?.first { $0["file"] as? String == "s2_stall.mp4" })
        let event = try #require((stall["events"] as? [[String: Any]])?.first)
        #expect(event["leaves_s"] is NSNull)
        #expect(stall["dwell_s"] as? Int == 10)
        #expect((stall["view_faults"] as? [Any])?.isEmpty == true)
    }
}
