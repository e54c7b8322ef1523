import Foundation

/// Things that are put down in the street, each built about the origin on the ground with its front along z.
enum Goods: Sendable {
    /// Fruit and vegetables in crates and baskets before a shop.
    case crates(columns: Int)
    /// Packed cartons.
    case boxes(count: Int)
    /// A hand cart with wares; once `isOpen`, below a wide umbrella.
    case stall(tint: Vector, isOpen: Bool)
    /// Full rubbish bags.
    case bags(count: Int)
    /// Shared bicycles in a careless row.
    case bicycles(count: Int, tint: Vector)
    /// A clothes rail and a folding board, as a fashion shop puts out.
    case rail

    func build(into mesh: inout Mesh, seed: UInt64) {
        var generator = Generator(seed: seed, part: 7)
        switch self {
        case .crates(let columns): Self.crates(into: &mesh, columns, &generator)
        case .boxes(let count): Self.boxes(into: &mesh, count, &generator)
        case .stall(let tint, let isOpen): Self.stall(into: &mesh, tint, isOpen, &generator)
        case .bags(let count): Self.bags(into: &mesh, count, &generator)
        case .bicycles(let count, let tint): Self.bicycles(into: &mesh, count, tint, &generator)
        case .rail: Self.rail(into: &mesh, &generator)
        }
    }

    /// Half extents on the ground, for the shade below.
    var footprint: (x: Float, z: Float) {
        switch self {
        case .crates(let columns): (Float(columns) * 0.31, 0.45)
        case .boxes: (0.45, 0.42)
        case .stall: (0.85, 0.45)
        case .bags(let count): (0.3 + Float(count) * 0.1, 0.4)
        case .bicycles(let count, _): (Float(count) * 0.3, 0.7)
        case .rail: (0.8, 0.3)
        }
    }

    private static func crates(into mesh: inout Mesh, _ columns: Int, _ generator: inout Generator) {
        let fruits: [Vector] = [
            Vector(0.6, 0.22, 0.03), Vector(0.5, 0.05, 0.04), Vector(0.45, 0.42, 0.08), Vector(0.12, 0.3, 0.05), Vector(0.55, 0.38, 0.06),
            Vector(0.25, 0.04, 0.14),
        ]
        for column in 0..<columns {
            for row in 0..<2 {
                let middle = Vector(
                    (Float(column) - Float(columns - 1) / 2) * 0.6 + generator.range(-0.02, 0.02), 0, Float(row) * 0.44 - 0.22)
                let stack = row == 0 ? 0.62 : 0.34
                let bottom = Float(stack)
                let side =
                    generator.chance(0.5)
                    ? Vector(0.36, 0.25, 0.14) : (generator.chance(0.5) ? Vector(0.05, 0.18, 0.3) : Vector(0.4, 0.38, 0.34))
                mesh.box(
                    Vector(middle.x - 0.25, 0, middle.z - 0.17), Vector(middle.x + 0.25, bottom, middle.z + 0.17),
                    colour: Vector(0.2, 0.15, 0.1))
                mesh.box(
                    centre: Vector(middle.x, bottom + 0.1, middle.z), along: Vector(0.28, 0, 0), up: Vector(0, 0.1, 0.03),
                    across: Vector(0, -0.05, 0.2), colour: side, split: 2)
                let fruit = generator.pick(fruits)
                for fruitRow in 0..<4 {
                    for place in 0..<5 {
                        let point = Vector(
                            middle.x - 0.22 + Float(place) * 0.11 + generator.range(-0.015, 0.015),
                            bottom + 0.2 - Float(fruitRow) * 0.025 + 0.04, middle.z - 0.15 + Float(fruitRow) * 0.1)
                        mesh.ball(
                            centre: point, axes: (Vector(0.055, 0, 0), Vector(0, 0.055, 0), Vector(0, 0, 0.055)),
                            colour: fruit * generator.range(0.75, 1.2), rings: 4, sides: 6)
                    }
                }
            }
        }
        // A hand-written price board.
        mesh.box(
            centre: Vector(0, 0.92, -0.1), along: Vector(0.17, 0, 0), up: Vector(0, 0.12, -0.02), across: Vector(0, 0, 0.01),
            colour: Vector(0.6, 0.52, 0.12))
    }

