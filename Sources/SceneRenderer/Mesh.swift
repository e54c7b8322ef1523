import Foundation

/// Triangles with a normal and a colour at each corner, built from simple bodies.
struct Mesh: Sendable {
    struct Triangle: Sendable {
        var a: Int32
        var b: Int32
        var c: Int32
        var surface: Surface
        /// Which shop's sign or interior this is.
        var tag: UInt16
    }

    var positions: [Vector] = []
    var normals: [Vector] = []
    var colours: [Vector] = []
    /// Part mirrored, corner by corner: lacquer and glass.
    var glosses: [Float] = []
    var triangles: [Triangle] = []
    var surface = Surface.painted
    var tag: UInt16 = 0
    /// For the corners added from now on.
    var gloss: Float = 0

    mutating func removeAll() {
        positions.removeAll(keepingCapacity: true)
        normals.removeAll(keepingCapacity: true)
        colours.removeAll(keepingCapacity: true)
        glosses.removeAll(keepingCapacity: true)
        triangles.removeAll(keepingCapacity: true)
    }

    @discardableResult
    mutating func corner(_ position: Vector, _ normal: Vector, _ colour: Vector) -> Int32 {
        positions.append(position)
        normals.append(normal)
        colours.append(colour)
        glosses.append(gloss)
        return Int32(positions.count - 1)
    }

    mutating func triangle(_ a: Int32, _ b: Int32, _ c: Int32) {
        triangles.append(Triangle(a: a, b: b, c: c, surface: surface, tag: tag))
    }

    /// A flat four-sided face, its corners in order round it; it is seen from the side of `normal`.
    mutating func face(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector, normal: Vector, colour: Vector) {
        let first = corner(a, normal, colour)
        corner(b, normal, colour)
        corner(c, normal, colour)
        corner(d, normal, colour)
        triangle(first, first + 1, first + 2)
        triangle(first, first + 2, first + 3)
    }

    /// A box along the axes of the world.
    mutating func box(_ low: Vector, _ high: Vector, colour: Vector) {
        box(
            centre: (low + high) * 0.5, along: Vector((high.x - low.x) / 2, 0, 0), up: Vector(0, (high.y - low.y) / 2, 0),
            across: Vector(0, 0, (high.z - low.z) / 2), colour: colour)
    }

    /// A box given by its half axes; `split` cuts each face, so that light can change along it.
    mutating func box(centre: Vector, along: Vector, up: Vector, across: Vector, colour: Vector, split: Int = 1) {
        let axes = [(along, up, across), (up, across, along), (across, along, up)]
        for (normal, first, second) in axes {
            for side: Float in [1, -1] {
                let middle = centre + normal * side
                let direction = (normal * side).normalised
                for row in 0..<split {
                    for column in 0..<split {
                        let u0 = Float(column) / Float(split) * 2 - 1
                        let u1 = Float(column + 1) / Float(split) * 2 - 1
                        let v0 = Float(row) / Float(split) * 2 - 1
                        let v1 = Float(row + 1) / Float(split) * 2 - 1
                        face(
                            middle + first * u0 + second * v0, middle + first * u1 + second * v0, middle + first * u1 + second * v1,
                            middle + first * u0 + second * v1, normal: direction, colour: colour)
                    }
                }
            }
        }
    }

    /// A ball stretched along its three half axes; `lump` (a share of the radius) makes it uneven.
    mutating func ball(
        centre: Vector, axes: (Vector, Vector, Vector), colour: Vector, rings: Int = 6, sides: Int = 8, lump: Float = 0, seed: UInt32 = 0
    ) {
        let first = Int32(positions.count)
        let inverse = (
            axes.0 * (1 / max(1e-6, axes.0.dot(axes.0))), axes.1 * (1 / max(1e-6, axes.1.dot(axes.1))),
            axes.2 * (1 / max(1e-6, axes.2.dot(axes.2)))
        )
        for ring in 0...rings {
            let tilt = Float(ring) / Float(rings) * .pi
            let high = cos(tilt)
            let wide = sin(tilt)
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let x = cos(turn) * wide
                let z = sin(turn) * wide
                let reach = 1 + lump * (ValueNoise.value(x * 2.1 + 7 + high, z * 2.1 + high * 1.7 + 3, seed) - 0.5) * 2
                let point = (axes.0 * x + axes.1 * high + axes.2 * z) * reach
                corner(centre + point, (inverse.0 * x + inverse.1 * high + inverse.2 * z).normalised, colour)
            }
        }
        weave(first: first, rings: rings + 1, sides: sides, closed: true)
    }

    /// A round bar between two points, with its own radius at each end; `capped` rounds the ends.
    mutating func bar(
        from start: Vector, to end: Vector, radius: Float, endRadius: Float? = nil, colour: Vector, sides: Int = 7, capped: Bool = true
    ) {
        let axis = (end - start).normalised
        let helper = abs(axis.y) < 0.9 ? Vector(0, 1, 0) : Vector(1, 0, 0)
        let across = axis.cross(helper).normalised
        let other = axis.cross(across)
        let last = endRadius ?? radius
        let first = Int32(positions.count)
        let profile: [(place: Float, reach: Float, lean: Float)] =
            capped
            ? [(-0.9, 0.3, -0.95), (-0.5, 0.8, -0.6), (0, 1, 0), (1, 1, 0), (1.5, 0.8, 0.6), (1.9, 0.3, 0.95)]
            : [(0, 1, 0), (1, 1, 0)]
        for ring in profile {
            let inside = clamp(ring.place)
            let radiusHere = mix(radius, last, inside)
            let beyond = ring.place < 0 ? ring.place * radius : (ring.place > 1 ? (ring.place - 1) * last : 0)
            let middle = mix(start, end, inside) + axis * beyond
            for side in 0..<sides {
                let turn = Float(side) / Float(sides) * 2 * .pi
                let outward = across * cos(turn) + other * sin(turn)
                corner(middle + outward * (radiusHere * ring.reach), (outward * (1 - abs(ring.lean)) + axis * ring.lean).normalised, colour)
            }
        }
        weave(first: first, rings: profile.count, sides: sides, closed: true)
    }

    /// Joins rings of corners that were just added: `rings` of them with `sides` corners each.
    mutating func weave(first: Int32, rings: Int, sides: Int, closed: Bool) {
        let spans = closed ? sides : sides - 1
        for ring in 0..<Int32(rings - 1) {
            for side in 0..<Int32(spans) {
                let next = (side + 1) % Int32(sides)
                let a = first + ring * Int32(sides) + side
                let b = first + ring * Int32(sides) + next
                let c = a + Int32(sides)
                let d = b + Int32(sides)
                triangle(a, b, d)
                triangle(a, d, c)
            }
        }
    }

    /// Turns the corners from `first` on about the upright through the origin, then shifts them.
    mutating func place(from first: Int, at origin: Vector, headingRadians heading: Float) {
        let cosine = cos(heading)
        let sine = sin(heading)
        func turned(_ point: Vector) -> Vector {
            Vector(point.x * cosine - point.z * sine, point.y, point.x * sine + point.z * cosine)
        }
        for index in first..<positions.count {
            positions[index] = turned(positions[index]) + origin
            normals[index] = turned(normals[index])
        }
    }

    /// Adds another mesh as it is.
    mutating func append(_ other: Mesh) {
        let shift = Int32(positions.count)
        positions += other.positions
        normals += other.normals
        colours += other.colours
        glosses += other.glosses
        triangles += other.triangles.map { Triangle(a: $0.a + shift, b: $0.b + shift, c: $0.c + shift, surface: $0.surface, tag: $0.tag) }
    }
}
