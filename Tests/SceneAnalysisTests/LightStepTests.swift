import FrameCore
import SceneAnalysis
import Testing

@Suite("The light changes and the street stays the same")
struct LightStepTests {
    private let box = PixelRect(x: 180, y: 110, width: 44, height: 40)
    private let later = PixelRect(x: 290, y: 150, width: 44, height: 40)

    @Test("a lamp that changes a third or a quarter of the view gives no region", arguments: [1.6, 0.6], [110, 160])
    func lamp(factor: Double, width: Int) {
        var street = SmallStreet()
        let box = PixelRect(x: 416 - width, y: 0, width: width, height: 240)
        street.lamps = [.init(box: box, factor: factor) { $0 >= 30 && $0 < 70 }]
        let seen = street.seen(until: 110)
        #expect(seen.ids.isEmpty)
        #expect(seen.faultTimes.isEmpty)
    }

    @Test("a lamp that is switched hides nothing: what is put down under it afterwards is found")
    func underLamp() throws {
        var street = SmallStreet()
        street.lamps = [.init(box: PixelRect(x: 240, y: 0, width: 176, height: 240), factor: 1.6) { $0 >= 30 }]
        street.things = [.standing(later, from: 50)]
        let seen = street.seen(until: 70)
        #expect(seen.between(0, 50).ids.isEmpty)
        #expect(seen.ids.count == 1)
        #expect(try #require(seen.last?.regions.first).box.overlap(later) > 0.6)
    }

    @Test("the light goes to a third and comes back: what stood goes on, what comes in the dark is found", arguments: [0.33, 0.5])
    func dark(factor: Double) throws {
        var street = SmallStreet()
        street.light = { $0 >= 50 && $0 < 100 ? factor : 1 }
        // In the dark there is little between black and the street.
        street.things = [.standing(box, from: 20), .standing(later, from: 65, luma: 200, contrast: 50)]
        let seen = street.seen(until: 140)
        #expect(seen.flatMap(\.cleared).isEmpty)
        let first = try #require(seen.between(0, 50).last?.regions.first)
        #expect(first.box.overlap(box) > 0.6)
        #expect(seen.between(40, 140).allSatisfy { $0.regions.contains { $0.id == first.id } })
        let second = try #require(seen.between(65, 90).last?.regions.last)
        #expect(second.id != first.id)
        #expect(second.box.overlap(later) > 0.6)
        #expect(abs(second.since.seconds - 65) < 2)
        #expect(seen.ids == [first.id, second.id])
        #expect(seen.last?.regions.map(\.id) == [first.id, second.id])
        let last = try #require(seen.last?.regions.first)
        #expect(last.box.overlap(box) > 0.6)
        #expect(abs(last.since.seconds - 20) < 1.5)
    }

    @Test("infrared and back: nothing is learned anew, nothing invented, and the day's plate is the one from before")
    func infrared() throws {
        var street = SmallStreet()
        street.isInfrared = { $0 >= 50 && $0 < 100 }
        street.things = [.standing(box, from: 20)]
        var analyzer = SmallStreet.analyzer()
        let seen = street.show(&analyzer, 0..<140)
        #expect(seen.between(15, 140).allSatisfy { $0.view == .clear })
        #expect(seen.flatMap(\.cleared).isEmpty)
        #expect(seen.ids.count == 1)
        #expect(seen.between(35, 140).allSatisfy { $0.regions.count == 1 })
        #expect(try #require(seen.last?.regions.first).box.overlap(box) > 0.6)
        // Behind the box the night showed no colour: only the plate from before knows it.
        let plate = try #require(analyzer.stages).plate
        for y in stride(from: 58, to: 72, by: 3) {
            for x in stride(from: 94, to: 108, by: 3) {
                let known = street.groundChroma(x: x, y: y)
                #expect(abs(Int(plate.cb[y * 208 + x]) - known.blue) <= 1)
                #expect(abs(Int(plate.cr[y * 208 + x]) - known.red) <= 1)
            }
        }
    }

    @Test("what is taken away at night is cleared, what is put down at night is found, and neither twice by day")
    func changesByNight() throws {
        var street = SmallStreet()
        street.isInfrared = { $0 >= 50 && $0 < 110 }
        // Bright: unlike the street in every part by night too, when all that is dark comes near to it.
        street.things = [.standing(box, from: 20, to: 65), .standing(later, from: 75, luma: 190, contrast: 50)]
        let seen = street.seen(until: 150)
        let cleared = seen.filter { !$0.cleared.isEmpty }
        #expect(cleared.count == 1)
        #expect(try #require(cleared.first).time.seconds > 65)
        #expect(try #require(cleared.first).time.seconds < 80)
        #expect(seen.ids.count == 2)
        let last = try #require(seen.last?.regions.first)
        #expect(seen.last?.regions.count == 1)
        #expect(last.box.overlap(later) > 0.6)
        #expect(abs(last.since.seconds - 75) < 2)
    }
}
