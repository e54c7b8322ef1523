import Foundation
import FrameCore

/// Lets the seen leaves move a pixel or so in the wind by sampling the picture beside them.
struct LeafSway: Sendable {
    private struct Spot: Sendable {
        var index: Int32
        var reach: Float
        var phase: Int32
    }

    private let spots: [Spot]
    private let wave: [Float]
    private let width: Int
    private var before: [Float] = []

    init(plate: Plate) {
        width = plate.size.width
        wave = (0..<1024).map { sin(Float($0) / 1024 * 2 * .pi) }
        let size = plate.size
        var spots: [Spot] = []
        for row in 4..<max(4, size.height - 4) {
            for column in 4..<max(4, size.width - 4) {
                let index = row * size.width + column
                var share = plate.leafShare[index]
                for step in [-3, 3] { share += plate.leafShare[index + step] + plate.leafShare[index + step * size.width] }
                guard share > 0.4 else { continue }
                let metre = 700 / max(4, plate.depth[index])
                spots.append(
                    Spot(
                        index: Int32(index), reach: min(2.4, share / 5 * metre * 0.03),
                        phase: Int32(truncatingIfNeeded: column * 5 + row * 3)))
            }
        }
        self.spots = spots
    }

    mutating func apply(to picture: inout LightLayer, time: Float) {
        guard !spots.isEmpty else { return }
        Self.shift(&picture.red, spots, wave, width, time, &before)
        Self.shift(&picture.green, spots, wave, width, time, &before)
        Self.shift(&picture.blue, spots, wave, width, time, &before)
    }

    private static func shift(
        _ plane: inout [Float], _ spots: [Spot], _ wave: [Float], _ width: Int, _ time: Float, _ before: inout [Float]
    ) {
        before = plane
        let gust = 0.5 + 1.1 * ValueNoise.value(time * 0.23, 4, 8)
        let slow = Int32(time * 210)
        let fast = Int32(time * 520)
        for spot in spots {
            let sideways = (wave[Int(slow &+ spot.phase) & 1023] + 0.5 * wave[Int(fast &- spot.phase &* 3) & 1023]) * spot.reach * gust
            let upwards = wave[Int(fast &+ spot.phase &* 2) & 1023] * spot.reach * gust * 0.5
            let stepX = floorIndex(sideways)
            let stepY = floorIndex(upwards)
            let partX = sideways - Float(stepX)
            let partY = upwards - Float(stepY)
            let from = Int(spot.index) + stepY * width + stepX
            plane[Int(spot.index)] = mix(
                mix(before[from], before[from + 1], partX), mix(before[from + width], before[from + width + 1], partX), partY)
        }
    }
}
