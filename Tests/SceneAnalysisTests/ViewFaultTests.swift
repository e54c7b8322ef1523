import Foundation
import FrameCore
import SceneAnalysis
import Testing
import Yams

@Suite("What is wrong with a view is named, and only that")
struct ViewFaultTests {
    private static let settings: AnalysisSettings = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Models/scene.yaml")
        do {
            return try YAMLDecoder().decode(AnalysisSettings.self, from: String(contentsOf: path, encoding: .utf8))
        } catch {
            fatalError("\(path.path): \(error)")
        }
    }()

    private static let width = DrawnView.size.width
    private static let height = DrawnView.size.height
    /// The disturbance lasts from here to there, seconds.
    private static let from = 20.0
    private static let to = 28.0

    /// The faults named at each time, `every` seconds; `change` is done to the pictures from `from` to `to`.
    private func run(
        every: Double = 0.5, until: Double = 36, hasWalkers: Bool = true,
        _ change: (inout DrawnView.Picture, inout DrawnView) -> Void
    ) -> [(seconds: Double, fault: ViewFault?)] {
        var view = DrawnView()
        var analyzer = SceneAnalyzer(settings: Self.settings, warmUp: .seconds(5), stillAfter: .seconds(5))
        return stride(from: 0, to: until, by: every).map { seconds in
            var picture = view.picture(at: seconds, hasWalkers: hasWalkers)
            if seconds >= Self.from && seconds < Self.to { change(&picture, &view) }
            let seen = analyzer.analyze(picture.frame(at: seconds))
            if case .fault(let fault) = seen.view { return (seconds, fault) }
            return (seconds, nil)
        }
    }

    enum Disturbance: String, CaseIterable, CustomTestStringConvertible {
        case darkness, dark, dazzle, snow, noise, blueScreen, bars, lettersOnBlack, cover, halfCover, blur, turn, zoom, tint

        var testDescription: String { rawValue }

        var fault: ViewFault {
            switch self {
            case .darkness, .dark: .black
            case .dazzle, .cover, .halfCover: .blocked
            case .snow, .noise: .noisy
            case .blueScreen, .bars, .lettersOnBlack: .signalLost
            case .blur: .defocused
            case .turn, .zoom: .shifted
            case .tint: .colourCast
            }
        }

        func apply(_ picture: inout DrawnView.Picture, _ view: inout DrawnView) {
            switch self {
            case .darkness: picture.fill(luma: 16)
            case .dark:
                picture.map { 16 + ($0 - 16) / 32 }
                view.addNoise(1.5, to: &picture.luma)
            case .dazzle: picture.map { 222 + $0 / 20 }
            case .snow: for index in picture.luma.indices { picture.luma[index] = UInt8(view.random() % 220 + 16) }
            case .noise: view.addNoise(16, to: &picture.luma)
            case .blueScreen: picture.fill(luma: 41, cb: 240, cr: 110)
            case .bars: picture.drawBars()
            case .lettersOnBlack:
                picture.fill(luma: 16)
                DrawnView.draw(PixelRect(x: 150, y: 100, width: 96, height: 32), on: &picture.luma) { x, y in
                    (x / 5 + y / 7) % 3 == 0 ? 235 : 16
                }
            case .cover:
                for index in picture.luma.indices { picture.luma[index] = UInt8(45 + index % ViewFaultTests.width / 16) }
                view.addNoise(2, to: &picture.luma)
            case .halfCover:
                let half = PixelRect(x: 0, y: 0, width: ViewFaultTests.width / 2, height: ViewFaultTests.height)
                DrawnView.draw(half, on: &picture.luma) { x, y in UInt8(60 + x / 12 + y / 30) }
            case .blur: picture.blur(reach: 5)
            case .turn: picture.move { x, y in (min(x + 60, ViewFaultTests.width - 1), min(y + 25, ViewFaultTests.height - 1)) }
            case .zoom: picture.move { x, y in (52 + x * 3 / 4, 30 + y * 3 / 4) }
            case .tint:
                picture.cb = picture.cb.map { $0 - 25 }
                picture.cr = picture.cr.map { $0 + 15 }
            }
        }
    }

    @Test("a fault comes within three seconds, has its name while it lasts, and goes", arguments: Disturbance.allCases, [0.5, 2.0])
    func named(disturbance: Disturbance, every: Double) {
        let seen = run(every: every) { disturbance.apply(&$0, &$1) }
        let named = seen.filter { $0.fault != nil }
        #expect(Set(named.map(\.fault)) == [disturbance.fault])
        #expect(named.allSatisfy { $0.seconds >= Self.from && $0.seconds < Self.to + 3 })
        let during = seen.filter { $0.seconds >= Self.from + 3 && $0.seconds < Self.to }
        #expect(during.allSatisfy { $0.fault == disturbance.fault })
    }

    enum Weather: String, CaseIterable, CustomTestStringConvertible {
        case none, dusk, sun, lamp, infrared, lorry, whiteVan, rain, grain, warmLight

        var testDescription: String { rawValue }

        func apply(_ picture: inout DrawnView.Picture, _ view: inout DrawnView) {
            switch self {
            case .none: break
            case .dusk: picture.map { 16 + ($0 - 16) / 2 }
            case .sun: picture.map { min(16 + ($0 - 16) * 2, 255) }
            case .lamp:
                for y in 0..<ViewFaultTests.height {
                    for x in 0..<ViewFaultTests.width / 2 {
                        let index = y * ViewFaultTests.width + x
                        picture.luma[index] = UInt8(min(Int(picture.luma[index]) * 9 / 5, 255))
                    }
                }
            case .infrared:
                picture.map { 40 + $0 * 3 / 5 }
                picture.cb = picture.cb.map { _ in 128 }
                picture.cr = picture.cr.map { _ in 128 }
                view.addNoise(4, to: &picture.luma)
            case .lorry:
                DrawnView.draw(PixelRect(x: 100, y: 60, width: 220, height: 150), on: &picture.luma) { x, y in
                    x % 50 < 4 || y % 40 < 4 ? 50 : UInt8(150 + x / 10)
                }
            case .whiteVan:
                DrawnView.draw(PixelRect(x: 150, y: 80, width: 150, height: 120), on: &picture.luma) { _, _ in 215 }
            case .rain:
                for _ in 0..<400 {
                    let x = view.random() % ViewFaultTests.width, y = view.random() % (ViewFaultTests.height - 14)
                    DrawnView.draw(PixelRect(x: x, y: y, width: 1, height: 14), on: &picture.luma) { _, _ in 200 }
                }
            case .grain: view.addNoise(5, to: &picture.luma)
            case .warmLight:
                picture.cb = picture.cb.map { $0 - 5 }
                picture.cr = picture.cr.map { $0 + 4 }
            }
        }
    }

    @Test("weather, light, an infrared switch and vehicles are no faults", arguments: Weather.allCases, [0.5, 2.0])
    func healthy(weather: Weather, every: Double) {
        #expect(run(every: every) { weather.apply(&$0, &$1) }.allSatisfy { $0.fault == nil })
    }

    @Test("one damaged picture names nothing")
    func damagedPicture() {
        var isFirst = true
        let seen = run { picture, _ in
            if isFirst { picture.move { x, y in (x, max(0, min(y + x / 3 - 60, Self.height - 1))) } }
            isFirst = false
        }
        #expect(!isFirst)
        #expect(seen.allSatisfy { $0.fault == nil })
    }

    @Test("a picture that stops while people walk is frozen, two seconds later", arguments: [0.5, 2.0])
    func frozen(every: Double) {
        var kept: DrawnView.Picture?
        let seen = run(every: every) { picture, _ in
            picture = kept ?? picture
            kept = picture
        }
        let named = seen.filter { $0.fault != nil }
        #expect(named.allSatisfy { $0.fault == .frozen && $0.seconds >= Self.from && $0.seconds <= Self.to })
        #expect(seen.filter { $0.seconds >= Self.from + 3 && $0.seconds < Self.to }.allSatisfy { $0.fault == .frozen })
    }

    @Test("an empty street is not frozen, be it calm for ever", arguments: [0.5, 2.0])
    func emptyStreet(every: Double) {
        #expect(run(every: every, until: 90, hasWalkers: false) { _, _ in }.allSatisfy { $0.fault == nil })
    }

    @Test("a lamp that is switched in an empty street does not freeze it")
    func lampInEmptyStreet() {
        let seen = run(hasWalkers: false) { picture, _ in picture.map { 16 + ($0 - 16) * 2 / 3 } }
        #expect(seen.allSatisfy { $0.fault == nil })
    }
}

