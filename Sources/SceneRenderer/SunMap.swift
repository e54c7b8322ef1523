/// What the sun sees: for each place on a plane across its rays, how near to it the first solid thing lies, and how
/// thick the leaves are in between.
///
/// Serves the standing light, the swaying dapple below the trees and the shadows on whatever moves.
struct SunMap: Sendable {
    /// From the scene to the sun.
    let direction: Vector
    private let across: Vector
    private let along: Vector
    private let lowU: Float
    private let lowV: Float
    private let columns: Int
    private let rows: Int
    private static let metresPerCell: Float = 0.04

    private var solidNearness: [Float]
    private var leafNearness: [Float]
    private var leafCover: [Float]

    init(direction: Vector, model: StreetModel, from low: Vector, to high: Vector) {
        self.direction = direction.normalised
        across = Vector(0, 1, 0).cross(self.direction).normalised
        along = self.direction.cross(across)
        var lowU = Float.greatestFiniteMagnitude
        var lowV = lowU
        var highU = -lowU
        var highV = -lowU
        for corner in 0..<8 {
            let point = Vector(corner & 1 == 0 ? low.x : high.x, corner & 2 == 0 ? low.y : high.y, corner & 4 == 0 ? low.z : high.z)
            lowU = min(lowU, point.dot(across))
            highU = max(highU, point.dot(across))
            lowV = min(lowV, point.dot(along))
            highV = max(highV, point.dot(along))
        }
        self.lowU = lowU
        self.lowV = lowV
        columns = Int((highU - lowU) / Self.metresPerCell) + 2
        rows = Int((highV - lowV) / Self.metresPerCell) + 2
        solidNearness = [Float](repeating: -.greatestFiniteMagnitude, count: columns * rows)
        leafNearness = solidNearness
        leafCover = [Float](repeating: 0, count: columns * rows)
        cover(model.solid) { solid, cell, nearness in solid.solidNearness[cell] = max(solid.solidNearness[cell], nearness) }
        cover(model.leaves) { leaf, cell, nearness in
            leaf.leafNearness[cell] = max(leaf.leafNearness[cell], nearness)
            leaf.leafCover[cell] = min(1, leaf.leafCover[cell] + 0.75)
        }
        // The sun is half a degree wide: over five metres an edge is five centimetres soft.
        if !model.leaves.triangles.isEmpty {
            soften()
            soften()
        }
    }

    private mutating func cover(_ mesh: Mesh, _ mark: (inout SunMap, Int, Float) -> Void) {
        for triangle in mesh.triangles {
            let a = mesh.positions[Int(triangle.a)]
            let b = mesh.positions[Int(triangle.b)]
            let c = mesh.positions[Int(triangle.c)]
            // Glass lets the sun through.
            if triangle.surface == .glass { continue }
            let (aU, aV) = cell(a)
            let (bU, bV) = cell(b)
            let (cU, cV) = cell(c)
            let doubled = (bU - aU) * (cV - aV) - (bV - aV) * (cU - aU)
            guard abs(doubled) > 1e-4 else { continue }
            let firstRow = max(0, Int(min(aV, min(bV, cV)).rounded(.up)))
            let lastRow = min(rows - 1, floorIndex(max(aV, max(bV, cV))))
            let firstColumn = max(0, Int(min(aU, min(bU, cU)).rounded(.up)))
            let lastColumn = min(columns - 1, floorIndex(max(aU, max(bU, cU))))
            guard firstRow <= lastRow && firstColumn <= lastColumn else { continue }
            let nearA = a.dot(direction)
            let nearB = b.dot(direction)
            let nearC = c.dot(direction)
            for row in firstRow...lastRow {
                for column in firstColumn...lastColumn {
                    let u = Float(column) - aU
                    let v = Float(row) - aV
                    let second = (u * (cV - aV) - v * (cU - aU)) / doubled
                    let third = ((bU - aU) * v - (bV - aV) * u) / doubled
                    if second >= 0 && third >= 0 && second + third <= 1 {
                        mark(&self, row * columns + column, nearA + (nearB - nearA) * second + (nearC - nearA) * third)
                    }
                }
            }
        }
    }

    private mutating func soften() {
        var smooth = leafCover
        for row in 1..<(rows - 1) {
            for column in 1..<(columns - 1) {
                let cell = row * columns + column
                let edge = leafCover[cell - 1] + leafCover[cell + 1] + leafCover[cell - columns] + leafCover[cell + columns]
                let diagonal =
                    leafCover[cell - columns - 1] + leafCover[cell - columns + 1] + leafCover[cell + columns - 1]
                    + leafCover[cell + columns + 1]
                smooth[cell] = leafCover[cell] * 0.25 + edge * 0.125 + diagonal * 0.0625
            }
        }
        leafCover = smooth
    }

    /// Column and row of a point, not rounded.
    @inline(__always) func cell(_ point: Vector) -> (Float, Float) {
        ((point.dot(across) - lowU) / Self.metresPerCell, (point.dot(along) - lowV) / Self.metresPerCell)
    }

    /// Whether no solid thing keeps the sun from the point; `jitter` (about 0, in metres) softens edges, `slack` (metres)
    /// keeps a slanted surface from shading itself.
    @inline(__always) func reaches(_ point: Vector, jitterU: Float = 0, jitterV: Float = 0, slack: Float = 0) -> Bool {
        let (u, v) = cell(point)
        let column = Int(clamp(u + jitterU / Self.metresPerCell + 0.5, 0, Float(columns - 1)))
        let row = Int(clamp(v + jitterV / Self.metresPerCell + 0.5, 0, Float(rows - 1)))
        return solidNearness[row * columns + column] <= point.dot(direction) + 0.06 + slack
    }

    /// Whether a leaf at `point` lies in the crown's lit skin.
    func isOuterLeaf(_ point: Vector) -> Bool {
        let (u, v) = cell(point)
        guard u >= 0, v >= 0, u < Float(columns - 1), v < Float(rows - 1) else { return true }
        return leafNearness[Int(v + 0.5) * columns + Int(u + 0.5)] <= point.dot(direction) + 0.3
    }

    /// Whether leaves may come between the sun and this point.
    func isUnderLeaves(_ point: Vector) -> Bool {
        let (u, v) = cell(point)
        guard u >= 8, v >= 8, u < Float(columns - 9), v < Float(rows - 9) else { return false }
        let place = Int(v) * columns + Int(u)
        for offset in [0, -7, 7, -7 * columns, 7 * columns] where leafCover[place + offset] > 0.01 {
            if point.y < 3 || leafNearness[place + offset] > point.dot(direction) { return true }
        }
        return false
    }

    /// Part of the sun that the leaves let through at a column and row, 0.1…1.
    @inline(__always) func leafLight(u: Float, v: Float) -> Float {
        guard u >= 0, v >= 0, u < Float(columns - 2), v < Float(rows - 2) else { return 1 }
        let column = Int(u)
        let row = Int(v)
        let partU = u - Float(column)
        let partV = v - Float(row)
        let place = row * columns + column
        let top = mix(leafCover[place], leafCover[place + 1], partU)
        let bottom = mix(leafCover[place + columns], leafCover[place + columns + 1], partU)
        return 1 - 0.92 * mix(top, bottom, partV)
    }
}
