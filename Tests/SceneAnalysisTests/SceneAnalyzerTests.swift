import Foundation
import FrameCore
import SceneAnalysis
import Testing
import Yams

/// A drawn street: texture, noise, light, things and people, all exact and repeatable.
private struct DrawnStreet {
    struct Thing {
        var box: PixelRect
        var from: Double
        var to: Double
        var luma: UInt8 = 30
        /// Pixels to the right a second.
        var speed = 0.0
    }

    let size = PixelSize(width: 640, height: 360)
    var things: [Thing] = []
    /// Multiplies all light from a time on.
    var light: (at: Double, factor: Double)?
    var blackFrom: Double?
    var shake: ((Double) -> (Int, Int))?
    private let ground: [UInt8]
    private var noise: UInt64 = 42

    init() {
        var state: UInt64 = 7
        func random() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        var coarse = [Int](repeating: 0, count: 90 * 60)
        for i in coarse.indices { coarse[i] = 90 + random() % 70 }
        let ground = (0..<(660 * 380)).map { index -> UInt8 in
            let x = index % 660
            let y = index / 660
            // Paving stones of eight pixels with a joint.
            let joint = x % 8 == 0 || y % 8 == 0 ? -25 : 0
            return UInt8(coarse[(y / 8) * 90 + x / 8] + joint)
        }
        self.ground = ground
    }

    mutating func frame(at seconds: Double) -> Frame {
        var frame = Frame(size: size, time: FrameTime(seconds: seconds))
        let (dx, dy) = shake?(seconds) ?? (0, 0)
        let factor = light.map { seconds >= $0.at ? $0.factor : 1 } ?? 1
        let isBlack = blackFrom.map { seconds >= $0 } ?? false
        for y in 0..<size.height {
            for x in 0..<size.width {
                var value = Double(ground[(y + 10 + dy) * 660 + x + 10 + dx])
                for thing in things where seconds >= thing.from && seconds < thing.to {
                    let left = thing.box.x + Int(thing.speed * (seconds - thing.from))
                    if x + dx >= left, x + dx < left + thing.box.width, y + dy >= thing.box.y, y + dy < thing.box.maxY {
                        value = Double(thing.luma) + ((x + dx - left) / 6 % 2 == 0 ? 0 : 40)
                    }
                }
                noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let grain = Int(noise >> 61) - 3
                frame.luma[x, y] = isBlack ? 16 : UInt8(min(max(Int(value * factor) + grain, 0), 255))
            }
        }
        return frame
    }
}

@Suite("What is left on the street is seen and held")
struct SceneAnalyzerTests {
    private static let settings: AnalysisSettings = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Models/scene.yaml")
        do {
            return try YAMLDecoder().decode(AnalysisSettings.self, from: String(contentsOf: path, encoding: .utf8))
        } catch {
            fatalError("\(path.path): \(error)")
        }
    }()

    private func run(_ street: DrawnStreet, seconds: Double, every: Double = 1) -> [SceneObservation] {
        var street = street
        var analyzer = SceneAnalyzer(settings: Self.settings, warmUp: .seconds(10), stillAfter: .seconds(5))
        return stride(from: 0, to: seconds, by: every).map { analyzer.analyze(street.frame(at: $0)) }
    }

    private let box = PixelRect(x: 200, y: 150, width: 48, height: 40)

    @Test("an object that was put down is found where it is, within seconds, and keeps its identity")
    func found() throws {
        var street = DrawnStreet()
        street.things = [.init(box: box, from: 20, to: 1000)]
        let seen = run(street, seconds: 60)
        #expect(seen.prefix(30).filter { $0.time.seconds < 20 }.allSatisfy { $0.regions.isEmpty })
        let last = try #require(seen.last?.regions.first)
        #expect(seen.last?.regions.count == 1)
        #expect(last.box.overlap(box) > 0.6)
        #expect(abs(last.since.seconds - 20) < 1.5)
        #expect(Set(seen.flatMap { $0.regions.map(\.id) }).count == 1)
        let first = try #require(seen.first { !$0.regions.isEmpty })
        #expect(first.time.seconds <= 28)
    }

    @Test("people who walk in front of it neither end it nor start it anew")
    func occlusion() {
        var street = DrawnStreet()
        street.things = [.init(box: box, from: 20, to: 1000)]
        for k in 0..<8 {
            street.things.append(
                .init(
                    box: PixelRect(x: 60, y: 100, width: 30, height: 110), from: 30 + Double(k) * 8, to: 38 + Double(k) * 8, luma: 200,
                    speed: 45))
        }
        let seen = run(street, seconds: 100)
        #expect(seen.filter { $0.time.seconds > 32 }.allSatisfy { $0.regions.count == 1 })
        #expect(Set(seen.flatMap { $0.regions.map(\.id) }).count == 1)
    }

    @Test("an object is held for an hour, seen once in ten seconds")
    func hour() {
        var street = DrawnStreet()
        street.things = [.init(box: box, from: 30, to: 10_000)]
        var analyzer = SceneAnalyzer(settings: Self.settings, warmUp: .seconds(10), stillAfter: .seconds(5))
        for second in 0..<60 { _ = analyzer.analyze(street.frame(at: Double(second))) }
        var held = 0
        for tenSeconds in 0..<360 {
            let seen = analyzer.analyze(street.frame(at: 60 + Double(tenSeconds) * 10))
            if seen.regions.count == 1 { held += 1 }
        }
        #expect(held == 360)
    }

    @Test("it clears once when the object is taken away, and the ground it hid is not reported")
    func cleared() {
        var street = DrawnStreet()
        street.things = [.init(box: box, from: 20, to: 50)]
        let seen = run(street, seconds: 110)
        #expect(seen.flatMap(\.cleared).count == 1)
        #expect(seen.filter { $0.time.seconds > 62 }.allSatisfy { $0.regions.isEmpty })
    }

    @Test("the ghost of something that was there from the start and goes away is no finding")
    func ghost() {
        var street = DrawnStreet()
        street.things = [.init(box: box, from: 0, to: 30)]
        let seen = run(street, seconds: 90)
        #expect(seen.allSatisfy { $0.regions.isEmpty })
    }

    @Test("a step of light is no object", arguments: [0.6, 1.4])
    func lightStep(factor: Double) {
        var street = DrawnStreet()
        street.light = (30, factor)
        #expect(run(street, seconds: 70).allSatisfy { $0.regions.isEmpty })
    }

    @Test("a shaken camera invents nothing")
    func shaken() {
        var street = DrawnStreet()
        street.shake = { seconds in (Int(seconds * 7) % 5 - 2, Int(seconds * 3) % 5 - 2) }
        #expect(run(street, seconds: 50).allSatisfy { $0.regions.isEmpty })
    }

    @Test("a black view is named and judged neither way")
    func black() {
        var street = DrawnStreet()
        street.blackFrom = 30
        let seen = run(street, seconds: 40)
        #expect(seen.filter { $0.time.seconds >= 30 }.allSatisfy { $0.view == .fault(.black) })
    }

    @Test("the same frames give the same observations")
    func deterministic() {
        var street = DrawnStreet()
        street.things = [.init(box: box, from: 20, to: 1000)]
        let first = run(street, seconds: 40).flatMap(\.regions)
        let second = run(street, seconds: 40).flatMap(\.regions)
        #expect(first == second)
        #expect(!first.isEmpty)
    }
}
