import Foundation

/// A walking or standing person, pointing along x: clothes, gait and what is carried.
struct Pedestrian: Sendable {
    enum Bag: Sendable { case none, hand, back }

    var heightMetres: Float
    var coat: Vector
    var trousers: Vector
    var hair: Vector
    /// How far the coat hangs below the hips, metres.
    var coatLength: Float
    var breadth: Float
    var bag: Bag
    var bagTint: Vector
    var umbrella: Vector?
    var seed: UInt32

    /// How the body is held at one moment.
    struct Pose: Sendable {
        /// Angle within the double step.
        var phaseRadians: Float = 0
        /// 0 standing … 1 walking briskly.
        var swing: Float = 0
        /// 0 upright … 1 bent down to the ground.
        var bend: Float = 0
        /// Both arms hold something in front.
        var holds = false
        /// Sits, as on a scooter or bicycle.
        var sits = false
    }

    static func random(_ generator: inout Generator, inRain: Bool = false) -> Pedestrian {
        let coats: [Vector] = [
            Vector.grey(0.02), Vector.grey(0.03), Vector(0.022, 0.028, 0.05), Vector(0.15, 0.125, 0.09), Vector(0.24, 0.235, 0.225),
            Vector(0.17, 0.03, 0.035),
            Vector(0.05, 0.06, 0.045), Vector.grey(0.09), Vector(0.045, 0.08, 0.14), Vector(0.36, 0.34, 0.3), Vector(0.19, 0.14, 0.06),
            Vector(0.11, 0.075, 0.1),
            Vector(0.34, 0.17, 0.17), Vector(0.06, 0.045, 0.035), Vector.grey(0.05), Vector(0.42, 0.41, 0.39),
        ]
        let trousers: [Vector] = [
            Vector(0.02, 0.022, 0.03), Vector(0.035, 0.05, 0.1), Vector(0.06, 0.06, 0.06), Vector(0.15, 0.13, 0.1),
            Vector(0.025, 0.03, 0.05), Vector(0.1, 0.12, 0.17),
        ]
        let umbrellas: [Vector] = [
            Vector(0.03, 0.04, 0.1), Vector(0.35, 0.04, 0.06), Vector.grey(0.03), Vector(0.1, 0.25, 0.2), Vector(0.4, 0.36, 0.3),
            Vector(0.3, 0.1, 0.25), Vector(0.1, 0.2, 0.4),
        ]
        let roll = generator.unit()
        return Pedestrian(
            heightMetres: generator.range(1.54, 1.8), coat: generator.pick(coats) * generator.range(0.8, 1.25),
            trousers: generator.pick(trousers),
            hair: generator.chance(0.15) ? Vector(0.25, 0.24, 0.23) : Vector(0.014, 0.011, 0.01),
            coatLength: generator.chance(0.35) ? generator.range(0.25, 0.45) : 0.06,
            breadth: generator.range(0.92, 1.16), bag: roll < 0.3 ? .hand : (roll < 0.5 ? .back : .none),
            bagTint: generator.pick([
                Vector(0.5, 0.48, 0.45), Vector(0.3, 0.05, 0.04), Vector.grey(0.03), Vector(0.12, 0.08, 0.05), Vector(0.08, 0.18, 0.3),
            ]),
            umbrella: inRain && generator.chance(0.82) ? generator.pick(umbrellas) : nil, seed: UInt32(truncatingIfNeeded: generator.next())
        )
    }

    private var inner: Vector { mix(Vector.grey(seed & 2 == 0 ? 0.42 : 0.04), coat, 0.25) }

    private static let skin = Vector(0.42, 0.26, 0.18)

