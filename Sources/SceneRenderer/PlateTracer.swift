import FrameCore

/// Draws the standing street by following light: some rays through each pixel, the sky's light gathered at each hit,
/// the sun looked up in the sun map, one mirrored ray from glass and wet ground.
struct PlateTracer {
    private static let samplesPerPixel = 4
    private static let skyRaysPerSample = 2

    let camera: Camera
    let daylight: Daylight
    let sunMap: SunMap
    let model: StreetModel
    private let mesh: Mesh
    private let tree: RayTree
    private let texture: SurfaceTexture

    /// What one ray brings home.
    private struct Sample {
        var albedo = Vector.zero
        var irradiance = Vector.zero
        var extra = Vector.zero
        var sun = Vector.zero
        var shops = Vector.zero
        var lamps = Vector.zero
        var normal = Vector.zero
        var depth: Float = 0
        var place = Vector.zero
        var isLeaf = false
    }

    init(model: StreetModel, camera: Camera, daylight: Daylight, sunMap: SunMap) {
        self.model = model
        self.camera = camera
        self.daylight = daylight
        self.sunMap = sunMap
        var whole = model.solid
        whole.append(model.leaves)
        mesh = whole
        tree = RayTree(whole)
        texture = SurfaceTexture(layout: model.layout, shops: model.shops)
    }

    func render() -> Plate {
        let size = camera.size
        var plate = Plate(size: size)
        var albedo = LightLayer(count: size.area)
        var irradiance = LightLayer(count: size.area)
        var normals = [Vector](repeating: .zero, count: size.area)
        let share = 1 / Float(Self.samplesPerPixel)
        for row in 0..<size.height {
            for column in 0..<size.width {
                let index = row * size.width + column
                var generator = Generator(seed: model.layout.seed &+ UInt64(index), part: 40)
                for number in 0..<Self.samplesPerPixel {
                    let x = Float(column) + (Float(number & 1) + generator.unit()) * 0.5
                    let y = Float(row) + (Float(number >> 1) + generator.unit()) * 0.5
                    let sample = trace(camera.ray(x: x, y: y), &generator)
                    albedo.add(sample.albedo * share, at: index)
                    irradiance.add(sample.irradiance * share, at: index)
                    plate.ambient.add(sample.extra * share, at: index)
                    plate.sun.add(sample.sun * share, at: index)
                    plate.shops.add(sample.shops * share, at: index)
                    plate.lamps.add(sample.lamps * share, at: index)
                    plate.albedo[index] += sample.albedo.brightness * share
                    plate.upward[index] += max(0, sample.normal.y) * share
                    normals[index] += sample.normal * share
                    if sample.isLeaf { plate.leafShare[index] += share }
                    if number == 0 || sample.depth < plate.depth[index] {
                        plate.depth[index] = sample.depth
                        plate.place[index] = sample.place
                    }
                }
            }
        }
        for step in [1, 2] { smooth(&irradiance, normals, plate, step: step) }
        for index in 0..<size.area { plate.ambient.add(albedo[index] * irradiance[index], at: index) }
        plate.ambient.blur(size: size, side: 0.13)
        plate.sun.blur(size: size, side: 0.13)
        plate.shops.blur(size: size, side: 0.13)
        plate.lamps.blur(size: size, side: 0.13)
        return plate
    }

