import Foundation
import FrameCore

/// How much sun reaches each part of the picture at a moment: clouds that drift over, leaves that sway.
///
/// Kept at half the picture's size; shadows of solid things are in the plate.
struct SunDapple: Sendable {
    private struct Leafy: Sendable {
        var block: Int32
        var u: Float
        var v: Float
    }

    let size: PixelSize
    private let columns: Int
    private let rows: Int
    private let coarse = 16
    private let coarsePlaces: [Vector]
    private let leafy: [Leafy]
    private let wave: [Float]
    private(set) var light: [Float]

    init(plate: Plate, sunMap: SunMap) {
        size = plate.size
        columns = (size.width + 1) / 2
        rows = (size.height + 1) / 2
        light = [Float](repeating: 1, count: columns * rows)
        wave = (0..<1024).map { sin(Float($0) / 1024 * 2 * .pi) }
        var leafy: [Leafy] = []
        for row in 0..<rows {
            for column in 0..<columns {
                let index = min(row * 2, size.height - 1) * size.width + min(column * 2, size.width - 1)
                guard plate.leafShare[index] < 0.5, plate.sun.green[index] > 0, sunMap.isUnderLeaves(plate.place[index]) else { continue }
                let (u, v) = sunMap.cell(plate.place[index])
                leafy.append(Leafy(block: Int32(row * columns + column), u: u, v: v))
            }
        }
        self.leafy = leafy
        var places: [Vector] = []
        for row in 0...(rows / coarse + 1) {
            for column in 0...(columns / coarse + 1) {
                places.append(plate.place[min(size.height - 1, row * coarse * 2) * size.width + min(size.width - 1, column * coarse * 2)])
            }
        }
        coarsePlaces = places
    }

    mutating func update(course: LightCourse, sunMap: SunMap, time: Float) {
        let across = columns / coarse + 2
        let field = coarsePlaces.map { course.sunThrough(x: clamp($0.x, -60, 120), z: $0.z, time: time) }
        for row in 0..<rows {
            let partY = Float(row % coarse) / Float(coarse)
            let top = row / coarse * across
            for column in 0..<columns {
                let left = top + column / coarse
                let partX = Float(column % coarse) / Float(coarse)
                light[row * columns + column] = mix(
                    mix(field[left], field[left + 1], partX), mix(field[left + across], field[left + across + 1], partX), partY)
            }
        }
        // A breeze that comes and goes, of about ten centimetres at the twigs.
        let gust = 0.6 + 1.1 * ValueNoise.value(time * 0.23, 4, 8)
        let slow = Int(time * 210)
        let fast = Int(time * 460)
        for place in leafy {
            let phase = Int(place.u * 5 + place.v * 3)
            let swayU = wave[(slow &+ phase) & 1023] * 1.6 + wave[(fast &- phase &* 3) & 1023] * 0.7
            let swayV = wave[(slow &+ phase &* 2 &+ 300) & 1023] * 1.2
            light[Int(place.block)] *= sunMap.leafLight(u: place.u + swayU * gust, v: place.v + swayV * gust)
        }
    }

    /// The value for a pixel.
    @inline(__always) func at(column: Int, row: Int) -> Float { light[(row >> 1) * columns + (column >> 1)] }

    /// Adds the sun's layer, weighed by this light, to a picture.
    func apply(_ layer: [Float], weight: Float, to picture: inout [Float]) {
        let light = light.span
        let layer = layer.span
        var picture = picture.mutableSpan
        for row in 0..<size.height {
            let start = row * size.width
            let half = (row >> 1) * columns
            for column in 0..<(size.width / 2) {
                let here = light[half &+ column] * weight
                let left = start &+ column &* 2
                picture[left] += layer[left] * here
                picture[left &+ 1] += layer[left &+ 1] * here
            }
        }
    }
}
