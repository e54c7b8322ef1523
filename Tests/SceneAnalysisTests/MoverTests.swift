import FrameCore
import SceneAnalysis
import Testing

@Suite("How a thing came, who is beside it and whether it sways")
struct MoverTests {
    private let box = PixelRect(x: 190, y: 120, width: 36, height: 44)

    private func last(_ street: SmallStreet, until seconds: Double = 60) throws -> StillRegion {
        let seen = street.seen(until: seconds)
        #expect(seen.ids.count == 1)
        return try #require(seen.last?.regions.first)
    }

    @Test("what slides in and stops came whole, and was not put down")
    func cameWhole() throws {
        var street = SmallStreet()
        street.things = [.arriving(at: box, from: 100, seconds: 20...24)]
        let region = try last(street)
        #expect(region.box.overlap(box) > 0.7)
        #expect(region.features.cameWhole == 1)
        #expect(region.features.dropped == 0)
        #expect(abs(region.since.seconds - 24) < 1.5)
    }

    @Test("what splits from something larger that goes on was put down")
    func dropped() throws {
        let bag = PixelRect(x: 196, y: 150, width: 26, height: 22)
        var street = SmallStreet()
        street.things = [
            // Who brings it stands behind it for a moment.
            .arriving(
                at: PixelRect(x: 192, y: 84, width: 34, height: 90), from: 60, seconds: 20...24, leaving: 25, speed: 60, luma: 180),
            .standing(bag, from: 24),
        ]
        let region = try last(street)
        #expect(region.box.overlap(bag) > 0.6)
        #expect(region.features.dropped == 1)
        #expect(region.features.cameWhole == 0)
        // Until the hand is off it, it is not left.
        #expect(region.since.seconds > 23.5 && region.since.seconds < 27)
    }

    @Test("what nobody saw come neither came whole nor was put down")
    func appeared() throws {
        var street = SmallStreet()
        street.things = [.standing(box, from: 20)]
        let region = try last(street)
        #expect(region.features.cameWhole == 0)
        #expect(region.features.dropped == 0)
    }

    @Test("who stays beside it is its company, who passes now and then is not")
    func company() throws {
        var street = SmallStreet()
        street.things = [.standing(box, from: 20)]
        #expect(try last(street).features.company < 0.05)
        street.things.append(.passersBy(y: 118, spacing: 16, luma: 190))
        let passed = try last(street, until: 100).features.company
        #expect(passed < 0.35)
        // A seller who never keeps still, an arm's length away.
        street.things[1] = .init(
            place: { clock in
                clock < 20 ? nil : PixelRect(x: 230 + 5 * (Int(clock * 2) % 3), y: 100, width: 18, height: 64)
            }, luma: 200, square: 9)
        let seen = street.seen(until: 100)
        let goods = try #require(seen.last?.regions.first { $0.box.overlap(box) > 0.5 })
        #expect(goods.features.company > 0.6)
    }

    @Test("a box keeps still, also before a camera that shakes", arguments: [false, true])
    func rigid(isShaken: Bool) throws {
        var street = SmallStreet()
        street.things = [.standing(box, from: 20)]
        if isShaken { street.shake = { clock in (Int(clock * 14) % 3 - 1, Int(clock * 6) % 3 - 1) } }
        let region = try last(street, until: 80)
        #expect(region.features.sway <= 0.2)
    }

    @Test("who stands sways: the upper body goes to and fro over the feet", arguments: [false, true])
    func standing(isShaken: Bool) throws {
        var street = SmallStreet()
        var figure = SmallStreet.Thing.standing(PixelRect(x: 190, y: 100, width: 30, height: 72), from: 20)
        figure.lean = { clock in [0, 1, 1, 0, -1, 0, -1, 1][Int(clock * 2) % 8] }
        street.things = [figure]
        if isShaken { street.shake = { clock in (Int(clock * 14) % 3 - 1, Int(clock * 6) % 3 - 1) } }
        let region = try last(street, until: 80)
        #expect(region.features.sway > 0.3)
        #expect(region.features.sway < 4)
    }
}