extension DrawnView.Picture {
    fileprivate mutating func fill(luma level: UInt8, cb blue: UInt8 = 128, cr red: UInt8 = 128) {
        luma = luma.map { _ in level }
        cb = cb.map { _ in blue }
        cr = cr.map { _ in red }
    }

    fileprivate mutating func map(_ change: (Int) -> Int) {
        let table = (0..<256).map { UInt8(min(max(change($0), 0), 255)) }
        for index in luma.indices { luma[index] = table[Int(luma[index])] }
    }

    /// Shows at (x, y) what was where `source` says.
    fileprivate mutating func move(_ source: (Int, Int) -> (Int, Int)) {
        let old = luma
        let width = DrawnView.size.width
        for y in 0..<DrawnView.size.height {
            for x in 0..<width {
                let (fromX, fromY) = source(x, y)
                luma[y * width + x] = old[fromY * width + fromX]
            }
        }
    }

    /// Twice the mean over a cross of this reach, which comes near to a Gaussian.
    fileprivate mutating func blur(reach: Int) {
        let width = DrawnView.size.width, height = DrawnView.size.height
        for _ in 0..<2 {
            for isAcross in [true, false] {
                let old = luma
                for y in 0..<height {
                    for x in 0..<width {
                        var sum = 0
                        for step in -reach...reach {
                            let fromX = isAcross ? min(max(x + step, 0), width - 1) : x
                            let fromY = isAcross ? y : min(max(y + step, 0), height - 1)
                            sum += Int(old[fromY * width + fromX])
                        }
                        luma[y * width + x] = UInt8(sum / (2 * reach + 1))
                    }
                }
            }
        }
    }

    fileprivate mutating func drawBars() {
        let bars: [(UInt8, UInt8, UInt8)] = [
            (180, 128, 128), (162, 44, 142), (131, 156, 44), (112, 72, 58), (84, 184, 198), (65, 100, 212), (35, 212, 114), (16, 128, 128),
        ]
        let width = DrawnView.size.width
        for index in luma.indices { luma[index] = bars[index % width * 8 / width].0 }
        for index in cb.indices {
            let bar = bars[index % (width / 2) * 16 / width]
            cb[index] = bar.1
            cr[index] = bar.2
        }
    }
}