    func build(into mesh: inout Mesh, pose: Pose) {
        let first = mesh.positions.count
        let scale = heightMetres / 1.7
        let crouch = pose.bend * 0.28
        var lowest = Float.greatestFiniteMagnitude
        var legs: [(hip: Vector, knee: Vector, ankle: Vector, side: Float)] = []
        for side: Float in [-1, 1] {
            let phase = pose.phaseRadians + (side < 0 ? 0 : .pi)
            var thigh = 0.37 * pose.swing * sin(phase) + crouch * 1.9
            let lift = max(0, cos(phase))
            var flex = 0.08 + pose.swing * (0.1 + 0.58 * lift * lift) + crouch * 3.4
            if pose.sits {
                thigh = 1.25 + 0.14 * sin(phase) * pose.swing
                flex = 1.35 + 0.2 * sin(phase) * pose.swing
            }
            let hip = Vector(0, 0.9, side * 0.09 * breadth)
            let knee = hip + Vector(sin(thigh), -cos(thigh), pose.sits ? side * 0.12 : 0) * 0.43
            let ankle = knee + Vector(sin(thigh - flex), -cos(thigh - flex), 0) * 0.42
            legs.append((hip, knee, ankle, side))
            lowest = min(lowest, ankle.y)
        }
        let drop = Vector(0, pose.sits ? 0 : 0.075 - lowest, 0)
        for leg in legs {
            let hip = leg.hip + drop
            let knee = leg.knee + drop
            let ankle = leg.ankle + drop
            mesh.bar(from: hip, to: knee, radius: 0.085 * breadth, endRadius: 0.06, colour: trousers)
            mesh.bar(from: knee, to: ankle, radius: 0.062, endRadius: 0.047, colour: trousers)
            let toe = pose.swing > 0.1 ? clamp((ankle.y - 0.09) * 1.5, 0, 0.5) : 0
            mesh.bar(
                from: ankle + Vector(-0.04, -0.035, 0), to: ankle + Vector(0.15, -0.04 - toe * 0.2, leg.side * 0.02), radius: 0.042,
                endRadius: 0.034, colour: Vector.grey(seed & 3 == 0 ? 0.5 : 0.025), sides: 6)
        }
        upperBody(into: &mesh, pose: pose, drop: drop)
        for index in first..<mesh.positions.count { mesh.positions[index] *= scale }
    }

