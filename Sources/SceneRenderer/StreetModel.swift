import Foundation

/// Everything that stands in the street and does not move: ground, houses, trees, furniture.
struct StreetModel: Sendable {
    let layout: StreetLayout
    let shops: [Shop]
    /// All but the leaves.
    private(set) var solid = Mesh()
    private(set) var leaves = Mesh()
    private var generator: Generator

    init(layout: StreetLayout) {
        self.layout = layout
        shops = Facade.shops(of: layout)
        generator = Generator(seed: layout.seed, part: 3)
        ground()
        var facade = Facade(layout: layout)
        facade.build(into: &solid, shops: shops)
        farSide()
        for tree in layout.trees { plantTree(x: tree) }
        for post in layout.lampPosts { lampPost(x: post) }
        for bollard in layout.bollards {
            solid.surface = .painted
            let foot = Vector(bollard, 0, layout.pavementWidth - 0.28)
            solid.bar(from: foot, to: foot + Vector(0, 0.72, 0), radius: 0.07, colour: Vector.grey(0.13), sides: 10)
            solid.bar(
                from: foot + Vector(0, 0.52, 0), to: foot + Vector(0, 0.62, 0), radius: 0.074, colour: Vector(0.6, 0.5, 0.1), sides: 10,
                capped: false)
        }
        for x in layout.parkedCars { parkedCar(x: x) }
        clutter()
        for bin in layout.bins { rubbishBin(bin) }
        for planter in layout.planters { plantBox(planter) }
        for bay in layout.scooterBays {
            for place in 0..<bay.count {
                let start = solid.positions.count
                solid.surface = .painted
                let tint = generator.pick([
                    Vector(0.5, 0.06, 0.05), Vector.grey(0.06), Vector.grey(0.55), Vector(0.08, 0.16, 0.3), Vector(0.45, 0.42, 0.1),
                ])
                Scooter.build(into: &solid, tint: tint, boxTint: generator.chance(0.3) ? Vector(0.05, 0.3, 0.5) : nil, rollRadians: 0)
                solid.place(
                    from: start, at: Vector(bay.x + Float(place) * generator.range(0.62, 0.78), 0, layout.pavementWidth - 1.15),
                    headingRadians: .pi / 2 + generator.range(-0.2, 0.2))
            }
        }
    }

    private mutating func ground() {
        let width = layout.pavementWidth
        let farKerb = width + layout.roadWidth
        let ends = (layout.start - 12, layout.end + 25)
        func strip(_ from: Float, _ to: Float, _ y: Float, _ surface: Surface) {
            solid.surface = surface
            solid.face(
                Vector(ends.0, y, from), Vector(ends.1, y, from), Vector(ends.1, y, to), Vector(ends.0, y, to), normal: Vector(0, 1, 0),
                colour: Vector.grey(0.3))
        }
        strip(-0.4, width - 0.14, 0, .paving)
        strip(width, farKerb, -layout.kerbHeight, .asphalt)
        strip(farKerb, farKerb + layout.farPavementWidth + 8, 0, .paving)
        guard layout.kerbHeight > 0 else {
            strip(width - 0.14, width, 0, .kerb)
            return
        }
        solid.surface = .kerb
        solid.box(Vector(ends.0, -layout.kerbHeight - 0.1, width - 0.14), Vector(ends.1, 0.004, width), colour: Vector.grey(0.4))
        solid.box(
            Vector(ends.0, -layout.kerbHeight - 0.1, farKerb - 0.001), Vector(ends.1, 0.004, farKerb + 0.14), colour: Vector.grey(0.4))
    }

    private mutating func farSide() {
        let z = layout.pavementWidth + layout.roadWidth + layout.farPavementWidth
        solid.surface = .distant
        var x = layout.start - 10
        while x < layout.end + 20 {
            let wide = generator.range(9, 17)
            let height = generator.range(8, 14)
            let tint = generator.pick(layout.wallTints) * generator.range(0.6, 0.95)
            solid.box(Vector(x, 0, z), Vector(x + wide, height, z + 8), colour: tint)
            x += wide
        }
        // The street bends away at its end.
        solid.box(Vector(layout.end + 12, 0, -12), Vector(layout.end + 20, 13, z + 10), colour: Vector(0.45, 0.43, 0.4))
        solid.box(Vector(layout.start - 34, 0, -12), Vector(layout.start - 26, 12, z + 10), colour: Vector(0.45, 0.43, 0.4))
    }

    private mutating func parkedCar(x: Float) {
        let first = solid.positions.count
        solid.surface = .metal
        Vehicle.random(&generator).build(into: &solid, rollRadians: generator.range(0, 1), braking: false)
        solid.place(
            from: first, at: Vector(x, -layout.kerbHeight, layout.pavementWidth + layout.roadWidth - 1.05),
            headingRadians: generator.range(-0.02, 0.02))
    }

