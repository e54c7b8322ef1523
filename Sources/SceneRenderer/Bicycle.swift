import Foundation

/// A shared bicycle as it stands about in every city, pointing along x.
enum Bicycle {
    static let wheelRadius: Float = 0.33

    static func build(into mesh: inout Mesh, tint: Vector, rollRadians: Float) {
        let black = Vector.grey(0.03)
        let rear = Vector(-0.5, wheelRadius, 0)
        let front = Vector(0.52, wheelRadius, 0)
        for hub in [rear, front] { wheel(into: &mesh, centre: hub, roll: rollRadians, tint: tint) }
        let crank = Vector(-0.06, 0.3, 0)
        let seat = Vector(-0.24, 0.78, 0)
        let head = Vector(0.34, 0.78, 0)
        mesh.bar(from: crank, to: head, radius: 0.032, colour: tint, sides: 7)
        mesh.bar(from: crank, to: seat, radius: 0.022, colour: tint, sides: 6)
        mesh.bar(from: seat - Vector(0, 0.2, 0), to: head - Vector(0.02, 0.12, 0), radius: 0.022, colour: tint, sides: 6)
        mesh.bar(from: crank, to: rear, radius: 0.018, colour: tint, sides: 6)
        mesh.bar(from: seat - Vector(0, 0.14, 0), to: rear, radius: 0.016, colour: tint, sides: 6)
        mesh.bar(from: front, to: head + Vector(-0.03, 0.16, 0), radius: 0.022, colour: tint, sides: 6)
        mesh.bar(from: seat, to: seat + Vector(-0.03, 0.12, 0), radius: 0.016, colour: Vector.grey(0.4), sides: 6)
        mesh.ball(
            centre: seat + Vector(-0.04, 0.15, 0), axes: (Vector(0.13, 0, 0), Vector(0, 0.035, 0), Vector(0, 0, 0.075)), colour: black,
            rings: 5, sides: 8)
        mesh.bar(from: Vector(0.29, 0.96, -0.26), to: Vector(0.29, 0.96, 0.26), radius: 0.015, colour: black, sides: 6)
        mesh.box(
            centre: Vector(0.5, 0.84, 0), along: Vector(0.13, 0, 0), up: Vector(0, 0.1, 0), across: Vector(0, 0, 0.15), colour: black,
            split: 2)
        mesh.ball(
            centre: rear + Vector(0, 0.06, 0), axes: (Vector(0.3, 0, 0), Vector(0, 0.3, 0), Vector(0, 0, 0.035)), colour: tint * 0.75,
            rings: 8, sides: 8)
        mesh.bar(from: crank + Vector(0.12, -0.1, 0.09), to: crank + Vector(-0.12, 0.1, -0.09), radius: 0.02, colour: black, sides: 5)
        mesh.bar(from: rear + Vector(0.05, -0.05, 0.05), to: rear + Vector(0.1, -0.31, 0.16), radius: 0.012, colour: black, sides: 4)
    }

    private static func wheel(into mesh: inout Mesh, centre: Vector, roll: Float, tint: Vector) {
        let sides = 22
        let first = Int32(mesh.positions.count)
        for ring in 0..<5 {
            let around = Float(ring) / 4 * 2 * .pi
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let outward = Vector(cos(turn), sin(turn), 0)
                let normal = outward * cos(around) + Vector(0, 0, sin(around))
                mesh.corner(centre + outward * (wheelRadius - 0.022) + normal * 0.022, normal, Vector.grey(0.02))
            }
        }
        mesh.weave(first: first, rings: 5, sides: sides, closed: true)
        for spoke in 0..<6 {
            let turn = -roll + Float(spoke) / 6 * 2 * .pi
            mesh.bar(
                from: centre, to: centre + Vector(cos(turn), sin(turn), 0) * (wheelRadius - 0.03), radius: 0.007, colour: Vector.grey(0.4),
                sides: 3, capped: false)
        }
    }
}