    private func trace(_ start: Vector, _ generator: inout Generator) -> Sample {
        var sample = Sample()
        var origin = camera.position
        var direction = start
        var through: Float = 1
        var gone: Float = 0
        let axis = start.dot(camera.forward)
        for bounce in 0..<3 {
            guard let hit = tree.nearest(from: origin, along: direction, reach: 400) else {
                sample.extra += daylight.sky(direction) * through
                if bounce == 0 {
                    sample.depth = 400
                    sample.place = origin + direction * 400
                }
                return sample
            }
            let triangle = mesh.triangles[hit.triangle]
            let point = origin + direction * hit.distance
            gone += hit.distance
            var normal = interpolate(mesh.normals, triangle, hit).normalised
            if normal.dot(direction) > 0 { normal = -normal }
            let tint = interpolate(mesh.colours, triangle, hit)
            let finish = texture.finish(
                triangle.surface, at: point, normal: normal, tint: tint, tag: Int(triangle.tag), footprint: gone / camera.focal)
            if bounce == 0 {
                sample.depth = gone * axis
                sample.place = point
                sample.normal = normal
            }
            let clear = 1 / (1 + gone / daylight.clearMetres * (1 + gone / daylight.clearMetres))
            var open = through * clear
            sample.extra += daylight.haze * (through * (1 - clear))
            if finish.mirror > 0 {
                let facing = 1 - abs(normal.dot(direction))
                let square = facing * facing
                let share = finish.mirror + (1 - finish.mirror) * square * square * facing * (finish.roughness > 0.03 ? 0.55 : 1)
                let spread = Vector(generator.bell(), generator.bell(), generator.bell()) * finish.roughness
                let mirrored = (direction - normal * (2 * direction.dot(normal)) + spread).normalised
                let (seen, shining) = glance(point + normal * 0.003, mirrored)
                sample.extra += seen * (open * share)
                sample.shops += shining * (open * share)
                open *= 1 - share
                through *= 1 - share
            }
            if triangle.surface == .glass {
                through *= 0.82
                origin = point + direction * 0.002
                direction = start
                continue
            }
            sample.shops += finish.glow * open
            if triangle.surface == .shelf || triangle.surface == .interior || triangle.surface == .lamp {
                sample.extra += finish.albedo * (open * 0.16 * smoothStep(-3.5, 0, point.z))
                return sample
            }
            sample.albedo = finish.albedo * open
            sample.irradiance = gather(point + normal * 0.004, normal, &generator)
            let isLeaf = triangle.surface == .leaf
            sample.isLeaf = isLeaf && bounce == 0
            sample.sun = finish.albedo * daylight.sunColour * (open * sunlight(point, normal, isLeaf, &generator))
            sample.lamps = finish.albedo * lamplight(point, normal) * open
            sample.shops += finish.albedo * shopSpill(point, normal) * open
            return sample
        }
        return sample
    }

    private func sunlight(_ point: Vector, _ normal: Vector, _ isLeaf: Bool, _ generator: inout Generator) -> Float {
        guard daylight.sunColour.x > 0 else { return 0 }
        let facing = normal.dot(sunMap.direction)
        if isLeaf { return sunMap.isOuterLeaf(point) ? 0.3 + 0.7 * abs(facing) : 0.14 }
        guard facing > 0 else { return 0 }
        // A slanted surface runs out of its cell by the tangent of its slope.
        let slack = min(0.35, 0.09 * (1 - facing * facing).squareRoot() / max(0.1, facing))
        let lifted = point + normal * 0.03
        var open: Float = 0
        for tap in 0..<6 {
            let side: Float = tap & 1 == 0 ? 0.035 : -0.035
            let jitterU = side + (generator.unit() - 0.5) * 0.05
            let jitterV = (Float(tap >> 1) - 1) * 0.045 + (generator.unit() - 0.5) * 0.05
            if sunMap.reaches(lifted, jitterU: jitterU, jitterV: jitterV, slack: slack) { open += 1 }
        }
        return facing * open / 6
    }

    private func gather(_ point: Vector, _ normal: Vector, _ generator: inout Generator) -> Vector {
        var sum = Vector.zero
        for _ in 0..<Self.skyRaysPerSample {
            let direction = generator.hemisphere(normal)
            guard let hit = tree.nearest(from: point, along: direction, reach: 40) else {
                sum += daylight.sky(direction)
                continue
            }
            let triangle = mesh.triangles[hit.triangle]
            let place = point + direction * hit.distance
            var other = mesh.normals[Int(triangle.a)]
            if other.dot(direction) > 0 { other = -other }
            let isLeaf = triangle.surface == .leaf
            let lit = isLeaf ? 0.2 : max(0, other.dot(sunMap.direction)) * (sunMap.reaches(place + other * 0.03) ? 1 : 0)
            sum += mesh.colours[Int(triangle.a)] * (daylight.horizon * (isLeaf ? 0.6 : 0.42) + daylight.sunColour * lit)
        }
        return sum * (1 / Float(Self.skyRaysPerSample))
    }

