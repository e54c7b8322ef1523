/// A bounding-volume tree over triangles, for the light of the standing street.
///
/// Built once (binned surface-area splits, Wald 2007); a query visits about log n nodes and allocates nothing.
struct RayTree: Sendable {
    struct Hit {
        var distance: Float
        var triangle: Int
        /// Weights of the second and third corner.
        var u: Float
        var v: Float
    }

    private struct Node: Sendable {
        var low: Vector
        var high: Vector
        /// First child for an inner node, first triangle for a leaf.
        var first: Int32
        /// Triangles in a leaf, 0 for an inner node.
        var count: Int32
    }

    private struct Corner: Sendable {
        var origin: Vector
        var edgeA: Vector
        var edgeB: Vector
    }

    private var nodes: [Node] = []
    private var corners: [Corner] = []
    private var order: [Int32] = []

    init(_ mesh: Mesh) {
        let count = mesh.triangles.count
        var lows: [Vector] = []
        var highs: [Vector] = []
        var centres: [Vector] = []
        for triangle in mesh.triangles {
            let a = mesh.positions[Int(triangle.a)]
            let b = mesh.positions[Int(triangle.b)]
            let c = mesh.positions[Int(triangle.c)]
            let low = pointwiseMin(pointwiseMin(a, b), c)
            let high = pointwiseMax(pointwiseMax(a, b), c)
            lows.append(low)
            highs.append(high)
            centres.append((low + high) * 0.5)
        }
        order = (0..<Int32(count)).map { $0 }
        nodes.reserveCapacity(count)
        nodes.append(Node(low: .zero, high: .zero, first: 0, count: Int32(count)))
        var pending = [0]
        while let index = pending.popLast() {
            split(index, lows, highs, centres, &pending)
        }
        corners = order.map { place in
            let triangle = mesh.triangles[Int(place)]
            let origin = mesh.positions[Int(triangle.a)]
            return Corner(origin: origin, edgeA: mesh.positions[Int(triangle.b)] - origin, edgeB: mesh.positions[Int(triangle.c)] - origin)
        }
    }

    private mutating func split(_ index: Int, _ lows: [Vector], _ highs: [Vector], _ centres: [Vector], _ pending: inout [Int]) {
        let first = Int(nodes[index].first)
        let count = Int(nodes[index].count)
        var low = Vector.grey(.greatestFiniteMagnitude)
        var high = Vector.grey(-.greatestFiniteMagnitude)
        var centreLow = low
        var centreHigh = high
        for place in first..<(first + count) {
            let triangle = Int(order[place])
            low = pointwiseMin(low, lows[triangle])
            high = pointwiseMax(high, highs[triangle])
            centreLow = pointwiseMin(centreLow, centres[triangle])
            centreHigh = pointwiseMax(centreHigh, centres[triangle])
        }
        nodes[index].low = low
        nodes[index].high = high
        guard count > 3 else { return }
        let extent = centreHigh - centreLow
        let axis = extent.x > extent.y ? (extent.x > extent.z ? 0 : 2) : (extent.y > extent.z ? 1 : 2)
        guard extent[axis] > 1e-5 else { return }
        let bins = 12
        var binLow = [Vector](repeating: .grey(.greatestFiniteMagnitude), count: bins)
        var binHigh = [Vector](repeating: .grey(-.greatestFiniteMagnitude), count: bins)
        var binCount = [Int](repeating: 0, count: bins)
        let scale = Float(bins) * 0.9999 / extent[axis]
        func bin(_ triangle: Int) -> Int { Int((centres[triangle][axis] - centreLow[axis]) * scale) }
        for place in first..<(first + count) {
            let triangle = Int(order[place])
            let slot = bin(triangle)
            binLow[slot] = pointwiseMin(binLow[slot], lows[triangle])
            binHigh[slot] = pointwiseMax(binHigh[slot], highs[triangle])
            binCount[slot] += 1
        }
        func cost(_ range: Range<Int>) -> Float {
            var boxLow = Vector.grey(.greatestFiniteMagnitude)
            var boxHigh = Vector.grey(-.greatestFiniteMagnitude)
            var members = 0
            for slot in range where binCount[slot] > 0 {
                boxLow = pointwiseMin(boxLow, binLow[slot])
                boxHigh = pointwiseMax(boxHigh, binHigh[slot])
                members += binCount[slot]
            }
            guard members > 0 else { return .greatestFiniteMagnitude }
            let side = boxHigh - boxLow
            return Float(members) * (side.x * side.y + side.y * side.z + side.z * side.x)
        }
        var best = Float.greatestFiniteMagnitude
        var bestSlot = bins / 2
        for slot in 1..<bins {
            let sum = cost(0..<slot) + cost(slot..<bins)
            if sum < best {
                best = sum
                bestSlot = slot
            }
        }
        let middle = order[first..<(first + count)].partition { bin(Int($0)) >= bestSlot }
        guard middle > first && middle < first + count else { return }
        let child = nodes.count
        nodes.append(Node(low: .zero, high: .zero, first: Int32(first), count: Int32(middle - first)))
        nodes.append(Node(low: .zero, high: .zero, first: Int32(middle), count: Int32(first + count - middle)))
        nodes[index].first = Int32(child)
        nodes[index].count = 0
        pending.append(child)
        pending.append(child + 1)
    }

