import Foundation
import FrameCore
import SceneAnalysis
import Testing
import Yams

@Suite("Burnt-in text finds itself")
struct ViewOverlayTests {
    private static let settings: AnalysisSettings = {
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Models/scene.yaml")
        do {
            return try YAMLDecoder().decode(AnalysisSettings.self, from: String(contentsOf: path, encoding: .utf8))
        } catch {
            fatalError("\(path.path): \(error)")
        }
    }()

    private func analyzer() -> SceneAnalyzer {
        SceneAnalyzer(settings: Self.settings, warmUp: .seconds(5), stillAfter: .seconds(5))
    }

    @Test("a clock is masked within a minute, with its digits and little else", arguments: [0.5, 1.0])
    func clock(every: Double) throws {
        var view = DrawnView()
        var analyzer = analyzer()
        for seconds in stride(from: 0, to: 60, by: every) {
            var picture = view.picture(at: seconds)
            DrawnView.burnClock(seconds, into: &picture.luma)
            _ = analyzer.analyze(picture.frame(at: seconds))
        }
        let stages = try #require(analyzer.stages)
        let width = stages.size.width
        // The last two digits, in cells: 36…58 pixels from the left, 8…26 from the top.
        for y in 5..<12 {
            for x in 19..<28 { #expect(stages.overlay[y * width + x] == 1, "\(x), \(y)") }
        }
        let marked = stages.overlay.reduce(0) { $0 + Int($1) }
        #expect(Double(marked) < 0.04 * Double(stages.overlay.count))
        let isOnlyThere = stages.overlay.indices.allSatisfy { stages.overlay[$0] == 0 || $0 / width < 18 }
        #expect(isOnlyThere)
    }

    @Test("people who walk along the upper edge, a lamp that blinks there and a street without text are not masked")
    func noText() throws {
        var view = DrawnView()
        var analyzer = analyzer()
        for seconds in stride(from: 0, to: 90, by: 0.5) {
            var picture = view.picture(at: seconds)
            let left = Int(seconds * 45) % 390
            DrawnView.draw(PixelRect(x: left, y: 4, width: 14, height: 32), on: &picture.luma) { x, y in (x / 4 + y / 8) % 2 == 0 ? 25 : 200
            }
            let isOn = Int(seconds) % 2 == 0
            DrawnView.draw(PixelRect(x: 300, y: 20, width: 10, height: 10), on: &picture.luma) { _, _ in isOn ? 240 : 60 }
            _ = analyzer.analyze(picture.frame(at: seconds))
        }
        #expect(try #require(analyzer.stages).overlay.allSatisfy { $0 == 0 })
    }

    @Test("a clock that runs over a frozen picture does not hide that it is frozen")
    func frozenUnderClock() {
        var view = DrawnView()
        var analyzer = analyzer()
        var kept: DrawnView.Picture?
        var named: [Double] = []
        for seconds in stride(from: 0, to: 75, by: 0.5) {
            var picture = view.picture(at: seconds)
            if seconds >= 60 {
                picture = kept ?? picture
                kept = picture
            }
            DrawnView.burnClock(seconds, into: &picture.luma)
            let seen = analyzer.analyze(picture.frame(at: seconds))
            if seen.view == .fault(.frozen) { named.append(seconds) }
        }
        #expect(named.first.map { $0 >= 60 && $0 <= 63 } == true)
        #expect(named.count >= 24)
    }
}