    /// What gathers before shops: stools, pots with plants, boards, a broom; it stands there all day.
    private mutating func clutter() {
        solid.surface = .painted
        for shop in shops where generator.chance(0.6) {
            let nearDoor = shop.doorX
            let x = nearDoor + (generator.chance(0.5) ? 0.85 : -0.95)
            guard x > shop.start + 0.2 && x < shop.end - 0.3 else { continue }
            switch generator.index(3) {
            case 0:
                let tint = generator.pick([Vector(0.35, 0.05, 0.05), Vector(0.05, 0.15, 0.35), Vector.grey(0.4)])
                solid.box(Vector(x - 0.17, 0.36, 0.2), Vector(x + 0.17, 0.4, 0.5), colour: tint)
                for leg: Float in [-0.14, 0.14] {
                    for z: Float in [0.23, 0.47] {
                        solid.bar(from: Vector(x + leg, 0, z), to: Vector(x + leg * 0.8, 0.37, z), radius: 0.016, colour: tint, sides: 5)
                    }
                }
            case 1:
                solid.bar(
                    from: Vector(x, 0, 0.3), to: Vector(x, 0.34, 0.3), radius: 0.14, endRadius: 0.18, colour: Vector(0.28, 0.12, 0.07),
                    sides: 12, capped: false)
                for _ in 0..<160 {
                    let lean = Vector(generator.bell() * 0.7, 1.2, generator.bell() * 0.7).normalised
                    let middle = Vector(x, 0.32, 0.3) + lean * generator.range(0.1, 0.75)
                    let across = lean.cross(Vector(generator.bell(), 0.1, generator.bell())).normalised * 0.035
                    let tint = Vector(0.05, 0.12, 0.03) * generator.range(0.6, 1.4)
                    let corner = solid.corner(middle + across, lean, tint)
                    solid.corner(middle - across, lean, tint)
                    solid.corner(middle + lean * 0.2 + across, lean, tint)
                    solid.triangle(corner, corner + 1, corner + 2)
                }
            default:
                let tint = generator.pick([Vector.grey(0.05), Vector(0.5, 0.46, 0.36), Vector(0.25, 0.04, 0.04)])
                solid.box(
                    centre: Vector(x, 0.45, 0.42), along: Vector(0.26, 0, 0.04), up: Vector(0, 0.45, -0.1), across: Vector(0, 0, 0.015),
                    colour: tint)
                for line in 0..<4 {
                    solid.box(
                        centre: Vector(x, 0.74 - Float(line) * 0.15, 0.375 + Float(line) * 0.033),
                        along: Vector(generator.range(0.1, 0.2), 0, 0.02), up: Vector(0, 0.025, 0), across: Vector(0, 0, 0.03),
                        colour: mix(tint, Vector.grey(tint.x > 0.4 ? 0.05 : 0.6), 0.9))
                }
            }
        }
        // Fallen leaves lie about the trees.
        for tree in layout.trees {
            for _ in 0..<170 {
                let x = tree + generator.bell() * 2.4
                let z = layout.pavementWidth - 0.9 + generator.bell() * 1.5
                guard z > 0.2 else { continue }
                let turn = generator.range(0, 6.28)
                let size = generator.range(0.035, 0.07)
                let middle = Vector(x, layout.ground(atZ: z) + 0.008, z)
                let along = Vector(cos(turn), 0.05, sin(turn)) * size
                let across = Vector(-sin(turn), 0.1, cos(turn)) * size
                let tint = mix(Vector(0.26, 0.17, 0.05), Vector(0.14, 0.09, 0.05), generator.unit())
                let corner = solid.corner(middle + along, Vector(0, 1, 0), tint)
                solid.corner(middle - along + across, Vector(0, 1, 0), tint)
                solid.corner(middle - along - across, Vector(0, 1, 0), tint)
                solid.triangle(corner, corner + 1, corner + 2)
            }
        }
    }

    private mutating func plantTree(x: Float) {
        let z = layout.pavementWidth - 0.75
        solid.surface = .painted
        solid.box(Vector(x - 0.55, 0, z - 0.55), Vector(x + 0.55, 0.012, z + 0.55), colour: Vector(0.1, 0.075, 0.05))
        for side: Float in [-0.58, 0.55] {
            solid.box(Vector(x - 0.58, 0, z + side), Vector(x + 0.58, 0.03, z + side + 0.04), colour: Vector.grey(0.35))
            solid.box(Vector(x + side, 0, z - 0.58), Vector(x + side + 0.04, 0.03, z + 0.58), colour: Vector.grey(0.35))
        }
        solid.surface = .bark
        let base = layout.treeCrownBase
        let fork = Vector(x + generator.range(-0.15, 0.15), base - 0.3, z + generator.range(-0.1, 0.1))
        solid.bar(from: Vector(x, 0, z), to: fork, radius: 0.16, endRadius: 0.12, colour: Vector.grey(0.3), sides: 12)
        // Whitewashed against insects in autumn.
        solid.surface = .painted
        solid.bar(
            from: Vector(x, 0, z), to: mix(Vector(x, 0, z), fork, 0.36), radius: 0.165, endRadius: 0.15, colour: Vector.grey(0.52),
            sides: 12, capped: false)
        solid.surface = .bark
        leaves.surface = .leaf
        let crown = Vector(x, base + 2.1, z)
        for branch in 0..<7 {
            let turn = Float(branch) / 7 * 2 * .pi + generator.range(-0.3, 0.3)
            let reach = generator.range(1.3, 2.3)
            let tip = fork + Vector(cos(turn) * reach, generator.range(1.2, 3.2), sin(turn) * reach * 0.85)
            solid.bar(from: fork, to: tip, radius: 0.07, endRadius: 0.02, colour: Vector.grey(0.3), sides: 6, capped: false)
            for twig in 0..<16 {
                let part = 0.3 + 0.75 * Float(twig) / 16
                let middle = mix(fork, tip, part) + Vector(generator.bell(), generator.bell() * 0.8, generator.bell()) * 0.42
                for _ in 0..<26 {
                    let place = middle + Vector(generator.bell(), generator.bell() * 0.7, generator.bell()) * 0.2
                    leaf(at: place, crown: crown)
                }
            }
        }
    }

