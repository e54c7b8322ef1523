import Foundation
import FrameCore
import SceneAnalysis
import Yams

/// A drawn street of 416×240 with things on it, each where and when its script says; exact and repeatable.
///
/// Drawing a frame takes about as long as its analysis, so that hours can be shown in seconds.
struct SmallStreet {
    /// Something on the street, a chequered box.
    struct Thing {
        /// Where it is at a time, seconds; nil while it is not there.
        var place: (Double) -> PixelRect?
        var luma = 30
        /// Added to every other square of `square` pixels.
        var contrast = 45
        var square = 6
        /// Distance of its chroma from grey, blue and red, levels.
        var colour = (blue: 0, red: 0)
        /// How far its upper third stands beside the rest, pixels.
        var lean: (Double) -> Int = { _ in 0 }

        static func standing(
            _ box: PixelRect, from: Double, to: Double = .infinity, luma: Int = 30, contrast: Int = 45
        ) -> Thing {
            Thing(place: { $0 >= from && $0 < to ? box : nil }, luma: luma, contrast: contrast)
        }

        /// Comes from `start` in a straight line, stands at `box` and, if asked, goes on to the right.
        static func arriving(
            at box: PixelRect, from start: Int, seconds: ClosedRange<Double>, leaving: Double = .infinity, speed: Double = 40,
            luma: Int = 30
        ) -> Thing {
            Thing(
                place: { clock in
                    guard clock >= seconds.lowerBound else { return nil }
                    var place = box
                    if clock < seconds.upperBound {
                        let part = (clock - seconds.lowerBound) / (seconds.upperBound - seconds.lowerBound)
                        place.x = start + Int((Double(box.x - start) * part).rounded())
                    } else if clock >= leaving {
                        place.x = box.x + Int(((clock - leaving) * speed).rounded())
                    }
                    return place
                }, luma: luma)
        }

        /// Walks from the left to the right edge, one after the other, each `spacing` seconds.
        static func passersBy(
            y: Int, width: Int = 16, height: Int = 44, spacing: Double, speed: Double = 55, from: Double = 0, luma: Int = 190
        ) -> Thing {
            Thing(
                place: { clock in
                    guard clock >= from else { return nil }
                    let way = Int((clock - from).truncatingRemainder(dividingBy: spacing) * speed) - width
                    return way < SmallStreet.size.width ? PixelRect(x: way, y: y, width: width, height: height) : nil
                }, luma: luma)
        }
    }

    /// A lamp that multiplies the light of a part of the view.
    struct Lamp {
        var box: PixelRect
        var factor: Double
        var isOn: (Double) -> Bool
    }

    static let size = PixelSize(width: 416, height: 240)
    private static let margin = 8

    var things: [Thing] = []
    var lamps: [Lamp] = []
    /// Light of the whole view; 1 is day.
    var light: (Double) -> Double = { _ in 1 }
    /// Infrared: no colour, another tone curve, more noise.
    var isInfrared: (Double) -> Bool = { _ in false }
    /// The direction that the camera looks in, from 0; things stand in direction 0 unless `directions` says otherwise.
    var direction: (Double) -> Int = { _ in 0 }
    /// The direction that each thing stands in, by its index; 0 where none is given.
    var directions: [Int: Int] = [:]
    var shake: (Double) -> (x: Int, y: Int) = { _ in (0, 0) }

    private let grounds: [Ground]
    private let noise: [Int]
    private var state: UInt64 = 42

    /// What one direction shows, with a margin for the shake.
    private struct Ground {
        var luma: [UInt8] = []
        var cb: [UInt8] = []
        var cr: [UInt8] = []

        init(seed: UInt64) {
            var state = seed
            func random() -> Int {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return Int(state >> 33)
            }
            let width = size.width + 2 * margin, height = size.height + 2 * margin
            let slabs = (0..<400).map { _ in 70 + random() % 80 }
            let stones = (0..<4000).map { _ in random() % 40 - 20 }
            luma = (0..<width * height).map { index in
                let x = index % width, y = index / width
                let joint = x % 10 == 0 || y % 10 == 0 ? -22 : 0
                return UInt8(slabs[y / 40 * 14 + x / 40] + stones[y / 10 * 60 + x / 10] + joint)
            }
            let half = Frame.chromaSize(of: size)
            let tint = (0..<400).map { _ in random() % 14 }
            cb = (0..<half.area).map { UInt8(116 + tint[$0 / half.width / 20 * 12 + $0 % half.width / 20]) }
            cr = (0..<half.area).map { UInt8(126 + tint[399 - $0 / half.width / 20 * 12 - $0 % half.width / 20]) }
        }
    }

