import FrameCore

/// A drawn street view of 416×240 at two pictures a second: texture, colour, sensor noise, walkers, and a clock if asked.
struct DrawnView {
    static let size = PixelSize(width: 416, height: 240)

    /// A picture being made: full luma, halved chroma.
    struct Picture {
        var luma: [UInt8]
        var cb: [UInt8]
        var cr: [UInt8]

        func frame(at seconds: Double) -> Frame {
            let half = Frame.chromaSize(of: size)
            return Frame(
                time: FrameTime(seconds: seconds), luma: Plane(size: size, bytes: luma), cb: Plane(size: half, bytes: cb),
                cr: Plane(size: half, bytes: cr), range: .limited)
        }
    }

    private let ground: [UInt8]
    private let cb: [UInt8]
    private let cr: [UInt8]
    private var state: UInt64 = 1

    init() {
        var state: UInt64 = 77
        func random() -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33)
        }
        // Stones of 10 pixels on slabs of 40, each with a grey of its own.
        let slabs = (0..<200).map { _ in 60 + random() % 90 }
        let stones = (0..<2000).map { _ in random() % 50 - 25 }
        let size = Self.size
        ground = (0..<size.area).map { index in
            let x = index % size.width, y = index / size.width
            return UInt8(min(max(slabs[y / 40 * 12 + x / 40] + stones[y / 10 * 42 + x / 10], 16), 235))
        }
        let half = Frame.chromaSize(of: size)
        cb = (0..<half.area).map { 118 + UInt8(slabs[$0 / half.width / 20 * 12 + $0 % half.width / 20] % 12) }
        cr = (0..<half.area).map { 126 + UInt8(slabs[$0 / half.width / 20 * 12 + $0 % half.width / 20] % 10) }
    }

    mutating func random() -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33)
    }

    mutating func picture(at seconds: Double, hasWalkers: Bool = true) -> Picture {
        var luma = ground
        if hasWalkers {
            for walker in 0..<4 {
                let left = (Int(seconds * Double(30 + 7 * walker)) + 100 * walker) % (Self.size.width - 20)
                Self.draw(PixelRect(x: left, y: 40 + 40 * walker, width: 14, height: 36), on: &luma) { x, y in
                    UInt8((x / 4 + y / 9) % 2 == 0 ? 30 : 190)
                }
            }
        }
        addNoise(1.5, to: &luma)
        return Picture(luma: luma, cb: cb, cr: cr)
    }

    /// Adds noise of about this standard deviation, levels.
    mutating func addNoise(_ deviation: Double, to luma: inout [UInt8]) {
        // The sum of two even draws; its deviation is reach · √(2/12).
        let reach = deviation / 0.408
        for index in luma.indices {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let draw = Double((state >> 32) & 0xffff) + Double(state >> 48)
            let value = Double(luma[index]) + reach * (draw / 65536 - 1)
            luma[index] = UInt8(min(max(value.rounded(), 0), 255))
        }
    }

    static func draw(_ box: PixelRect, on luma: inout [UInt8], _ value: (Int, Int) -> UInt8) {
        for y in box.y..<box.maxY {
            for x in box.x..<box.maxX { luma[y * size.width + x] = value(x - box.x, y - box.y) }
        }
    }

    /// Segments of each digit: top, upper left, upper right, middle, lower left, lower right, bottom.
    private static let segments: [[Int]] = [
        [0, 1, 2, 4, 5, 6], [2, 5], [0, 2, 3, 4, 6], [0, 2, 3, 5, 6], [1, 2, 3, 5], [0, 1, 3, 5, 6], [0, 1, 3, 4, 5, 6], [0, 2, 5],
        [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 5, 6],
    ]
    private static let strokes = [
        PixelRect(x: 2, y: 2, width: 6, height: 2), PixelRect(x: 2, y: 2, width: 2, height: 7), PixelRect(x: 6, y: 2, width: 2, height: 7),
        PixelRect(x: 2, y: 8, width: 6, height: 2), PixelRect(x: 2, y: 8, width: 2, height: 8), PixelRect(x: 6, y: 8, width: 2, height: 8),
        PixelRect(x: 2, y: 14, width: 6, height: 2),
    ]

    /// Burns minutes and seconds in, upper left.
    static func burnClock(_ seconds: Double, into luma: inout [UInt8]) {
        let second = Int(seconds)
        for (place, digit) in [second / 600 % 6, second / 60 % 10, second / 10 % 6, second % 10].enumerated() {
            let left = 12 + place * 12
            draw(PixelRect(x: left, y: 8, width: 10, height: 18), on: &luma) { _, _ in 20 }
            for segment in segments[digit] {
                let stroke = strokes[segment]
                draw(PixelRect(x: left + stroke.x, y: 8 + stroke.y, width: stroke.width, height: stroke.height), on: &luma) { _, _ in 235 }
            }
        }
    }
}
