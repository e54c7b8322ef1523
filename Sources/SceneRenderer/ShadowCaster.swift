import Foundation
import FrameCore

/// Takes light from the street where moving or placed bodies stand in its way.
struct ShadowCaster {
    let camera: Camera
    let layout: StreetLayout
    let sunMap: SunMap
    private static let margin = 3

    private var cells: [Float] = []
    private var soft: [Float] = []
    /// Part of the sun already taken from each pixel in this frame, and of the sky.
    private var sunTaken: [Float]
    private var skyTaken: [Float]
    private var touched: [PixelRect] = []

    init(camera: Camera, layout: StreetLayout, sunMap: SunMap) {
        self.camera = camera
        self.layout = layout
        self.sunMap = sunMap
        sunTaken = [Float](repeating: 0, count: camera.size.area)
        skyTaken = sunTaken
    }

    /// Forgets the last frame's shadows.
    mutating func begin() {
        for rect in touched {
            for row in rect.y..<rect.maxY {
                for index in (row * camera.size.width + rect.x)..<(row * camera.size.width + rect.maxX) {
                    sunTaken[index] = 0
                    skyTaken[index] = 0
                }
            }
        }
        touched.removeAll(keepingCapacity: true)
    }

    /// The soft dark where the body keeps the sky from the ground around its foot.
    mutating func shade(_ drawable: Drawable, weight: Float, plate: Plate, into picture: inout LightLayer) {
        let reach: Float = 0.3
        let cosine = cos(drawable.headingRadians)
        let sine = sin(drawable.headingRadians)
        let wide = abs(cosine) * drawable.footprint.x + abs(sine) * drawable.footprint.z + reach * 3
        let deep = abs(sine) * drawable.footprint.x + abs(cosine) * drawable.footprint.z + reach * 3
        let low = drawable.origin - Vector(wide, 0, deep)
        let high = drawable.origin + Vector(wide, 0.35, deep)
        guard let rect = screenBox(low, high) else { return }
        touched.append(rect)
        for row in rect.y..<rect.maxY {
            for index in (row * camera.size.width + rect.x)..<(row * camera.size.width + rect.maxX) {
                let place = plate.place[index]
                let height = place.y - drawable.origin.y
                guard height < 0.4 && height > -0.3 else { continue }
                let offX = place.x - drawable.origin.x
                let offZ = place.z - drawable.origin.z
                let along = max(0, abs(offX * cosine + offZ * sine) - drawable.footprint.x)
                let across = max(0, abs(offZ * cosine - offX * sine) - drawable.footprint.z)
                let far = (along * along + across * across) / (reach * reach)
                let taken = drawable.shade / ((1 + far) * (1 + far)) * smoothStep(0.4, 0, abs(height))
                guard taken > 0.004, taken > skyTaken[index] else { continue }
                let factor = (1 - taken * weight) / (1 - skyTaken[index] * weight)
                skyTaken[index] = taken
                picture.red[index] *= factor
                picture.green[index] *= factor
                picture.blue[index] *= factor
            }
        }
    }

    /// The shadow that the sun throws: the body as the sun sees it, laid over whatever lies behind.
    mutating func cast(_ mesh: Mesh, ground: Float, sunLight: Float, plate: Plate, into picture: inout LightLayer) {
        var lowU = Float.greatestFiniteMagnitude
        var lowV = lowU
        var highU = -lowU
        var highV = -lowU
        var low = Vector.grey(.greatestFiniteMagnitude)
        var high = Vector.grey(-.greatestFiniteMagnitude)
        let direction = sunMap.direction
        for position in mesh.positions {
            let (u, v) = sunMap.cell(position)
            lowU = min(lowU, u)
            highU = max(highU, u)
            lowV = min(lowV, v)
            highV = max(highV, v)
            let fall = (position.y - ground + 0.15) / direction.y
            for point in [position, position - direction * fall] {
                low = Vector(min(low.x, point.x), min(low.y, point.y), min(low.z, point.z))
                high = Vector(max(high.x, point.x), max(high.y, point.y), max(high.z, point.z))
            }
        }
        guard let rect = screenBox(low, high) else { return }
        let firstColumn = floorIndex(lowU) - Self.margin
        let firstRow = floorIndex(lowV) - Self.margin
        let columns = floorIndex(highU) + Self.margin + 1 - firstColumn
        let rows = floorIndex(highV) + Self.margin + 1 - firstRow
        cells.removeAll(keepingCapacity: true)
        cells.append(contentsOf: repeatElement(0, count: columns * rows))
        Self.cover(mesh, sunMap, firstColumn: firstColumn, firstRow: firstRow, columns: columns, rows: rows, into: &cells)
        soften(columns: columns, rows: rows)
        touched.append(rect)
        let nearest = mesh.positions.reduce(-Float.greatestFiniteMagnitude) { max($0, $1.dot(direction)) }
        for row in rect.y..<rect.maxY {
            for index in (row * camera.size.width + rect.x)..<(row * camera.size.width + rect.maxX) {
                let place = plate.place[index]
                guard plate.sun.green[index] > 0.001, place.dot(direction) < nearest else { continue }
                let (u, v) = sunMap.cell(place)
                let column = u - Float(firstColumn)
                let line = v - Float(firstRow)
                guard column >= 0, line >= 0, column < Float(columns - 1), line < Float(rows - 1) else { continue }
                let left = Int(column)
                let top = Int(line)
                let cell = top * columns + left
                let partU = column - Float(left)
                let partV = line - Float(top)
                let taken = mix(mix(soft[cell], soft[cell + 1], partU), mix(soft[cell + columns], soft[cell + columns + 1], partU), partV)
                guard taken > sunTaken[index] else { continue }
                let share = (taken - sunTaken[index]) * sunLight * (1 - plate.leafShare[index])
                sunTaken[index] = taken
                picture.red[index] -= plate.sun.red[index] * share
                picture.green[index] -= plate.sun.green[index] * share
                picture.blue[index] -= plate.sun.blue[index] * share
            }
        }
    }

