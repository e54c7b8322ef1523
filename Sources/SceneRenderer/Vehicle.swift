import Foundation

/// A car, taxi or van, pointing along x, its middle at the origin on the ground.
struct Vehicle: Sendable {
    enum Kind: Sendable { case saloon, hatchback, van }

    var kind: Kind
    var tint: Vector
    var lightsOn = false

    static let wheelRadius: Float = 0.32

    var halfLength: Float { kind == .van ? 2.35 : (kind == .saloon ? 2.3 : 1.95) }
    var halfWidth: Float { kind == .van ? 0.88 : 0.87 }

    static func random(_ generator: inout Generator) -> Vehicle {
        let tints: [Vector] = [
            Vector.grey(0.6), Vector.grey(0.55), Vector.grey(0.02), Vector.grey(0.02), Vector.grey(0.28), Vector(0.3, 0.03, 0.03),
            Vector(0.04, 0.08, 0.2), Vector(0.12, 0.35, 0.3), Vector(0.4, 0.38, 0.35), Vector(0.22, 0.2, 0.17),
        ]
        let roll = generator.unit()
        return Vehicle(kind: roll < 0.5 ? .saloon : (roll < 0.8 ? .hatchback : .van), tint: generator.pick(tints))
    }

    /// One cut across the body: place along x; floor, belt line and top; half widths at belt and top.
    private struct Station {
        var x: Float
        var floor: Float
        var belt: Float
        var top: Float
        var wide: Float
        var topWide: Float
    }

    private var stations: [Station] {
        switch kind {
        case .saloon:
            [
                Station(x: 2.28, floor: 0.32, belt: 0.56, top: 0.6, wide: 0.66, topWide: 0.5),
                Station(x: 2.12, floor: 0.24, belt: 0.7, top: 0.74, wide: 0.82, topWide: 0.66),
                Station(x: 1.3, floor: 0.22, belt: 0.84, top: 0.92, wide: 0.87, topWide: 0.72),
                Station(x: 0.82, floor: 0.22, belt: 0.88, top: 0.98, wide: 0.87, topWide: 0.74),
                Station(x: 0.0, floor: 0.22, belt: 0.91, top: 1.4, wide: 0.87, topWide: 0.6),
                Station(x: -0.5, floor: 0.22, belt: 0.93, top: 1.45, wide: 0.87, topWide: 0.6),
                Station(x: -1.0, floor: 0.22, belt: 0.95, top: 1.41, wide: 0.87, topWide: 0.59),
                Station(x: -1.68, floor: 0.24, belt: 0.96, top: 1.06, wide: 0.86, topWide: 0.68),
                Station(x: -2.15, floor: 0.3, belt: 0.92, top: 1.0, wide: 0.82, topWide: 0.66),
                Station(x: -2.28, floor: 0.38, belt: 0.66, top: 0.72, wide: 0.74, topWide: 0.6),
            ]
        case .hatchback:
            [
                Station(x: 1.95, floor: 0.32, belt: 0.6, top: 0.64, wide: 0.66, topWide: 0.5),
                Station(x: 1.8, floor: 0.24, belt: 0.76, top: 0.82, wide: 0.82, topWide: 0.66),
                Station(x: 1.15, floor: 0.22, belt: 0.9, top: 1.0, wide: 0.86, topWide: 0.72),
                Station(x: 0.8, floor: 0.22, belt: 0.93, top: 1.06, wide: 0.86, topWide: 0.72),
                Station(x: 0.1, floor: 0.22, belt: 0.96, top: 1.5, wide: 0.86, topWide: 0.62),
                Station(x: -0.6, floor: 0.22, belt: 0.98, top: 1.56, wide: 0.86, topWide: 0.62),
                Station(x: -1.35, floor: 0.24, belt: 1.0, top: 1.5, wide: 0.85, topWide: 0.6),
                Station(x: -1.82, floor: 0.28, belt: 0.98, top: 1.06, wide: 0.82, topWide: 0.66),
                Station(x: -1.95, floor: 0.38, belt: 0.7, top: 0.74, wide: 0.74, topWide: 0.6),
            ]
        case .van:
            [
                Station(x: 2.35, floor: 0.32, belt: 0.66, top: 0.72, wide: 0.74, topWide: 0.62),
                Station(x: 2.2, floor: 0.26, belt: 0.92, top: 1.02, wide: 0.84, topWide: 0.7),
                Station(x: 1.85, floor: 0.24, belt: 1.0, top: 1.16, wide: 0.87, topWide: 0.74),
                Station(x: 1.15, floor: 0.24, belt: 1.05, top: 1.78, wide: 0.88, topWide: 0.7),
                Station(x: 0.4, floor: 0.24, belt: 1.07, top: 1.88, wide: 0.88, topWide: 0.71),
                Station(x: -0.8, floor: 0.24, belt: 1.07, top: 1.9, wide: 0.88, topWide: 0.71),
                Station(x: -2.1, floor: 0.26, belt: 1.05, top: 1.86, wide: 0.87, topWide: 0.7),
                Station(x: -2.32, floor: 0.3, belt: 1.0, top: 1.55, wide: 0.84, topWide: 0.7),
                Station(x: -2.35, floor: 0.4, belt: 0.8, top: 0.9, wide: 0.78, topWide: 0.66),
            ]
        }
    }