    private mutating func leaf(at place: Vector, crown: Vector) {
        let turn = generator.range(0, 2 * .pi)
        let size = generator.range(0.07, 0.13)
        let normal = (Vector(generator.bell() * 0.6, 1, generator.bell() * 0.6)).normalised
        let along = normal.cross(Vector(cos(turn), 0.1, sin(turn))).normalised
        let across = normal.cross(along)
        let yellow = clamp(generator.range(-0.25, 0.7))
        let tint = mix(layout.treeLeafTint, Vector(0.3, 0.22, 0.05), yellow * yellow) * generator.range(0.7, 1.25)
        let outward = (place - crown).normalised
        let shading = (normal * 0.5 + outward).normalised
        let first = leaves.corner(place + along * size, shading, tint)
        leaves.corner(place - along * (size * 0.7) + across * size * 0.8, shading, tint)
        leaves.corner(place - along * (size * 0.7) - across * size * 0.8, shading, tint)
        leaves.triangle(first, first + 1, first + 2)
    }

    private mutating func lampPost(x: Float) {
        let foot = Vector(x, 0, layout.pavementWidth - 0.45)
        solid.surface = .painted
        solid.bar(from: foot, to: foot + Vector(0, 0.8, 0), radius: 0.1, colour: Vector.grey(0.2), sides: 10)
        solid.bar(from: foot, to: foot + Vector(0, 6.2, 0), radius: 0.06, endRadius: 0.045, colour: Vector.grey(0.24), sides: 10)
        solid.bar(from: foot + Vector(0, 6.1, 0), to: foot + Vector(0, 6.5, 1.5), radius: 0.04, colour: Vector.grey(0.24), sides: 8)
        solid.box(foot + Vector(-0.12, 6.42, 1.3), foot + Vector(0.12, 6.55, 1.9), colour: Vector.grey(0.3))
        solid.surface = .lamp
        solid.box(foot + Vector(-0.09, 6.39, 1.35), foot + Vector(0.09, 6.42, 1.85), colour: Vector.grey(0.8))
    }

    private mutating func rubbishBin(_ place: Vector) {
        solid.surface = .painted
        for (index, tint) in [Vector(0.05, 0.2, 0.12), Vector(0.08, 0.1, 0.12)].enumerated() {
            let x = place.x + Float(index) * 0.5
            solid.box(Vector(x, 0.08, place.z), Vector(x + 0.46, 0.92, place.z + 0.4), colour: tint)
            solid.box(Vector(x - 0.02, 0.92, place.z - 0.02), Vector(x + 0.48, 1.0, place.z + 0.42), colour: tint * 0.7)
            solid.box(Vector(x + 0.1, 0.7, place.z + 0.4), Vector(x + 0.36, 0.83, place.z + 0.41), colour: Vector.grey(0.015))
            solid.box(Vector(x + 0.14, 0.32, place.z + 0.4), Vector(x + 0.32, 0.5, place.z + 0.405), colour: Vector.grey(0.55))
        }
    }

    private mutating func plantBox(_ place: Vector) {
        solid.surface = .plaster
        solid.box(Vector(place.x, 0, place.z), Vector(place.x + 1.2, 0.45, place.z + 0.45), colour: Vector(0.38, 0.36, 0.33))
        solid.surface = .painted
        let tints = [Vector(0.05, 0.13, 0.03), Vector(0.07, 0.17, 0.04), Vector(0.09, 0.14, 0.03)]
        for _ in 0..<420 {
            let middle = Vector(
                place.x + generator.range(0.02, 1.18), 0.48 + abs(generator.bell()) * 0.14, place.z + generator.range(0, 0.45))
            let lean = Vector(generator.bell(), 1.2, generator.bell()).normalised
            let across = lean.cross(Vector(generator.bell(), 0.1, generator.bell())).normalised * 0.05
            let first = solid.corner(middle + across, lean, generator.pick(tints))
            solid.corner(middle - across, lean, generator.pick(tints))
            solid.corner(middle + lean * 0.11 + across.cross(lean) * 0.8, lean, generator.pick(tints))
            solid.triangle(first, first + 1, first + 2)
        }
    }
}