    /// The first triangle met within `reach` metres, or nil.
    func nearest(from origin: Vector, along direction: Vector, reach: Float) -> Hit? {
        let nodes = nodes.span
        let corners = corners.span
        var best = reach
        var hit: Hit?
        let inverse = Vector(1 / safe(direction.x), 1 / safe(direction.y), 1 / safe(direction.z))
        var stack = InlineArray<64, Int32>(repeating: 0)
        var depth = 1
        while depth > 0 {
            depth &-= 1
            let node = nodes[Int(stack[depth])]
            guard enters(node, origin, inverse) < best else { continue }
            if node.count == 0 {
                let left = enters(nodes[Int(node.first)], origin, inverse)
                let right = enters(nodes[Int(node.first) + 1], origin, inverse)
                // The nearer child is visited first: put on the stack last.
                let far = left < right ? node.first + 1 : node.first
                let near = left < right ? node.first : node.first + 1
                if max(left, right) < best {
                    stack[depth] = far
                    depth &+= 1
                }
                if min(left, right) < best {
                    stack[depth] = near
                    depth &+= 1
                }
                continue
            }
            for place in Int(node.first)..<Int(node.first + node.count) {
                let corner = corners[place]
                let cross = direction.cross(corner.edgeB)
                let determinant = corner.edgeA.dot(cross)
                guard abs(determinant) > 1e-9 else { continue }
                let scale = 1 / determinant
                let offset = origin - corner.origin
                let u = offset.dot(cross) * scale
                guard u >= 0 && u <= 1 else { continue }
                let other = offset.cross(corner.edgeA)
                let v = direction.dot(other) * scale
                guard v >= 0 && u + v <= 1 else { continue }
                let distance = corner.edgeB.dot(other) * scale
                if distance > 1e-4 && distance < best {
                    best = distance
                    hit = Hit(distance: distance, triangle: Int(order[place]), u: u, v: v)
                }
            }
        }
        return hit
    }

    @inline(__always) private func safe(_ value: Float) -> Float { abs(value) < 1e-7 ? 1e-7 : value }

    /// Distance at which a ray enters the node's box, or infinity.
    @inline(__always) private func enters(_ node: Node, _ origin: Vector, _ inverse: Vector) -> Float {
        let a = (node.low - origin) * inverse
        let b = (node.high - origin) * inverse
        let near = max(max(min(a.x, b.x), min(a.y, b.y)), min(a.z, b.z))
        let far = min(min(max(a.x, b.x), max(a.y, b.y)), max(a.z, b.z))
        return far >= max(near, 0) ? near : .infinity
    }
}

private func pointwiseMin(_ a: Vector, _ b: Vector) -> Vector { Vector(min(a.x, b.x), min(a.y, b.y), min(a.z, b.z)) }

private func pointwiseMax(_ a: Vector, _ b: Vector) -> Vector { Vector(max(a.x, b.x), max(a.y, b.y), max(a.z, b.z)) }
