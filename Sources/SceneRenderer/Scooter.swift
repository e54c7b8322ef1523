import Foundation

/// An electric scooter, the street's commonest vehicle, pointing along x.
enum Scooter {
    static let wheelRadius: Float = 0.21

    /// `boxTint` adds a courier's box behind the seat; `rollRadians` is how far the wheels have turned.
    static func build(into mesh: inout Mesh, tint: Vector, boxTint: Vector?, rollRadians: Float) {
        let black = Vector.grey(0.025)
        for x: Float in [-0.58, 0.62] {
            wheel(into: &mesh, centre: Vector(x, wheelRadius, 0), radius: wheelRadius, width: 0.1, roll: rollRadians)
        }
        mesh.bar(from: Vector(-0.3, 0.3, 0), to: Vector(0.32, 0.28, 0), radius: 0.1, colour: black, sides: 8)
        mesh.ball(
            centre: Vector(-0.4, 0.52, 0), axes: (Vector(0.38, 0.05, 0), Vector(-0.03, 0.2, 0), Vector(0, 0, 0.17)), colour: tint, rings: 6,
            sides: 10)
        mesh.ball(
            centre: Vector(-0.32, 0.75, 0), axes: (Vector(0.36, 0, 0), Vector(0, 0.07, 0), Vector(0, 0, 0.15)), colour: black, rings: 5,
            sides: 10)
        mesh.box(
            centre: Vector(0.42, 0.62, 0), along: Vector(0.03, 0, 0), up: Vector(-0.06, 0.33, 0), across: Vector(0, 0, 0.17), colour: tint,
            split: 2)
        mesh.ball(
            centre: Vector(0.45, 0.92, 0), axes: (Vector(0.1, 0, 0), Vector(0, 0.12, 0), Vector(0, 0, 0.14)), colour: tint, rings: 5,
            sides: 8)
        mesh.ball(
            centre: Vector(0.62, 0.36, 0), axes: (Vector(0.2, 0.02, 0), Vector(0, 0.09, 0), Vector(0, 0, 0.08)), colour: tint * 0.8,
            rings: 4, sides: 8)
        mesh.bar(from: Vector(0.4, 1.02, -0.31), to: Vector(0.4, 1.02, 0.31), radius: 0.022, colour: black, sides: 6)
        mesh.bar(from: Vector(0.62, 0.22, 0), to: Vector(0.44, 0.95, 0), radius: 0.03, colour: black, sides: 6)
        for side: Float in [-1, 1] {
            mesh.bar(from: Vector(0.42, 1.03, side * 0.22), to: Vector(0.4, 1.2, side * 0.3), radius: 0.01, colour: black, sides: 4)
            mesh.ball(
                centre: Vector(0.4, 1.22, side * 0.31), axes: (Vector(0.02, 0, 0), Vector(0, 0.05, 0), Vector(0, 0, 0.06)), colour: black,
                rings: 4, sides: 6)
        }
        mesh.ball(
            centre: Vector(0.55, 0.9, 0), axes: (Vector(0.03, 0, 0), Vector(0, 0.05, 0), Vector(0, 0, 0.07)), colour: Vector.grey(0.75),
            rings: 4, sides: 6)
        mesh.box(Vector(-0.8, 0.52, -0.06), Vector(-0.77, 0.6, 0.06), colour: Vector(0.5, 0.02, 0.02))
        if let boxTint {
            mesh.box(
                centre: Vector(-0.62, 1.03, 0), along: Vector(0.24, 0, 0), up: Vector(0, 0.22, 0), across: Vector(0, 0, 0.24),
                colour: boxTint, split: 2)
            mesh.box(
                centre: Vector(-0.62, 1.26, 0), along: Vector(0.25, 0, 0), up: Vector(0, 0.02, 0), across: Vector(0, 0, 0.25),
                colour: boxTint * 0.6)
        } else {
            mesh.ball(
                centre: Vector(-0.74, 0.9, 0), axes: (Vector(0.15, 0, 0), Vector(0, 0.14, 0), Vector(0, 0, 0.17)), colour: black, rings: 5,
                sides: 8)
        }
    }

    /// A wheel in the upright plane along x: tyre, rim and a pattern that shows its turning.
    static func wheel(into mesh: inout Mesh, centre: Vector, radius: Float, width: Float, roll: Float, spokes: Int = 10) {
        let rubber = Vector.grey(0.022)
        let first = Int32(mesh.positions.count)
        let sides = 16
        let profile: [(reach: Float, across: Float, tilt: Float)] = [
            (0.62, 1, 0.9), (0.93, 0.95, 0.7), (1, 0.4, 0.2), (1, -0.4, -0.2), (0.93, -0.95, -0.7), (0.62, -1, -0.9),
        ]
        for ring in profile {
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let outward = Vector(cos(turn), sin(turn), 0)
                mesh.corner(
                    centre + outward * (radius * ring.reach) + Vector(0, 0, width / 2 * ring.across),
                    (outward * (1 - abs(ring.tilt)) + Vector(0, 0, ring.tilt)).normalised, rubber)
            }
        }
        mesh.weave(first: first, rings: profile.count, sides: sides, closed: true)
        for face: Float in [-1, 1] {
            let hub = mesh.corner(centre + Vector(0, 0, face * width * 0.42), Vector(0, 0, face), Vector.grey(0.2))
            for spoke in 0..<spokes {
                let from = roll + Float(spoke) / Float(spokes) * 2 * .pi
                let to = roll + Float(spoke + 1) / Float(spokes) * 2 * .pi
                let colour = spoke & 1 == 0 ? Vector.grey(0.36) : Vector.grey(0.09)
                let a = mesh.corner(
                    centre + Vector(cos(from), -sin(from), 0) * (radius * 0.64) + Vector(0, 0, face * width * 0.46), Vector(0, 0, face),
                    colour)
                let b = mesh.corner(
                    centre + Vector(cos(to), -sin(to), 0) * (radius * 0.64) + Vector(0, 0, face * width * 0.46), Vector(0, 0, face), colour)
                mesh.triangle(hub, a, b)
            }
        }
    }
}