    private static func boxes(into mesh: inout Mesh, _ count: Int, _ generator: inout Generator) {
        let card = [Vector(0.36, 0.25, 0.15), Vector(0.32, 0.21, 0.12), Vector(0.4, 0.29, 0.18), Vector(0.45, 0.42, 0.37)]
        let columns = max(1, min(2, (count + 1) / 2))
        var tops = [Float](repeating: 0, count: columns * 2)
        for number in 0..<count {
            let slot = number % (columns * 2)
            let middle = Vector((Float(slot % columns) - Float(columns - 1) / 2) * 0.5, 0, Float(slot / columns) * 0.42 - 0.2)
            let half = Vector(generator.range(0.19, 0.25), generator.range(0.14, 0.22), generator.range(0.15, 0.2))
            let turn = generator.range(-0.18, 0.18)
            let along = Vector(cos(turn), 0, sin(turn))
            let across = Vector(-sin(turn), 0, cos(turn))
            let centre = middle + Vector(0, tops[slot] + half.y, 0)
            let tint = generator.pick(card)
            mesh.box(centre: centre, along: along * half.x, up: Vector(0, half.y, 0), across: across * half.z, colour: tint, split: 3)
            mesh.box(
                centre: centre, along: along * (half.x + 0.002), up: Vector(0, half.y + 0.002, 0), across: across * 0.03,
                colour: Vector(0.42, 0.35, 0.24), split: 2)
            mesh.box(
                centre: centre + across * half.z, along: along * 0.08, up: Vector(0, 0.05, 0), across: across * 0.004,
                colour: Vector.grey(0.6))
            tops[slot] += half.y * 2
        }
    }

