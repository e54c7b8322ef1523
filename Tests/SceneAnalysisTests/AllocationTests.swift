import CBench
import Foundation
import FrameCore
import SceneAnalysis
import Synchronization
import Testing
import Yams

@Suite("An ordinary frame allocates nothing")
struct AllocationTests {
    /// Heap allocations of each stage, added up while `isCounting`.
    private final class StageCount: Sendable {
        private struct Sums {
            var last: UInt64 = 0
            var isCounting = false
            var stages = [UInt64](repeating: 0, count: AnalysisStage.allCases.count)
        }

        private let sums = Mutex(Sums())

        func begin(isCounting: Bool) {
            sums.withLock {
                $0.isCounting = isCounting
                $0.last = cbench_allocations()
            }
        }

        func end(_ stage: AnalysisStage) {
            sums.withLock { sums in
                let now = cbench_allocations()
                for (index, other) in AnalysisStage.allCases.enumerated() where other == stage && sums.isCounting {
                    sums.stages[index] += now - sums.last
                }
                sums.last = cbench_allocations()
            }
        }

        func allocations(in stage: AnalysisStage) -> UInt64 {
            sums.withLock { sums in zip(AnalysisStage.allCases, sums.stages).first { $0.0 == stage }?.1 ?? 0 }
        }
    }

    private static func settings() throws -> AnalysisSettings {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        return try YAMLDecoder().decode(
            AnalysisSettings.self, from: String(contentsOf: project.appendingPathComponent("Models/scene.yaml"), encoding: .utf8))
    }

    /// A street of paving stones with noise, a walker, and a cloud that passes.
    private static func frame(_ index: Int, size: PixelSize, noise: inout UInt64) -> Frame {
        var frame = Frame(size: size, time: FrameTime(seconds: Double(index) / 2))
        let light = 100 + 10 * abs(index % 40 - 20) / 20
        let walker = PixelRect(x: index * 9 % size.width, y: size.height / 3, width: 12, height: 40)
        for y in 0..<size.height {
            for x in 0..<size.width {
                noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let stone = (x / 8 * 7 + y / 8 * 13) % 11 * 8 + (x % 8 == 0 || y % 8 == 0 ? 40 : 80)
                let isWalker = x >= walker.x && x < walker.maxX && y >= walker.y && y < walker.maxY
                frame.luma[x, y] = UInt8(min(255, (isWalker ? 20 : stone * light / 100) + Int(noise >> 62)))
            }
        }
        return frame
    }

    @Test("from the shaken picture to the regions, at full and at small size", arguments: [(480, 360), (321, 181), (417, 235)])
    func ordinaryFrames(width: Int, height: Int) throws {
        var analyzer = SceneAnalyzer(settings: try Self.settings(), warmUp: .seconds(5), stillAfter: .seconds(10))
        let count = StageCount()
        analyzer.stageProbe = { count.end($0) }
        var noise: UInt64 = 1
        var regions = 0
        for index in 0..<60 {
            let frame = Self.frame(index, size: PixelSize(width: width, height: height), noise: &noise)
            count.begin(isCounting: index >= 24)
            regions += analyzer.analyze(frame).regions.count
        }
        #expect(regions == 0)
        for stage in [AnalysisStage.picture, .light, .memory, .regions] {
            #expect(count.allocations(in: stage) == 0, "\(stage)")
        }
    }

    @Test("what is allocated is counted")
    func counter() {
        let before = cbench_allocations()
        let texts = (0..<10).map { String(repeating: "x", count: 100 + $0) }
        #expect(cbench_allocations() >= before + 10)
        #expect(texts.count == 10)
    }
}
