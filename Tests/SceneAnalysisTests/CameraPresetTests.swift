import FrameCore
import SceneAnalysis
import Testing

@Suite("A camera that turns knows each direction")
struct CameraPresetTests {
    private let box = PixelRect(x: 180, y: 110, width: 44, height: 40)
    private let elsewhere = PixelRect(x: 60, y: 140, width: 48, height: 40)

    @Test("what stands in the direction that was left goes on unseen, and is the same when the camera comes back")
    func comesBack() throws {
        var street = SmallStreet()
        street.direction = { $0 >= 40 && $0 < 150 ? 1 : 0 }
        street.things = [.standing(box, from: 20)]
        let seen = street.seen(until: 190)
        let id = try #require(seen.between(0, 40).last?.regions.first).id
        // Turned away: a fault for a minute, the region neither ended nor out of mind.
        #expect(seen.between(43, 100).allSatisfy { $0.view == .fault(.shifted) })
        #expect(seen.between(43, 100).allSatisfy { $0.regions.map(\.id) == [id] && $0.outOfView.isEmpty })
        // The other direction is learned within ten seconds more.
        let away = seen.between(118, 150)
        #expect(away.allSatisfy { $0.view == .clear && $0.regions.isEmpty && $0.outOfView == [id] })
        let back = seen.between(155, 190)
        #expect(back.allSatisfy { $0.view == .clear && $0.regions.map(\.id) == [id] && $0.outOfView.isEmpty })
        #expect(seen.ids == [id])
        #expect(seen.flatMap(\.cleared).isEmpty)
        let last = try #require(seen.last?.regions.first)
        #expect(abs(last.since.seconds - 20) < 1.5)
        // Only the time in which somebody looked counts: 20 s before and 40 s after, less what the turn takes.
        #expect(last.stillFor.inSeconds > 45 && last.stillFor.inSeconds < 61)
    }

    @Test("what was taken away meanwhile clears after the camera is back, not before")
    func goneMeanwhile() throws {
        var street = SmallStreet()
        street.direction = { $0 >= 40 && $0 < 150 ? 1 : 0 }
        street.things = [.standing(box, from: 20, to: 90)]
        let seen = street.seen(until: 190)
        let cleared = seen.filter { !$0.cleared.isEmpty }
        #expect(cleared.count == 1)
        #expect(try #require(cleared.first).time.seconds > 150)
        #expect(seen.last?.regions.isEmpty == true)
        #expect(seen.ids.count == 1)
    }

    @Test("three directions keep their regions apart")
    func threeDirections() throws {
        var street = SmallStreet()
        street.direction = { clock in
            switch clock {
            case ..<40: 0
            case ..<140: 1
            case ..<240: 2
            case ..<270: 1
            case ..<300: 0
            default: 2
            }
        }
        street.things = [.standing(box, from: 20), .standing(elsewhere, from: 120)]
        street.directions = [1: 1]
        let seen = street.seen(until: 330)
        let first = try #require(seen.between(0, 40).last?.regions.first).id
        let second = try #require(seen.between(40, 140).last?.regions.first).id
        #expect(first != second)
        #expect(seen.between(139, 140).allSatisfy { $0.regions.map(\.id) == [second] && $0.outOfView == [first] })
        let third = seen.between(220, 240)
        #expect(third.allSatisfy { $0.view == .clear && $0.regions.isEmpty && Set($0.outOfView) == [first, second] })
        #expect(seen.between(246, 270).allSatisfy { $0.regions.map(\.id) == [second] && $0.outOfView == [first] })
        #expect(seen.between(276, 300).allSatisfy { $0.regions.map(\.id) == [first] && $0.outOfView == [second] })
        #expect(seen.between(306, 330).allSatisfy { $0.regions.isEmpty && Set($0.outOfView) == [first, second] })
        #expect(seen.ids == [first, second])
        #expect(seen.flatMap(\.cleared).isEmpty)
        #expect(try #require(seen.between(290, 300).last?.regions.first).box.overlap(box) > 0.6)
    }

    @Test("a camera that comes back within the minute has learned nothing else")
    func glance() throws {
        var street = SmallStreet()
        street.direction = { $0 >= 40 && $0 < 70 ? 1 : 0 }
        street.things = [.standing(box, from: 20)]
        let seen = street.seen(until: 100)
        #expect(seen.between(43, 70).allSatisfy { $0.view == .fault(.shifted) })
        #expect(seen.between(74, 100).allSatisfy { $0.view == .clear && $0.regions.count == 1 })
        #expect(seen.ids.count == 1)
        #expect(seen.allSatisfy { $0.outOfView.isEmpty && $0.cleared.isEmpty })
    }
}