    private static func stall(into mesh: inout Mesh, _ tint: Vector, _ isOpen: Bool, _ generator: inout Generator) {
        for x: Float in [-0.75, 0.75] {
            for z: Float in [-0.32, 0.32] {
                mesh.bar(from: Vector(x, 0, z), to: Vector(x, 0.72, z), radius: 0.018, colour: Vector.grey(0.35), sides: 5)
            }
        }
        mesh.box(
            centre: Vector(0, 0.74, 0), along: Vector(0.85, 0, 0), up: Vector(0, 0.02, 0), across: Vector(0, 0, 0.4),
            colour: Vector(0.3, 0.22, 0.15), split: 3)
        mesh.box(
            centre: Vector(0, 0.56, 0.405), along: Vector(0.85, 0, 0), up: Vector(0, 0.19, 0), across: Vector(0, 0, 0.006),
            colour: tint * 0.8, split: 4)
        for _ in 0..<26 {
            let place = Vector(generator.range(-0.75, 0.75), 0.76, generator.range(-0.32, 0.32))
            let half = Vector(generator.range(0.04, 0.11), generator.range(0.03, 0.1), generator.range(0.04, 0.09))
            let hue = generator.pick([
                Vector(0.5, 0.08, 0.07), Vector(0.6, 0.55, 0.45), Vector(0.1, 0.22, 0.4), Vector(0.55, 0.4, 0.08), Vector(0.1, 0.28, 0.14),
                Vector(0.4, 0.2, 0.35), Vector.grey(0.05),
            ])
            mesh.box(
                centre: place + Vector(0, half.y, 0), along: Vector(half.x, 0, 0), up: Vector(0, half.y, 0), across: Vector(0, 0, half.z),
                colour: hue)
        }
        for x: Float in [-0.5, 0.15] {
            mesh.box(
                centre: Vector(x, 0.18, -0.1), along: Vector(0.24, 0, 0), up: Vector(0, 0.18, 0), across: Vector(0, 0, 0.2),
                colour: Vector(0.36, 0.26, 0.16), split: 2)
        }
        Scooter.wheel(into: &mesh, centre: Vector(0.5, 0.24, 0.42), radius: 0.24, width: 0.05, roll: 0)
        Scooter.wheel(into: &mesh, centre: Vector(0.5, 0.24, -0.42), radius: 0.24, width: 0.05, roll: 0)
        guard isOpen else { return }
        mesh.bar(from: Vector(0.3, 0, -0.42), to: Vector(0.3, 2.2, -0.3), radius: 0.022, colour: Vector.grey(0.5), sides: 6)
        let middle = Vector(0.3, 2.28, -0.28)
        let first = Int32(mesh.positions.count)
        let sides = 16
        let rings: [(reach: Float, y: Float)] = [(0.03, 0), (0.5, -0.1), (0.9, -0.26), (1.2, -0.46), (1.2, -0.6)]
        for ring in rings {
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let outward = Vector(cos(turn), 0, sin(turn))
                let colour = (side / 2) & 1 == 0 ? tint : mix(tint, Vector(0.62, 0.6, 0.55), 0.75)
                mesh.corner(
                    middle + outward * ring.reach + Vector(0, ring.y, 0),
                    (outward * (0.3 + ring.reach * 0.4) + Vector(0, 0.8, 0)).normalised, colour)
            }
        }
        mesh.weave(first: first, rings: 5, sides: sides, closed: true)
    }

    private static func bags(into mesh: inout Mesh, _ count: Int, _ generator: inout Generator) {
        mesh.gloss = 0.03
        for number in 0..<count {
            let middle = Vector(
                (Float(number) - Float(count - 1) / 2) * 0.36 + generator.range(-0.04, 0.04), 0.23, generator.range(-0.18, 0.18))
            let size = generator.range(0.21, 0.28)
            let tint = number % 3 == 1 ? Vector(0.05, 0.07, 0.09) : (number % 3 == 2 ? Vector(0.42, 0.4, 0.38) : Vector.grey(0.016))
            mesh.ball(
                centre: middle, axes: (Vector(size, 0.03, 0), Vector(-0.02, size * 0.95, 0.02), Vector(0, 0, size * 0.9)), colour: tint,
                rings: 10, sides: 14, lump: 0.22,
                seed: UInt32(truncatingIfNeeded: generator.next()))
            mesh.bar(
                from: middle + Vector(0, size * 0.85, 0), to: middle + Vector(0.02, size * 1.25, 0.01), radius: 0.035, endRadius: 0.075,
                colour: tint * 1.2, sides: 7, capped: false)
        }
        mesh.gloss = 0
        // Something spilt beside them.
        for _ in 0..<7 {
            let place = Vector(generator.range(-0.7, 0.7), 0.012, generator.range(-0.5, 0.5))
            mesh.box(
                centre: place, along: Vector(generator.range(0.03, 0.09), 0, 0.02), up: Vector(0, 0.012, 0),
                across: Vector(-0.02, 0, generator.range(0.03, 0.07)),
                colour: generator.pick([Vector.grey(0.55), Vector(0.4, 0.3, 0.2), Vector(0.5, 0.1, 0.08)]))
        }
    }

    private static func bicycles(into mesh: inout Mesh, _ count: Int, _ tint: Vector, _ generator: inout Generator) {
        for number in 0..<count {
            let start = mesh.positions.count
            Bicycle.build(into: &mesh, tint: tint * generator.range(0.85, 1.1), rollRadians: generator.range(0, 1))
            mesh.place(
                from: start, at: Vector((Float(number) - Float(count - 1) / 2) * 0.62, 0, generator.range(-0.15, 0.15)),
                headingRadians: .pi / 2 + generator.range(-0.32, 0.32))
        }
    }

    private static func rail(into mesh: inout Mesh, _ generator: inout Generator) {
        for x: Float in [-0.75, 0.75] {
            mesh.bar(from: Vector(x, 0, 0), to: Vector(x, 1.5, 0), radius: 0.018, colour: Vector.grey(0.5), sides: 6)
            mesh.bar(from: Vector(x, 0.04, -0.26), to: Vector(x, 0.04, 0.26), radius: 0.02, colour: Vector.grey(0.3), sides: 6)
        }
        mesh.bar(from: Vector(-0.75, 1.5, 0), to: Vector(0.75, 1.5, 0), radius: 0.016, colour: Vector.grey(0.5), sides: 6)
        for number in 0..<15 {
            let x = -0.68 + Float(number) * 0.097
            let tint = generator.pick([
                Vector(0.4, 0.06, 0.06), Vector(0.05, 0.06, 0.12), Vector(0.5, 0.46, 0.4), Vector(0.12, 0.2, 0.14), Vector.grey(0.03),
                Vector(0.35, 0.22, 0.1), Vector(0.1, 0.2, 0.38), Vector(0.5, 0.3, 0.32),
            ])
            let length = generator.range(0.36, 0.55)
            mesh.box(
                centre: Vector(x, 1.42 - length, 0), along: Vector(0.036, 0, generator.range(-0.01, 0.01)), up: Vector(0, length, 0),
                across: Vector(0, 0, 0.2), colour: tint, split: 3)
        }
    }
}
