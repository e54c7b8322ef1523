import FrameCore
import SceneAnalysis
import Testing

@Suite("What is reported is a thing that was left, and no more than it")
struct RegionLifeTests {
    @Test("an owner who stands beside a bag and leaves: the bag stays, with its own age")
    func ownerBesideBag() throws {
        let bag = PixelRect(x: 200, y: 140, width: 44, height: 32)
        var street = SmallStreet()
        // They come together, and the owner goes alone.
        street.things = [
            .standing(PixelRect(x: 176, y: 108, width: 24, height: 64), from: 20, to: 60, luma: 180, contrast: 60),
            .standing(bag, from: 20),
        ]
        let seen = street.seen(until: 90)
        let both = try #require(seen.between(45, 60).last?.regions.first)
        #expect(seen.between(45, 60).allSatisfy { $0.regions.count == 1 })
        #expect(both.box.height >= 60)
        let alone = try #require(seen.last?.regions.first)
        #expect(seen.between(60, 90).allSatisfy { $0.regions.count == 1 && $0.regions.first?.id == both.id && $0.cleared.isEmpty })
        #expect(alone.box.overlap(bag) > 0.85)
        #expect(abs(alone.since.seconds - 20) < 1.5)
        #expect(abs(alone.stillFor.inSeconds - (89.5 - 20)) < 2)
        #expect(seen.ids == [both.id])
    }

    @Test("what was there while the street was learned and is taken away is no finding", arguments: [30, 120, 200], [20.0, 100.0])
    func ghost(luma: Int, taken: Double) {
        var street = SmallStreet()
        street.things = [
            .standing(PixelRect(x: 180, y: 110, width: 48, height: 44), from: 0, to: taken, luma: luma, contrast: 40),
            .passersBy(y: 120, spacing: 14),
        ]
        let seen = street.seen(until: taken + 60)
        #expect(seen.ids.isEmpty)
        #expect(seen.faultTimes.isEmpty)
    }

    /// A door of dark wood in a bright wall, and the hall behind it, brighter.
    private func door(isOpen: @escaping (Double) -> Bool) -> SmallStreet {
        let door = PixelRect(x: 180, y: 60, width: 40, height: 70)
        var street = SmallStreet()
        street.things = [
            .init(place: { _ in PixelRect(x: 130, y: 40, width: 140, height: 90) }, luma: 150, contrast: 12, square: 10),
            .init(place: { isOpen($0) ? nil : door }, luma: 40, contrast: 50, square: 8),
            .init(place: { isOpen($0) ? door : nil }, luma: 115, contrast: 40, square: 5),
        ]
        return street
    }

    @Test("a door that opens is taken into the street; when it closes again, the street is as before, any number of times")
    func doorOpensAndCloses() throws {
        var street = door { clock in clock >= 30 && clock < 200 && Int(clock - 30) % 70 < 40 }
        var analyzer = SmallStreet.analyzer()
        var seen = street.show(&analyzer, 0..<60)
        // The hall is the street now: 60 s into the film the open door has been believed.
        let open = try #require(analyzer.stages).plate.luma
        #expect(Int(open[50 * 208 + 100]) > 100)
        seen += street.show(&analyzer, 60..<260)
        #expect(seen.ids.isEmpty)
        #expect(seen.faultTimes.isEmpty)
        #expect(Int(try #require(analyzer.stages).plate.luma[50 * 208 + 100]) < 95)
    }

    @Test("what stands before the closed door is found all the same")
    func beforeTheDoor() throws {
        let box = PixelRect(x: 176, y: 100, width: 48, height: 50)
        var street = door { $0 >= 30 && $0 < 60 }
        street.things.append(.standing(box, from: 90, luma: 205, contrast: 40))
        let seen = street.seen(until: 120)
        #expect(seen.between(0, 90).ids.isEmpty)
        #expect(seen.ids.count == 1)
        #expect(try #require(seen.last?.regions.first).box.overlap(box) > 0.6)
    }

    @Test("what fills more of the view than any thing is none; what fills less is one", arguments: [(0.08, 1), (0.2, 0), (0.3, 0)])
    func largest(share: Double, expected: Int) {
        let side = share.squareRoot()
        let box = PixelRect(
            x: 60, y: 40, width: Int(416 * side) / 2 * 2, height: Int(240 * side) / 2 * 2)
        var street = SmallStreet()
        street.things = [.standing(box, from: 20)]
        let seen = street.seen(until: 80)
        #expect(seen.ids.count == expected)
        #expect(seen.between(60, 80).allSatisfy { $0.regions.count == expected })
    }

    @Test("scraps that fill little of their box are no thing, nor are crumbs", arguments: [true, false])
    func scraps(isScattered: Bool) {
        var street = SmallStreet()
        // Steps of 12×8 pixels that touch by no more than a gap, down to the right: together they would be a large thing.
        street.things = (0..<7).map { k in
            let place =
                isScattered
                ? PixelRect(x: 120 + 18 * k, y: 60 + 14 * k, width: 12, height: 8)
                : PixelRect(x: 40 + 50 * k, y: 160, width: 8, height: 6)
            return .standing(place, from: 20, luma: 15, contrast: 20)
        }
        #expect(street.seen(until: 60).ids.isEmpty)
        // The same area in one piece is found.
        street.things = [.standing(PixelRect(x: 120, y: 60, width: 28, height: 24), from: 20, luma: 15, contrast: 20)]
        #expect(street.seen(until: 60).ids.count == 1)
    }
}
