import Foundation

/// Someone or something that moves through the scene.
struct Actor: Sendable {
    enum Kind: Sendable {
        case walker(Pedestrian)
        case scooter(tint: Vector, box: Vector?, rider: Pedestrian)
        case cyclist(tint: Vector, rider: Pedestrian)
        case vehicle(Vehicle)
    }

    enum Way: Sendable {
        case walk(WalkPath)
        case drive(DrivePath)
    }

    /// A bow down to the ground, its middle at a second.
    struct Bow: Sendable {
        var at: Float
        var seconds: Float = 1.6
    }

    /// Something held in front, or pushed on its wheels.
    struct Load: Sendable {
        var goods: Goods
        var from: Float
        var to: Float
        var isPushed = false
        var seed: UInt64 = 5
    }

    var kind: Kind
    var way: Way
    var bows: [Bow] = []
    var loads: [Load] = []

    func place(at time: Float) -> WalkPath.Place? {
        switch way {
        case .walk(let path): path.place(at: time)
        case .drive(let path): path.place(at: time)
        }
    }

    /// The body at a moment, in the world; nil while away. Its shade on the ground is a rectangle of half extents `footprint`.
    func build(into mesh: inout Mesh, at time: Float, layout: StreetLayout) -> Drawable? {
        guard let place = place(at: time) else { return nil }
        let ground = layout.ground(atZ: place.z)
        let origin = Vector(place.x, ground, place.z)
        let first = mesh.positions.count
        mesh.surface = .painted
        var footprint = (x: Float(0.16), z: Float(0.2))
        var strength: Float = 0.55
        switch kind {
        case .walker(let walker):
            var pose = Pedestrian.Pose()
            pose.swing = clamp(place.metresPerSecond / 1.2, 0, 1.15)
            pose.phaseRadians = place.distance / (1.38 * walker.heightMetres / 1.7) * 2 * .pi + Float(walker.seed & 7)
            // Nobody stands like a post.
            let idle = sin(time * 0.7 + Float(walker.seed & 63)) * 0.03
            for bow in bows { pose.bend = max(pose.bend, smoothStep(bow.seconds / 2, 0, abs(time - bow.at))) }
            let load = loads.first { time >= $0.from && time < $0.to }
            pose.holds = load != nil
            walker.build(into: &mesh, pose: pose)
            if let load {
                let start = mesh.positions.count
                load.goods.build(into: &mesh, seed: load.seed)
                let high: Float = load.isPushed ? 0 : mix(0.86, 0.12, pose.bend)
                mesh.place(
                    from: start, at: Vector(load.isPushed ? 1.25 : 0.42 + pose.bend * 0.2, high, 0),
                    headingRadians: load.isPushed ? 0 : .pi / 2)
                if load.isPushed { footprint = (1.2, 0.4) }
            }
            mesh.place(from: first, at: origin, headingRadians: place.headingRadians + idle * (1 - pose.swing))
        case .scooter(let tint, let box, let rider):
            Scooter.build(into: &mesh, tint: tint, boxTint: box, rollRadians: place.distance / Scooter.wheelRadius)
            let start = mesh.positions.count
            rider.build(into: &mesh, pose: Pedestrian.Pose(sits: true))
            mesh.place(from: start, at: Vector(-0.25, -0.1, 0), headingRadians: 0)
            mesh.place(from: first, at: origin, headingRadians: place.headingRadians)
            footprint = (0.75, 0.18)
        case .cyclist(let tint, let rider):
            let turns = place.distance / Bicycle.wheelRadius
            Bicycle.build(into: &mesh, tint: tint, rollRadians: turns)
            let start = mesh.positions.count
            rider.build(
                into: &mesh, pose: Pedestrian.Pose(phaseRadians: turns * 0.4, swing: place.metresPerSecond > 0.3 ? 1 : 0, sits: true))
            mesh.place(from: start, at: Vector(-0.22, 0.04, 0), headingRadians: 0)
            mesh.place(from: first, at: origin, headingRadians: place.headingRadians)
            footprint = (0.6, 0.12)
        case .vehicle(let vehicle):
            let ahead = self.place(at: time + 0.2)
            let braking = (ahead?.metresPerSecond ?? 0) < place.metresPerSecond - 0.1 || place.metresPerSecond < 0.1
            vehicle.build(into: &mesh, rollRadians: place.distance / Vehicle.wheelRadius, braking: braking)
            mesh.place(from: first, at: origin, headingRadians: place.headingRadians)
            footprint = (vehicle.halfLength - 0.15, vehicle.halfWidth - 0.1)
            strength = 0.86
        }
        return Drawable(origin: origin, headingRadians: place.headingRadians, footprint: footprint, shade: strength)
    }
}