    /// Marks the cells that the body keeps the sun from.
    private static func cover(
        _ mesh: Mesh, _ sunMap: SunMap, firstColumn: Int, firstRow: Int, columns: Int, rows: Int, into marks: inout [Float]
    ) {
        let places = mesh.positions.map { position in
            let (u, v) = sunMap.cell(position)
            return SIMD2<Float>(u - Float(firstColumn), v - Float(firstRow))
        }
        // A closed body's far side falls within the shadow of its near one.
        let isLit = mesh.normals.map { $0.dot(sunMap.direction) > -0.2 }
        let lit = isLit.span
        let triangles = mesh.triangles.span
        let corners = places.span
        var cells = marks.mutableSpan
        for number in 0..<triangles.count {
            let triangle = triangles[number]
            guard lit[Int(triangle.a)] || lit[Int(triangle.b)] || lit[Int(triangle.c)] else { continue }
            let a = corners[Int(triangle.a)]
            let b = corners[Int(triangle.b)] - a
            let c = corners[Int(triangle.c)] - a
            let doubled = b.x * c.y - b.y * c.x
            guard abs(doubled) > 1e-3 else { continue }
            let scale = 1 / doubled
            let top = max(0, floorIndex(a.y + min(0, min(b.y, c.y))))
            let bottom = min(rows - 1, floorIndex(a.y + max(0, max(b.y, c.y))) + 1)
            let left = max(0, floorIndex(a.x + min(0, min(b.x, c.x))))
            let right = min(columns - 1, floorIndex(a.x + max(0, max(b.x, c.x))) + 1)
            guard top <= bottom && left <= right else { continue }
            var row = top
            while row <= bottom {
                let v = Float(row) - a.y
                var column = left
                while column <= right {
                    let u = Float(column) - a.x
                    let second = (u * c.y - v * c.x) * scale
                    let third = (b.x * v - b.y * u) * scale
                    if second >= -0.05 && third >= -0.05 && second + third <= 1.05 { cells[row &* columns &+ column] = 1 }
                    column &+= 1
                }
                row &+= 1
            }
        }
    }

    private mutating func soften(columns: Int, rows: Int) {
        soft.removeAll(keepingCapacity: true)
        soft.append(contentsOf: repeatElement(0, count: columns * rows))
        for row in 1..<(rows - 1) {
            for column in 1..<(columns - 1) {
                let cell = row * columns + column
                let edges = cells[cell - 1] + cells[cell + 1] + cells[cell - columns] + cells[cell + columns]
                let corners = cells[cell - columns - 1] + cells[cell - columns + 1] + cells[cell + columns - 1] + cells[cell + columns + 1]
                soft[cell] = cells[cell] * 0.28 + edges * 0.12 + corners * 0.06
            }
        }
    }

    /// Pixels that a box in the world may cover.
    private func screenBox(_ low: Vector, _ high: Vector) -> PixelRect? {
        var left = Float.greatestFiniteMagnitude
        var top = left
        var right = -left
        var bottom = -left
        for corner in 0..<8 {
            let point = Vector(corner & 1 == 0 ? low.x : high.x, corner & 2 == 0 ? low.y : high.y, corner & 4 == 0 ? low.z : high.z)
            guard let seen = camera.project(point) else { return nil }
            left = min(left, seen.x)
            right = max(right, seen.x)
            top = min(top, seen.y)
            bottom = max(bottom, seen.y)
        }
        let x0 = Int(clamp(left, 0, Float(camera.size.width)))
        let x1 = Int(clamp(right + 1, 0, Float(camera.size.width)))
        let y0 = Int(clamp(top, 0, Float(camera.size.height)))
        let y1 = Int(clamp(bottom + 1, 0, Float(camera.size.height)))
        return x1 > x0 && y1 > y0 ? PixelRect(x: x0, y: y0, width: x1 - x0, height: y1 - y0) : nil
    }
}