    func build(into mesh: inout Mesh, rollRadians: Float, braking: Bool) {
        let stations = stations
        shell(into: &mesh, stations)
        let axle = kind == .van ? Float(1.45) : (kind == .saloon ? 1.38 : 1.22)
        for x in [axle, -axle] {
            for side: Float in [-1, 1] {
                // The dark of the wheel house, then the wheel.
                let centre = Vector(x, Self.wheelRadius, side * (halfWidth - 0.1))
                mesh.ball(
                    centre: centre + Vector(0, 0.03, side * 0.03), axes: (Vector(0.4, 0, 0), Vector(0, 0.4, 0), Vector(0, 0, 0.1)),
                    colour: Vector.grey(0.008), rings: 6, sides: 10)
                Scooter.wheel(
                    into: &mesh, centre: centre + Vector(0, 0, side * 0.05), radius: Self.wheelRadius, width: 0.2, roll: rollRadians)
            }
        }
        let nose = stations[1]
        let tail = stations[stations.count - 2]
        for side: Float in [-1, 1] {
            let lamp = lightsOn ? Vector(9, 8.4, 7) : Vector.grey(0.55)
            mesh.box(
                Vector(nose.x - 0.12, nose.belt - 0.14, side * 0.6 - 0.17), Vector(nose.x + 0.07, nose.belt - 0.01, side * 0.6 + 0.17),
                colour: lamp)
            let glow: Float = braking ? 2.2 : (lightsOn ? 0.9 : 0.22)
            mesh.box(
                Vector(tail.x - 0.08, tail.belt - 0.2, side * 0.66 - 0.14), Vector(tail.x + 0.1, tail.belt - 0.02, side * 0.66 + 0.14),
                colour: Vector(glow, 0.03 * glow, 0.02 * glow))
            mesh.box(
                Vector(stations[3].x - 0.35, 0.96, side * halfWidth + side * 0.02 - 0.09),
                Vector(stations[3].x - 0.15, 1.1, side * halfWidth + side * 0.02 + 0.09), colour: tint * 0.8)
        }
        let plate = kind == .hatchback ? Vector(0.12, 0.42, 0.22) : Vector(0.02, 0.06, 0.35)
        mesh.box(Vector(stations[0].x - 0.05, 0.4, -0.22), Vector(stations[0].x + 0.015, 0.53, 0.22), colour: plate)
        mesh.box(Vector(-halfLength - 0.015, 0.52, -0.22), Vector(-halfLength + 0.05, 0.65, 0.22), colour: plate)
        mesh.box(Vector(stations[0].x - 0.03, 0.36, -0.55), Vector(stations[0].x + 0.008, 0.6, 0.55), colour: Vector.grey(0.02))
    }

