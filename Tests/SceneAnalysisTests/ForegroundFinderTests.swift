import Foundation
import FrameCore
import SceneAnalysis
import Testing
import Yams

@Suite("The foreground mask")
struct ForegroundFinderTests {
    private static let settings: AnalysisSettings = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        do {
            let text = try String(contentsOf: root.appendingPathComponent("Models/scene.yaml"), encoding: .utf8)
            return try YAMLDecoder().decode(AnalysisSettings.self, from: text)
        } catch {
            fatalError("Models/scene.yaml: \(error)")
        }
    }()

    private let size = PixelSize(width: 320, height: 240)
    private let thing = PixelRect(x: 120, y: 90, width: 60, height: 50)

    /// Blocks of their own brightness, moved by `shake`, times `light`; the thing is a frame with a street-coloured middle.
    private func frame(_ number: Int, shake: (x: Int, y: Int) = (0, 0), light: Double = 1, hasThing: Bool = false) -> Frame {
        var frame = Frame(size: size, time: FrameTime(seconds: Double(number) / 5))
        for y in 0..<size.height {
            for x in 0..<size.width {
                let streetX = x - shake.x + 64
                let streetY = y - shake.y + 64
                var block = UInt32(streetX / 10 &* 131 &+ streetY / 10) &* 2_654_435_761
                block ^= block >> 15
                var level = Double(70 + block % 90)
                let isInside = streetX - 64 >= thing.x && streetX - 64 < thing.maxX && streetY - 64 >= thing.y && streetY - 64 < thing.maxY
                let rim = min(streetX - 64 - thing.x, thing.maxX - 1 - streetX + 64, streetY - 64 - thing.y, thing.maxY - 1 - streetY + 64)
                if hasThing, isInside, rim < 10 { level = 225 }
                frame.luma[x, y] = UInt8(min(255, level * light + Double((x &* 7 &+ y &* 13 &+ number &* 5) % 3)))
            }
        }
        return frame
    }

    private func mask(of last: Frame) -> Plane? {
        var analyzer = SceneAnalyzer(settings: Self.settings, warmUp: .seconds(3), stillAfter: .seconds(20))
        var finder = ForegroundFinder(settings: Self.settings)
        let first = frame(0)
        _ = analyzer.analyze(first)
        #expect(finder.mask(of: first, by: analyzer) == nil)
        for number in 1..<30 { _ = analyzer.analyze(frame(number)) }
        _ = analyzer.analyze(last)
        return finder.mask(of: last, by: analyzer)
    }

    private func agreement(_ mask: Plane?, with box: PixelRect?) throws -> Double {
        let mask = try #require(mask)
        var shared = 0
        var all = 0
        for y in 0..<size.height {
            for x in 0..<size.width {
                let isThing = box.map { x >= $0.x && x < $0.maxX && y >= $0.y && y < $0.maxY } ?? false
                let isMarked = mask[x, y] != 0
                if isThing || isMarked { all += 1 }
                if isThing && isMarked { shared += 1 }
            }
        }
        return all > 0 ? Double(shared) / Double(all) : 1
    }

    @Test("an empty street has none")
    func empty() throws {
        #expect(try agreement(mask(of: frame(30)), with: nil) == 1)
    }

    @Test("a thing is marked whole, also where its middle looks like the street")
    func whole() throws {
        let part = try agreement(mask(of: frame(30, hasThing: true)), with: thing)
        #expect(part > 0.95)
    }

    @Test("in a shaken picture it is marked where it shows, and the street's edges are not")
    func shaken() throws {
        let place = PixelRect(x: thing.x + 13, y: thing.y - 9, width: thing.width, height: thing.height)
        let part = try agreement(mask(of: frame(30, shake: (13, -9), hasThing: true)), with: place)
        #expect(part > 0.9)
    }

    @Test("darker light is no foreground, and hides none")
    func light() throws {
        #expect(try agreement(mask(of: frame(30, light: 0.7)), with: nil) == 1)
        let part = try agreement(mask(of: frame(30, light: 0.7, hasThing: true)), with: thing)
        #expect(part > 0.9)
    }
}
