import Foundation
import FrameCore
import SceneAnalysis
import Testing

@Suite("Hours on one street")
struct LongRunTests {
    private let box = PixelRect(x: 190, y: 120, width: 44, height: 40)

    @Test("one thing stays one thing for an hour, with passers-by every few seconds and light that drifts by 40 %")
    func hour() throws {
        var street = SmallStreet()
        street.light = { clock in 1 + 0.4 * sin(clock / 900 * 2 * .pi) }
        street.things = [
            .standing(box, from: 30), .passersBy(y: 118, spacing: 9, from: 45),
            .passersBy(y: 90, height: 60, spacing: 13, speed: 37, from: 45, luma: 25),
            .passersBy(y: 170, spacing: 17, speed: 71, from: 45, luma: 120),
        ]
        var analyzer = SmallStreet.analyzer()
        var firstID: Int?
        for second in 0..<3660 {
            let seen = analyzer.analyze(street.frame(at: Double(second)))
            guard second >= 50 else { continue }
            firstID = firstID ?? seen.regions.first?.id
            let isHeld = seen.view == .clear && seen.regions.map(\.id) == [firstID] && seen.cleared.isEmpty
            #expect(
                isHeld,
                "at \(second) s: \(seen.view), \(seen.regions.map { ($0.id, $0.box, $0.since.seconds) }), cleared \(seen.cleared.map(\.id))"
            )
            guard isHeld else { return }
            if second == 3659 {
                let region = try #require(seen.regions.first)
                #expect(region.box.overlap(box) > 0.6)
                #expect(abs(region.since.seconds - 30) < 2)
            }
        }
    }

    @Test("day and night: a thing stands from one morning to the next, seen every ten seconds, and goes when it goes")
    func dayAndNight() throws {
        let dayLength = 86_400.0
        let from = 600.0, to = 85_000.0
        var street = SmallStreet()
        // From 6 in the morning: light by the hour, clouds within minutes, infrared from 19 to 5.
        street.isInfrared = { clock in (46_800..<82_800).contains(clock.truncatingRemainder(dividingBy: dayLength)) }
        street.light = { clock in
            let hour = clock / 3600
            return (46_800..<82_800).contains(clock) ? 1 : 0.75 + 0.35 * sin(max(0, min(hour, 13)) / 13 * .pi) + 0.1 * sin(clock / 170)
        }
        street.things = [
            .standing(box, from: from, to: to), .passersBy(y: 118, spacing: 27, speed: 31),
            .passersBy(y: 60, height: 60, spacing: 43, speed: 17, luma: 25),
        ]
        var analyzer = SmallStreet.analyzer()
        var firstID: Int?
        var cleared: [(id: Int, seconds: Double)] = []
        var held = 0
        var unlike = 0
        for tenSeconds in 0..<8640 {
            let clock = Double(tenSeconds) * 10
            let seen = analyzer.analyze(street.frame(at: clock))
            for region in seen.cleared { cleared.append((region.id, clock)) }
            if clock < from + 60 || clock >= to { continue }
            firstID = firstID ?? seen.regions.first?.id
            if seen.view == .clear && seen.regions.map(\.id) == [firstID] { held += 1 } else { unlike += 1 }
        }
        #expect(held == 8434, "and \(unlike) pictures were told otherwise")
        #expect(cleared.map(\.id) == [firstID])
        #expect(cleared.allSatisfy { $0.seconds >= to && $0.seconds < to + 60 })
    }

    @Test("the same frames give the same observations, through lamps, infrared, turns and passers-by")
    func deterministic() {
        func observations() -> [String] {
            var street = SmallStreet()
            street.things = [.standing(box, from: 20, to: 150), .passersBy(y: 118, spacing: 9), .standing(box, from: 170)]
            street.lamps = [.init(box: PixelRect(x: 0, y: 0, width: 160, height: 240), factor: 1.5) { $0 > 40 }]
            street.isInfrared = { $0 > 50 && $0 < 70 }
            street.direction = { $0 >= 80 && $0 < 170 ? 1 : 0 }
            return street.seen(until: 200).map { "\($0)" }
        }
        let first = observations()
        #expect(first == observations())
        #expect(first.count == 400)
        #expect(first.contains { $0.contains("shifted") })
        #expect(Set(first).count == 400)
    }
}