    /// The outline of a cut, from one sill over the roof to the other: half of it, mirrored.
    private func outline(_ station: Station) -> [Vector] {
        let waist = (station.floor + station.belt) / 2
        let half: [(Float, Float)] = [
            (station.wide * 0.9, station.floor), (station.wide * 0.985, station.floor + 0.1), (station.wide, waist),
            (station.wide * 0.965, station.belt),
            (station.topWide + 0.04, station.top - 0.07), (station.topWide * 0.86, station.top - 0.01), (0, station.top + 0.02),
        ]
        return half.map { Vector(station.x, $0.1, $0.0) } + half.dropLast().reversed().map { Vector(station.x, $0.1, -$0.0) }
    }

    private func shell(into mesh: inout Mesh, _ stations: [Station]) {
        let cuts = stations.map(outline)
        let points = cuts[0].count
        var normals = [[Vector]](repeating: [Vector](repeating: .zero, count: points), count: cuts.count)
        for cut in 0..<(cuts.count - 1) {
            for point in 0..<(points - 1) {
                let normal = (cuts[cut + 1][point + 1] - cuts[cut][point]).cross(cuts[cut + 1][point] - cuts[cut][point + 1])
                for (a, b) in [(cut, point), (cut + 1, point), (cut, point + 1), (cut + 1, point + 1)] { normals[a][b] += normal }
            }
        }
        let centre = Vector(0, 0.7, 0)
        for cut in 0..<cuts.count {
            for point in 0..<points {
                let outward = cuts[cut][point] - centre
                if normals[cut][point].dot(Vector(outward.x * 0.3, outward.y, outward.z)) < 0 { normals[cut][point] = -normals[cut][point] }
                normals[cut][point] = normals[cut][point].normalised
            }
        }
        let glass = Vector(0.012, 0.015, 0.017)
        for cut in 0..<(cuts.count - 1) {
            let here = stations[cut]
            let next = stations[cut + 1]
            let isCabin = max(here.top - here.belt, next.top - next.belt) > 0.3
            let rises = abs(here.top - next.top) > 0.2
            for point in 0..<(points - 1) {
                let isSide = point == 3 || point == points - 5
                let isTop = point >= 4 && point <= points - 6
                let isGlass = isCabin && ((isSide && !(kind == .van && here.x < 0)) || (isTop && rises))
                let colour = isGlass ? glass : (point == 0 || point == points - 2 ? Vector.grey(0.03) : tint)
                mesh.gloss = isGlass ? 0.16 : 0.08
                quad(into: &mesh, cuts, normals, cut, point, colour)
            }
        }
        mesh.gloss = 0
        for (end, forward) in [(0, Float(1)), (cuts.count - 1, Float(-1))] {
            let middle = mesh.corner(Vector(stations[end].x, 0.5, 0), Vector(forward, 0, 0), tint * 0.9)
            for point in 0..<(points - 1) {
                let a = mesh.corner(cuts[end][point], Vector(forward, 0, 0), tint * 0.9)
                let b = mesh.corner(cuts[end][point + 1], Vector(forward, 0, 0), tint * 0.9)
                mesh.triangle(middle, a, b)
            }
        }
    }

    /// Each face is cut in three along, so that mirrored sky runs smoothly and pillars stay thin.
    private func quad(into mesh: inout Mesh, _ cuts: [[Vector]], _ normals: [[Vector]], _ cut: Int, _ point: Int, _ colour: Vector) {
        let isWindow = colour.x < 0.013
        let steps: [Float] = isWindow ? [0, 0.07, 0.93, 1] : [0, 0.5, 1]
        for step in 0..<(steps.count - 1) {
            let from = steps[step]
            let to = steps[step + 1]
            let shade = isWindow && (step == 0 || step == steps.count - 2) ? tint * 0.6 : colour
            var corners: [Int32] = []
            for (part, side) in [(from, 0), (to, 0), (to, 1), (from, 1)] {
                corners.append(
                    mesh.corner(
                        mix(cuts[cut][point + side], cuts[cut + 1][point + side], part),
                        mix(normals[cut][point + side], normals[cut + 1][point + side], part).normalised, shade))
            }
            mesh.triangle(corners[0], corners[1], corners[2])
            mesh.triangle(corners[0], corners[2], corners[3])
        }
    }
}
