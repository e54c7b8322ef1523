/// The people and vehicles that only pass.
struct Crowd {
    let layout: StreetLayout
    private var generator: Generator
    /// The street's seen part along x, with a little beyond.
    private let ends: (Float, Float)
    private let isRaining: Bool

    init(layout: StreetLayout, isRaining: Bool = false) {
        self.layout = layout
        self.isRaining = isRaining
        generator = Generator(seed: layout.seed, part: 60)
        let isForward = layout.cameraTarget.x > layout.cameraPosition.x
        ends =
            isForward
            ? (layout.cameraPosition.x - 4, layout.cameraPosition.x + 46) : (layout.cameraPosition.x - 46, layout.cameraPosition.x + 4)
    }

    /// `count` people who come along `lanes` (z in metres) between second `-35` and `until`.
    mutating func walkers(_ count: Int, lanes: [Float], until: Float) -> [Actor] {
        (0..<count).map { _ in
            let person = Pedestrian.random(&generator, inRain: isRaining)
            let start = generator.range(-36, until)
            let z = generator.pick(lanes) + generator.range(-0.3, 0.3)
            let (from, to) = generator.chance(0.5) ? ends : (ends.1, ends.0)
            let pace = generator.range(1.02, 1.48)
            var legs: [WalkPath.Leg] = []
            if generator.chance(0.16) {
                // Looks at a telephone for some seconds.
                let x = mix(from, to, generator.range(0.3, 0.8))
                legs = [.to(x, z), .wait(generator.range(2, 4))]
            }
            let bend = z + generator.range(-0.3, 0.3)
            legs += [.to(mix(from, to, 0.9), bend), .to(to, bend)]
            return Actor(kind: .walker(person), way: .walk(WalkPath(start: start, x: from, z: z, metresPerSecond: pace, legs)))
        }
    }

    /// Cars and vans that drive through; two lanes, on the right.
    mutating func vehicles(_ count: Int, from: Float, until: Float, lightsOn: Bool = false) -> [Actor] {
        (0..<count).map { number in
            var vehicle = Vehicle.random(&generator)
            vehicle.lightsOn = lightsOn
            let start = mix(from, until, (Float(number) + generator.range(0.1, 0.9)) / Float(count))
            // For whoever drives towards larger x the right-hand side lies at larger z.
            let forward = generator.chance(0.5)
            let z = layout.pavementWidth + layout.roadWidth * (forward ? 0.74 : 0.27)
            let speed = generator.range(6, 9.5) * (forward ? 1 : -1)
            let path = DrivePath(
                start: start, x: forward ? ends.0 - 6 : ends.1 + 14, z: z, metresPerSecond: speed, stop: nil, end: start + 70 / abs(speed))
            return Actor(kind: .vehicle(vehicle), way: .drive(path))
        }
    }

    /// Scooters and bicycles along the carriageway's edges.
    mutating func riders(_ count: Int, from: Float, until: Float) -> [Actor] {
        (0..<count).map { number in
            let start = mix(from, until, (Float(number) + generator.range(0.1, 0.9)) / Float(count))
            let forward = generator.chance(0.5)
            let z =
                forward
                ? layout.pavementWidth + layout.roadWidth - generator.range(0.9, 1.4) : layout.pavementWidth + generator.range(0.9, 1.4)
            let (x, to) = forward ? (ends.0, ends.1 + 6) : (ends.1 + 6, ends.0)
            var rider = Pedestrian.random(&generator, inRain: false)
            rider.coatLength = 0.06
            if generator.chance(0.65) {
                let box: Vector? = generator.chance(0.55) ? generator.pick([Vector(0.03, 0.25, 0.55), Vector(0.6, 0.45, 0.03)]) : nil
                if let box { rider.coat = box }
                let path = WalkPath(start: start, x: x, z: z, metresPerSecond: generator.range(5, 6.8), [.to(to, z)])
                return Actor(
                    kind: .scooter(
                        tint: generator.pick([Vector.grey(0.5), Vector.grey(0.03), Vector(0.35, 0.05, 0.05), Vector(0.05, 0.15, 0.3)]),
                        box: box, rider: rider), way: .walk(path))
            }
            let path = WalkPath(start: start, x: x, z: z, metresPerSecond: generator.range(3.2, 4.2), [.to(to, z)])
            return Actor(
                kind: .cyclist(
                    tint: generator.pick([Vector(0.5, 0.38, 0.03), Vector(0.03, 0.25, 0.45), Vector(0.1, 0.4, 0.36)]), rider: rider),
                way: .walk(path))
        }
    }

    /// One person by the seed, for a part in the play.
    mutating func player() -> Pedestrian {
        var person = Pedestrian.random(&generator, inRain: false)
        person.bag = .none
        return person
    }
}