    /// What a mirrored ray sees, roughly: without light of its own, and that light.
    private func glance(_ origin: Vector, _ direction: Vector) -> (Vector, Vector) {
        guard let hit = tree.nearest(from: origin, along: direction, reach: 120) else { return (daylight.sky(direction), .zero) }
        let triangle = mesh.triangles[hit.triangle]
        let point = origin + direction * hit.distance
        var normal = mesh.normals[Int(triangle.a)]
        if normal.dot(direction) > 0 { normal = -normal }
        let finish = texture.finish(
            triangle.surface, at: point, normal: normal, tint: mesh.colours[Int(triangle.a)], tag: Int(triangle.tag), footprint: 0.1)
        let lit = max(0, normal.dot(sunMap.direction)) * (sunMap.reaches(point + normal * 0.03) ? 1 : 0)
        let isInside = triangle.surface == .shelf || triangle.surface == .interior || triangle.surface == .lamp
        return (finish.albedo * (daylight.horizon * (isInside ? 0.1 : 0.5) + daylight.sunColour * lit), finish.glow)
    }

    /// Light of the street lamps at a point, without shadows.
    private func lamplight(_ point: Vector, _ normal: Vector) -> Vector {
        var sum: Float = 0
        for post in model.layout.lampPosts {
            sum += StreetLamp.light(on: point, normal: normal, lamp: StreetLamp.head(x: post, layout: model.layout))
        }
        return StreetLamp.tint * sum
    }

    /// What falls out of the shop windows on to the pavement before them.
    private func shopSpill(_ point: Vector, _ normal: Vector) -> Vector {
        guard point.z > -0.1, point.z < 9, point.y < 4 else { return .zero }
        var sum = Vector.zero
        for shop in model.shops where !shop.isShut && abs((shop.start + shop.end) / 2 - point.x) < 7 {
            for part in 0..<2 {
                let window = Vector(mix(shop.start, shop.end, 0.27 + 0.46 * Float(part)), 1.6, -0.3)
                let offset = window - point
                let square = offset.dot(offset)
                let direction = offset * (1 / square.squareRoot())
                let facing: Float = max(0, normal.dot(direction)) * max(0, -direction.z)
                let strength: Float = facing * (shop.end - shop.start) * 0.32
                sum += shop.interiorTint * (strength / (square + 0.6))
            }
        }
        return sum * Vector(1.1, 0.95, 0.75)
    }

    private func interpolate(_ values: [Vector], _ triangle: Mesh.Triangle, _ hit: RayTree.Hit) -> Vector {
        values[Int(triangle.a)] * (1 - hit.u - hit.v) + values[Int(triangle.b)] * hit.u + values[Int(triangle.c)] * hit.v
    }

    /// Averages the gathered light among near pixels that lie on the same surface (edge-avoiding à-trous filter, Dammertz 2010).
    private func smooth(_ light: inout LightLayer, _ normals: [Vector], _ plate: Plate, step: Int) {
        let size = plate.size
        var result = light
        for row in 0..<size.height {
            for column in 0..<size.width {
                let index = row * size.width + column
                var sum = Vector.zero
                var weights: Float = 0
                let depth = plate.depth[index]
                let normal = normals[index]
                for offsetY in -1...1 {
                    for offsetX in -1...1 {
                        let x = column + offsetX * step
                        let y = row + offsetY * step
                        guard x >= 0, y >= 0, x < size.width, y < size.height else { continue }
                        let other = y * size.width + x
                        let far = abs(plate.depth[other] - depth) / (0.02 * depth + 0.02)
                        let same = max(0, normals[other].dot(normal))
                        let weight = same * same * same * same / (1 + far * far) + (other == index ? 0.05 : 0)
                        sum += light[other] * weight
                        weights += weight
                    }
                }
                let mean = sum * (1 / weights)
                result.red[index] = mean.x
                result.green[index] = mean.y
                result.blue[index] = mean.z
            }
        }
        light = result
    }
}