    init() {
        grounds = [7, 1_000_003, 77_777].map { Ground(seed: $0) }
        var state: UInt64 = 5
        noise = (0..<1 << 16).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // The sum of four even draws, a deviation of 1.6 levels.
            return (Int(state >> 62) + Int(state >> 58 & 3) + Int(state >> 54 & 3) + Int(state >> 50 & 3) - 6) * 3 / 4
        }
    }

    mutating func frame(at seconds: Double) -> Frame {
        let width = Self.size.width, height = Self.size.height, side = width + 2 * Self.margin
        let looking = direction(seconds)
        let ground = grounds[looking]
        let moved = shake(seconds)
        var luma = [UInt8](repeating: 0, count: Self.size.area)
        var cb = ground.cb
        var cr = ground.cr
        for y in 0..<height {
            let start = (y + Self.margin + moved.y) * side + Self.margin + moved.x
            for x in 0..<width { luma[y * width + x] = ground.luma[start + x] }
        }
        for (index, thing) in things.enumerated() where directions[index, default: 0] == looking {
            guard var box = thing.place(seconds) else { continue }
            box.x -= moved.x
            box.y -= moved.y
            draw(thing, box, lean: thing.lean(seconds), &luma, &cb, &cr)
        }
        expose(seconds, &luma, &cb, &cr)
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let offset = Int(state >> 40)
        let grain = isInfrared(seconds) ? 2 : 1
        for index in luma.indices {
            // A row's width is no divisor of the table's length, so that grain does not repeat down the picture.
            luma[index] = UInt8(min(max(Int(luma[index]) + grain * noise[(index &+ offset) & 0xffff], 0), 255))
        }
        let half = Frame.chromaSize(of: Self.size)
        return Frame(
            time: FrameTime(seconds: seconds), luma: Plane(size: Self.size, bytes: luma), cb: Plane(size: half, bytes: cb),
            cr: Plane(size: half, bytes: cr), range: .limited)
    }

    /// The street's luma without things, noise or light, at a pixel of direction 0.
    func groundLuma(x: Int, y: Int) -> Int {
        Int(grounds[0].luma[(y + Self.margin) * (Self.size.width + 2 * Self.margin) + x + Self.margin])
    }

    /// The street's chroma by day at a chroma sample of direction 0.
    func groundChroma(x: Int, y: Int) -> (blue: Int, red: Int) {
        let index = y * Frame.chromaSize(of: Self.size).width + x
        return (Int(grounds[0].cb[index]), Int(grounds[0].cr[index]))
    }

    private func draw(
        _ thing: Thing, _ box: PixelRect, lean: Int, _ luma: inout [UInt8], _ cb: inout [UInt8], _ cr: inout [UInt8]
    ) {
        let width = Self.size.width
        for y in 0..<Self.size.height where y >= box.y && y < box.maxY {
            let left = 3 * (y - box.y) < box.height ? box.x + lean : box.x
            for x in 0..<width where x >= left && x < left + box.width {
                let isOdd = ((x - left) / thing.square + (y - box.y) / thing.square) % 2 != 0
                luma[y * width + x] = UInt8(min(thing.luma + (isOdd ? thing.contrast : 0), 255))
                guard x % 2 == 0, y % 2 == 0 else { continue }
                let half = y / 2 * (width / 2) + x / 2
                cb[half] = UInt8(128 + thing.colour.blue)
                cr[half] = UInt8(128 + thing.colour.red)
            }
        }
    }

    private func expose(_ seconds: Double, _ luma: inout [UInt8], _ cb: inout [UInt8], _ cr: inout [UInt8]) {
        let factor = light(seconds)
        func table(_ change: (Double) -> Double) -> [UInt8] {
            (0..<256).map { UInt8(min(max(change(Double($0)).rounded(), 0), 255)) }
        }
        if isInfrared(seconds) {
            // Bright things lose, dark ones gain, as under a lamp beside the lens.
            let curve = table { 60 + 0.55 * $0 * factor }
            for index in luma.indices { luma[index] = curve[Int(luma[index])] }
            for index in cb.indices {
                cb[index] = 128
                cr[index] = 128
            }
        } else if factor != 1 {
            let curve = table { $0 * factor }
            let chroma = table { 128 + ($0 - 128) * factor }
            for index in luma.indices { luma[index] = curve[Int(luma[index])] }
            for index in cb.indices {
                cb[index] = chroma[Int(cb[index])]
                cr[index] = chroma[Int(cr[index])]
            }
        }
        for lamp in lamps where lamp.isOn(seconds) {
            let curve = table { $0 * lamp.factor }
            for y in lamp.box.y..<lamp.box.maxY {
                for x in lamp.box.x..<lamp.box.maxX {
                    luma[y * Self.size.width + x] = curve[Int(luma[y * Self.size.width + x])]
                }
            }
        }
    }
}

extension SmallStreet {
    static let settings: AnalysisSettings = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Models/scene.yaml")
        do {
            return try YAMLDecoder().decode(AnalysisSettings.self, from: String(contentsOf: path, encoding: .utf8))
        } catch {
            fatalError("\(path.path): \(error)")
        }
    }()

    static func analyzer() -> SceneAnalyzer {
        SceneAnalyzer(settings: settings, warmUp: .seconds(8), stillAfter: .seconds(5))
    }

    /// Shows the street to `analyzer` from one time to another, seconds, two pictures a second unless asked otherwise.
    mutating func show(_ analyzer: inout SceneAnalyzer, _ seconds: Range<Double>, every: Double = 0.5) -> [SceneObservation] {
        stride(from: seconds.lowerBound, to: seconds.upperBound, by: every).map { analyzer.analyze(frame(at: $0)) }
    }

    /// What a new analyzer sees from the start on.
    func seen(until seconds: Double, every: Double = 0.5) -> [SceneObservation] {
        var street = self
        var analyzer = Self.analyzer()
        return street.show(&analyzer, 0..<seconds, every: every)
    }
}

extension [SceneObservation] {
    /// All ids that were ever reported.
    var ids: Set<Int> { Set(flatMap { $0.regions.map(\.id) }) }

    func between(_ from: Double, _ to: Double) -> [SceneObservation] { filter { $0.time.seconds >= from && $0.time.seconds < to } }

    /// Times at which the view was named faulty, seconds.
    var faultTimes: [Double] {
        compactMap { seen in
            if case .fault = seen.view { seen.time.seconds } else { nil }
        }
    }
}