    private func upperBody(into mesh: inout Mesh, pose: Pose, drop: Vector) {
        let upright = mesh.positions.count
        let lean = pose.bend * 1.15 + (pose.sits ? 0.12 : 0.03 + 0.03 * pose.swing)
        let rings: [(y: Float, wide: Float, deep: Float)] = [
            (0.9 - coatLength, 0.17 + coatLength * 0.05, 0.125 + coatLength * 0.06), (0.9, 0.172, 0.13), (1.02, 0.158, 0.118),
            (1.16, 0.175, 0.125), (1.3, 0.195, 0.128),
            (1.4, 0.19, 0.105), (1.455, 0.12, 0.075), (1.49, 0.06, 0.055),
        ]
        let sides = 14
        let first = Int32(mesh.positions.count)
        for (level, ring) in rings.enumerated() {
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let outward = Vector(cos(turn) * ring.deep, 0, sin(turn) * ring.wide * breadth)
                let crease = (0.66 + 0.6 * ValueNoise.value(Float(side) * 1.3, ring.y * 11, seed)) * (level == 0 ? 0.8 : 1)
                // An open jacket shows what is worn below.
                let isFront = seed & 1 == 0 && (side == 0 || side == 1 || side == sides - 1) && level > 0 && level < 7
                let tilt: Float = level < 5 ? 0 : 0.7
                mesh.corner(
                    Vector(0, ring.y, 0) + outward, (outward.normalised + Vector(0, tilt, 0)).normalised, (isFront ? inner : coat) * crease)
            }
        }
        mesh.weave(first: first, rings: rings.count, sides: sides, closed: true)
        mesh.bar(from: Vector(0, 1.45, 0), to: Vector(0.015, 1.54, 0), radius: 0.05, colour: Self.skin, sides: 7)
        mesh.ball(
            centre: Vector(0.02, 1.6, 0), axes: (Vector(0.095, 0, 0), Vector(0, 0.115, 0), Vector(0, 0, 0.078)), colour: Self.skin,
            rings: 7, sides: 9)
        mesh.ball(
            centre: Vector(-0.012, 1.628, 0), axes: (Vector(0.1, 0.015, 0), Vector(-0.02, 0.1, 0), Vector(0, 0, 0.092)), colour: hair,
            rings: 7, sides: 9)
        for side: Float in [-1, 1] { arm(into: &mesh, side: side, pose: pose) }
        if bag == .back {
            mesh.ball(
                centre: Vector(-0.2, 1.2, 0), axes: (Vector(0.1, 0, 0), Vector(0, 0.22, 0), Vector(0, 0, 0.15)), colour: bagTint, rings: 6,
                sides: 8)
        }
        if let umbrella { canopy(into: &mesh, tint: umbrella) }
        let cosine = cos(lean)
        let sine = sin(lean)
        for index in upright..<mesh.positions.count {
            let point = mesh.positions[index] - Vector(0, 0.9, 0)
            // Below the hips the coat hangs straight.
            if point.y > 0 || lean < 0.2 && umbrella == nil {
                mesh.positions[index] = Vector(point.x * cosine + point.y * sine, 0.9 + point.y * cosine - point.x * sine, point.z) + drop
                let normal = mesh.normals[index]
                mesh.normals[index] = Vector(normal.x * cosine + normal.y * sine, normal.y * cosine - normal.x * sine, normal.z)
            } else {
                mesh.positions[index] += drop
            }
        }
    }

    private func arm(into mesh: inout Mesh, side: Float, pose: Pose) {
        let phase = pose.phaseRadians + (side < 0 ? .pi : 0)
        var upper = 0.06 + 0.42 * pose.swing * sin(phase)
        var fore = upper + 0.18 + 0.25 * pose.swing
        if pose.holds || pose.sits {
            upper = pose.sits ? 0.75 : 0.35
            fore = pose.sits ? 1.15 : 1.35
        } else if pose.bend > 0.1 {
            upper = mix(upper, 1.1, pose.bend)
            fore = mix(fore, 1.2, pose.bend)
        } else if umbrella != nil && side > 0 {
            upper = 0.35
            fore = 2.1
        }
        let shoulder = Vector(0, 1.385, side * 0.188 * breadth)
        let elbow = shoulder + Vector(sin(upper), -cos(upper), side * 0.09) * 0.28
        let hand = elbow + Vector(sin(fore), -cos(fore), -side * 0.1) * 0.25
        mesh.bar(from: shoulder, to: elbow, radius: 0.056 * breadth, endRadius: 0.047, colour: coat * 0.95)
        mesh.bar(from: elbow, to: hand, radius: 0.046, endRadius: 0.036, colour: coat * 1.02)
        mesh.ball(
            centre: hand + (hand - elbow) * 0.22, axes: (Vector(0.04, 0, 0), Vector(0, 0.05, 0), Vector(0, 0, 0.03)), colour: Self.skin,
            rings: 4, sides: 6)
        if bag == .hand && side < 0 && !pose.holds && !pose.sits {
            let middle = hand + Vector(0.02, -0.26, 0)
            mesh.box(
                centre: middle, along: Vector(0.15, 0, 0), up: Vector(0, 0.15, 0), across: Vector(0, 0, 0.05), colour: bagTint, split: 2)
            mesh.bar(from: hand + Vector(0, -0.03, 0), to: middle + Vector(0, 0.15, 0), radius: 0.012, colour: bagTint * 0.6, sides: 4)
        }
    }

    private func canopy(into mesh: inout Mesh, tint: Vector) {
        let middle = Vector(0.16, 1.62, 0.1)
        mesh.bar(from: Vector(0.2, 1.2, 0.16), to: middle + Vector(0, 0.46, 0), radius: 0.01, colour: Vector.grey(0.3), sides: 4)
        let first = Int32(mesh.positions.count)
        let sides = 16
        let rings: [(reach: Float, y: Float)] = [(0.02, 0.46), (0.22, 0.43), (0.4, 0.35), (0.54, 0.22)]
        for ring in rings {
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let sag: Float = side & 1 == 0 ? 0 : 0.02
                let outward = Vector(cos(turn), 0, sin(turn))
                mesh.corner(
                    middle + outward * ring.reach + Vector(0, ring.y + sag * ring.reach, 0),
                    (outward * ring.reach + Vector(0, 0.6, 0)).normalised, tint * (side % 4 < 2 ? 1 : 0.85))
            }
        }
        mesh.weave(first: first, rings: rings.count, sides: sides, closed: true)
    }
}
