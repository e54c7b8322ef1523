import FrameCore
import SceneAnalysis
import Testing

@Suite("What took hours to learn is saved and taken up again")
struct SceneArchiveTests {
    private static let box = PixelRect(x: 180, y: 110, width: 44, height: 40)
    private static let other = PixelRect(x: 60, y: 150, width: 48, height: 40)
    /// Stream time at which the restored analyzer goes on, seconds.
    private static let resumed = 10_000.0

    /// A street of a minute with one box since 20 s, and what was saved of it at 60 s.
    private static func saved(
        _ change: (inout SmallStreet) -> Void = { _ in }
    ) throws -> (street: SmallStreet, bytes: [UInt8], last: SceneObservation) {
        var street = SmallStreet()
        street.things = [.standing(box, from: 20)]
        change(&street)
        var analyzer = SmallStreet.analyzer()
        let seen = street.show(&analyzer, 0..<60.5)
        return (street, try #require(analyzer.archive()), try #require(seen.last))
    }

    @Test("the street is known from the first frame on, the box keeps its id, and the gap is part of when it came, not of its dwell")
    func goesOn() throws {
        var (street, bytes, before) = try Self.saved()
        let old = try #require(before.regions.first)
        #expect(before.regions.count == 1)
        var analyzer = SmallStreet.analyzer()
        try analyzer.restore(bytes, at: FrameTime(seconds: Self.resumed), gap: .seconds(600))
        let seen = street.show(&analyzer, Self.resumed..<Self.resumed + 40)
        #expect(seen.allSatisfy { $0.view == .clear })
        #expect(seen.allSatisfy { $0.regions.map(\.id) == [old.id] && $0.cleared.isEmpty })
        let first = try #require(seen.first?.regions.first)
        #expect(first.box == old.box)
        #expect(abs(first.since.seconds - (Self.resumed - 600 - 40)) < 1.5)
        let last = try #require(seen.last?.regions.first)
        #expect(last.since == first.since)
        #expect(last.stillFor > old.stillFor + .seconds(30))
        #expect(last.stillFor < old.stillFor + .seconds(41))
        for (now, then) in [
            (first.features.area, old.features.area), (first.features.texture, old.features.texture),
            (first.features.leftEvidence, old.features.leftEvidence), (first.features.height, old.features.height),
        ] { #expect(now == then) }
    }

    @Test("what came during the gap is found, with an id of its own, and what went is cleared once")
    func changedMeanwhile() throws {
        let (_, bytes, before) = try Self.saved()
        let old = try #require(before.regions.first)
        var street = SmallStreet()
        street.things = [.standing(Self.other, from: 5000)]
        var analyzer = SmallStreet.analyzer()
        try analyzer.restore(bytes, at: FrameTime(seconds: Self.resumed), gap: .seconds(600))
        let seen = street.show(&analyzer, Self.resumed..<Self.resumed + 40)
        let cleared = seen.flatMap(\.cleared)
        #expect(cleared.map(\.id) == [old.id])
        #expect(try #require(seen.first { !$0.cleared.isEmpty }).time.seconds < Self.resumed + 12)
        let new = try #require(seen.last?.regions.first)
        #expect(seen.last?.regions.count == 1)
        #expect(new.id != old.id)
        #expect(new.box.overlap(Self.other) > 0.6)
        // Nobody saw it come: it counts from the first look on.
        #expect(new.since.seconds >= Self.resumed && new.since.seconds < Self.resumed + 4)
    }

    @Test("the light may be another one: an archive of the day serves in infrared, and by dim light")
    func otherLight() throws {
        for change: (inout SmallStreet) -> Void in [{ $0.isInfrared = { _ in true } }, { $0.light = { _ in 0.5 } }] {
            var (street, bytes, before) = try Self.saved()
            change(&street)
            var analyzer = SmallStreet.analyzer()
            try analyzer.restore(bytes, at: FrameTime(seconds: Self.resumed), gap: .seconds(3600))
            let seen = street.show(&analyzer, Self.resumed..<Self.resumed + 40)
            #expect(seen.allSatisfy { $0.view == .clear && $0.regions.map(\.id) == before.regions.map(\.id) })
            #expect(seen.flatMap(\.cleared).isEmpty)
        }
    }

    @Test("other directions are saved with what stands in them")
    func presets() throws {
        var street = SmallStreet()
        street.direction = { $0 >= 40 && $0 < Self.resumed + 20 ? 1 : 0 }
        street.things = [.standing(Self.box, from: 20)]
        var before = SmallStreet.analyzer()
        let id = try #require(street.show(&before, 0..<130).last?.outOfView.first)
        var analyzer = SmallStreet.analyzer()
        try analyzer.restore(#require(before.archive()), at: FrameTime(seconds: Self.resumed), gap: .seconds(60))
        let seen = street.show(&analyzer, Self.resumed..<Self.resumed + 40)
        #expect(seen.prefix(40).allSatisfy { $0.view == .clear && $0.regions.isEmpty && $0.outOfView == [id] })
        #expect(seen.suffix(20).allSatisfy { $0.view == .clear && $0.regions.map(\.id) == [id] && $0.outOfView.isEmpty })
    }

    @Test("an archive of an archive is the same")
    func twice() throws {
        let (_, bytes, before) = try Self.saved()
        var analyzer = SmallStreet.analyzer()
        try analyzer.restore(bytes, at: before.time, gap: .zero)
        var street = SmallStreet()
        street.things = [.standing(Self.box, from: 0)]
        let seen = analyzer.analyze(street.frame(at: 60.5))
        #expect(seen.regions.map(\.id) == before.regions.map(\.id))
        #expect(seen.regions.map(\.since) == before.regions.map(\.since))
        #expect(analyzer.archive()?.count == bytes.count)
    }

    @Test("there is nothing to save while the street is being learned")
    func nothingYet() {
        var street = SmallStreet()
        var analyzer = SmallStreet.analyzer()
        #expect(analyzer.archive() == nil)
        _ = street.show(&analyzer, 0..<4)
        #expect(analyzer.archive() == nil)
    }

    @Test("another version, an empty file and one with a tail are refused by name")
    func refused() throws {
        let (_, bytes, _) = try Self.saved()
        func refusal(_ bytes: [UInt8]) -> SceneArchiveError? {
            var analyzer = SmallStreet.analyzer()
            do throws(SceneArchiveError) {
                try analyzer.restore(bytes, at: .zero, gap: .zero)
                return nil
            } catch {
                return error
            }
        }
        var other = bytes
        other[0] = 99
        #expect(refusal(bytes) == nil)
        #expect(refusal(other) == .otherVersion)
        #expect(refusal([]) == .cutOff)
        #expect(refusal(bytes.dropLast()) == .cutOff)
        #expect(refusal(bytes + [0]) == .badValue)
    }

    /// Numbers from a seed, the same on every run.
    private struct Draws {
        var state: UInt64 = 2026

        mutating func below(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
    }

    @Test("a hundred archives cut off somewhere are refused, and the analyzer goes on as if nothing had been")
    func cutOff() throws {
        var (street, bytes, before) = try Self.saved()
        var draws = Draws()
        var analyzer = SmallStreet.analyzer()
        try analyzer.restore(bytes, at: before.time, gap: .zero)
        for _ in 0..<100 {
            let length = draws.below(bytes.count)
            #expect(throws: SceneArchiveError.self) {
                try analyzer.restore(Array(bytes[..<length]), at: FrameTime(seconds: 999), gap: .zero)
            }
        }
        let seen = street.show(&analyzer, 61..<70)
        #expect(seen.allSatisfy { $0.view == .clear && $0.regions.map(\.id) == before.regions.map(\.id) })
    }

    @Test("three hundred archives with a flipped bit are refused or taken, and never end the program")
    func flippedBits() throws {
        var (street, bytes, _) = try Self.saved()
        let healthy = SmallStreet.analyzer()
        let frames = (0..<8).map { street.frame(at: Self.resumed + Double($0)) }
        var draws = Draws()
        var refused = 0
        var taken = 0
        // Most bytes are planes, where any value is one that can be; counts, ages, boxes and cells stand at both ends.
        for round in 0..<300 {
            let place =
                switch round % 3 {
                case 0: draws.below(bytes.count)
                case 1: draws.below(56)
                default: bytes.count - 1 - draws.below(round % 2 == 0 ? 120 : 4000)
                }
            var broken = bytes
            broken[place] ^= 1 << UInt8(draws.below(8))
            var analyzer = healthy
            do throws(SceneArchiveError) {
                try analyzer.restore(broken, at: FrameTime(seconds: Self.resumed), gap: .seconds(60))
                taken += 1
            } catch {
                refused += 1
                #expect(analyzer.archive() == nil)
            }
            for frame in frames { _ = analyzer.analyze(frame) }
        }
        #expect(refused > 50)
        #expect(taken > 50)
    }

    @Test(
        "values that cannot be are refused wherever they stand in a region",
        arguments: [
            (-1, "its age"), (Int.max, "its age"), (Int(bitPattern: UInt(Double.infinity.bitPattern)), "a number that is none"),
            (Int(bitPattern: UInt(1e300.bitPattern)), "when it came"),
        ])
    func impossibleRegions(value: Int, what: String) throws {
        let (street, bytes, _) = try Self.saved()
        var view = street
        let frames = (0..<8).map { view.frame(at: Self.resumed + Double($0)) }
        // One number after the other of the region, from the end of the archive to its cells and beyond, becomes `value`.
        var refused = 0
        for word in 1...40 {
            var broken = bytes
            for byte in 0..<8 {
                broken[bytes.count - 8 * word + byte] = UInt8(truncatingIfNeeded: UInt64(bitPattern: Int64(value)) >> UInt64(8 * byte))
            }
            var analyzer = SmallStreet.analyzer()
            do throws(SceneArchiveError) {
                try analyzer.restore(broken, at: FrameTime(seconds: Self.resumed), gap: .seconds(60))
            } catch {
                refused += 1
            }
            for frame in frames { _ = analyzer.analyze(frame) }
        }
        // At least all of its cells.
        #expect(refused >= 25)
    }
}
