import FrameCore

/// Draws one body into the linear picture: a depth buffer of its own at several samples a pixel, then averaged with
/// its coverage, so that edges are soft and things that stand nearer hide it.
struct TileRasterizer {
    /// The light that falls on bodies at this moment.
    struct Light {
        var ambient: Vector
        var ground: Vector
        var sun: Vector
        var haze: Vector
        var clearMetres: Float
        var lamps: Float
    }

    let camera: Camera
    let layout: StreetLayout
    let sunMap: SunMap

    /// The mesh's corners as seen: place in the tile's samples, nearness, received light times colour.
    private struct Corners: Sendable {
        var x: [Float] = []
        var y: [Float] = []
        var nearness: [Float] = []
        var red: [Float] = []
        var green: [Float] = []
        var blue: [Float] = []
        /// Turned away from the camera: a face whose corners all are lies behind the body's other side.
        var isAway: [Bool] = []
    }

    /// What each sample of the tile shows; a nearness of 0 is nothing.
    private struct Samples: Sendable {
        var nearness: [Float] = []
        var red: [Float] = []
        var green: [Float] = []
        var blue: [Float] = []
    }

    private var corners = Corners()
    private var tile = Samples()

    init(camera: Camera, layout: StreetLayout, sunMap: SunMap) {
        self.camera = camera
        self.layout = layout
        self.sunMap = sunMap
    }

    /// Draws the mesh over `picture`; `opacity` below one is for mirror images in wet ground, which only show where `mirror` is above 0.
    mutating func draw(_ mesh: Mesh, light: Light, plate: Plate, into picture: inout LightLayer, opacity: Float = 1, mirrored: Bool = false)
    {
        guard let bounds = SceneBox(camera: camera).bounds(of: mesh) else { return }
        let samples = bounds.height > 70 ? 2 : 3
        shade(mesh, light: light)
        project(mesh, bounds: bounds, samples: samples)
        let columns = bounds.width * samples
        let rows = bounds.height * samples
        tile.nearness.removeAll(keepingCapacity: true)
        tile.nearness.append(contentsOf: repeatElement(0, count: columns * rows))
        if tile.red.count < columns * rows {
            tile.red = [Float](repeating: 0, count: columns * rows)
            tile.green = tile.red
            tile.blue = tile.red
        }
        Self.fill(
            mesh.triangles, corners, columns: columns, rows: rows, nearness: &tile.nearness, red: &tile.red, green: &tile.green,
            blue: &tile.blue)
        resolve(bounds, samples: samples, plate: plate, into: &picture, opacity: opacity, mirrored: mirrored)
    }

    private mutating func project(_ mesh: Mesh, bounds: PixelRect, samples: Int) {
        corners.x.removeAll(keepingCapacity: true)
        corners.y.removeAll(keepingCapacity: true)
        corners.nearness.removeAll(keepingCapacity: true)
        let scale = Float(samples)
        for position in mesh.positions {
            // Not a number where it lies behind the camera: no sample is inside such a triangle.
            let seen = camera.project(position) ?? (.nan, .nan, 1)
            corners.x.append((seen.x - Float(bounds.x)) * scale)
            corners.y.append((seen.y - Float(bounds.y)) * scale)
            corners.nearness.append(1 / seen.depth)
        }
    }

    private mutating func shade(_ mesh: Mesh, light: Light) {
        corners.red.removeAll(keepingCapacity: true)
        corners.green.removeAll(keepingCapacity: true)
        corners.blue.removeAll(keepingCapacity: true)
        corners.isAway.removeAll(keepingCapacity: true)
        let hasSun = light.sun.x > 0
        for index in 0..<mesh.positions.count {
            let position = mesh.positions[index]
            let toEye = (camera.position - position).normalised
            var normal = mesh.normals[index]
            let turned = normal.dot(toEye)
            corners.isAway.append(turned < -0.3)
            if turned < -0.35 { normal = -normal }
            let height = position.y - layout.ground(atZ: position.z)
            // Less sky is seen close to the ground and to the house fronts.
            let open = (0.5 + 0.5 * smoothStep(-0.1, 0.75, height)) * (0.72 + 0.28 * smoothStep(0, 2.6, position.z))
            let upper = 0.5 + 0.5 * normal.y
            var received = (light.ambient * upper + light.ground * (1 - upper)) * open
            if hasSun {
                let facing = normal.dot(sunMap.direction)
                if facing > 0 && sunMap.reaches(position + normal * 0.05) {
                    let cell = sunMap.cell(position)
                    received += light.sun * (facing * sunMap.leafLight(u: cell.0, v: cell.1))
                }
            }
            if light.lamps > 0 {
                var lamp: Float = 0
                for post in layout.lampPosts {
                    lamp += StreetLamp.light(on: position, normal: normal, lamp: StreetLamp.head(x: post, layout: layout))
                }
                received += StreetLamp.tint * (lamp * light.lamps)
            }
            var colour = mesh.colours[index]
            if colour.x > 1 || colour.y > 1 {
                // A lamp: its own light.
                received = .grey(0.5)
            }
            colour *= received
            let gloss = mesh.glosses[index]
            if gloss > 0 {
                let facing = max(0, normal.dot(toEye))
                let mirrored = normal * (2 * facing) - toEye
                let grazing = 1 - facing
                let share = gloss + (0.85 - gloss) * grazing * grazing * grazing * grazing * 0.8
                // Sky above, a broken band of houses, the road below.
                let band = smoothStep(
                    0.06, 0.42, mirrored.y + 0.12 * (ValueNoise.value(mirrored.x * 6, mirrored.z * 6 + position.x * 0.15, 5) - 0.5))
                let seen = mirrored.y < 0 ? light.ground * 0.55 : mix(light.ambient * 0.22, light.ambient * 0.85, band)
                colour = colour * (1 - share) + seen * share
                if hasSun {
                    let glint = max(0, mirrored.dot(sunMap.direction))
                    let fourth = glint * glint * glint * glint
                    colour += light.sun * (fourth * fourth * fourth * fourth * gloss * 2.2)
                }
            }
            let far = (camera.position - position).length / light.clearMetres
            let clear = 1 / (1 + far * (1 + far))
            colour = colour * clear + light.haze * (1 - clear)
            corners.red.append(colour.x)
            corners.green.append(colour.y)
            corners.blue.append(colour.z)
        }
    }

    /// Draws the triangles into the tile's depth buffer and colours, nearest first wins.
    private static func fill(
        _ triangles: [Mesh.Triangle], _ corners: Corners, columns: Int, rows: Int, nearness depths: inout [Float], red reds: inout [Float],
        green greens: inout [Float], blue blues: inout [Float]
    ) {
        let triangles = triangles.span
        let screenX = corners.x.span
        let screenY = corners.y.span
        let nearness = corners.nearness.span
        let red = corners.red.span
        let green = corners.green.span
        let blue = corners.blue.span
        let isAway = corners.isAway.span
        var tileNearness = depths.mutableSpan
        var tileRed = reds.mutableSpan
        var tileGreen = greens.mutableSpan
        var tileBlue = blues.mutableSpan
        for number in 0..<triangles.count {
            let a = Int(triangles[number].a)
            let b = Int(triangles[number].b)
            let c = Int(triangles[number].c)
            if isAway[a] && isAway[b] && isAway[c] { continue }
            let aX = screenX[a]
            let aY = screenY[a]
            let bX = screenX[b] - aX
            let bY = screenY[b] - aY
            let cX = screenX[c] - aX
            let cY = screenY[c] - aY
            let doubled = bX * cY - bY * cX
            guard abs(doubled) > 1e-3 else { continue }
            let firstRow = max(0, floorIndex(aY + min(0, min(bY, cY))))
            let lastRow = min(rows - 1, floorIndex(aY + max(0, max(bY, cY))))
            let firstColumn = max(0, floorIndex(aX + min(0, min(bX, cX))))
            let lastColumn = min(columns - 1, floorIndex(aX + max(0, max(bX, cX))))
            guard firstRow <= lastRow && firstColumn <= lastColumn else { continue }
            let scale = 1 / doubled
            let secondStep = cY * scale
            let thirdStep = -bY * scale
            let nearA = nearness[a]
            let nearB = nearness[b] - nearA
            let nearC = nearness[c] - nearA
            var row = firstRow
            while row <= lastRow {
                let v = Float(row) + 0.5 - aY
                let u = Float(firstColumn) + 0.5 - aX
                var second = (u * cY - v * cX) * scale
                var third = (bX * v - bY * u) * scale
                var place = row &* columns &+ firstColumn
                let end = row &* columns &+ lastColumn
                while place <= end {
                    if second >= 0 && third >= 0 && second + third <= 1 {
                        let near = nearA + nearB * second + nearC * third
                        if near > tileNearness[place] {
                            let first = 1 - second - third
                            tileNearness[place] = near
                            tileRed[place] = red[a] * first + red[b] * second + red[c] * third
                            tileGreen[place] = green[a] * first + green[b] * second + green[c] * third
                            tileBlue[place] = blue[a] * first + blue[b] * second + blue[c] * third
                        }
                    }
                    second += secondStep
                    third += thirdStep
                    place &+= 1
                }
                row &+= 1
            }
        }
    }

    private func resolve(_ bounds: PixelRect, samples: Int, plate: Plate, into picture: inout LightLayer, opacity: Float, mirrored: Bool) {
        let columns = bounds.width * samples
        let whole = opacity / Float(samples * samples)
        for row in 0..<bounds.height {
            for column in 0..<bounds.width {
                let index = (bounds.y + row) * camera.size.width + bounds.x + column
                let limit = mirrored ? 0 : 1 / (plate.depth[index] + 0.12)
                if mirrored && (plate.upward[index] < 0.8 || plate.place[index].y > 0.05) { continue }
                var sum = Vector.zero
                var covered: Float = 0
                var place = row * samples * columns + column * samples
                for _ in 0..<samples {
                    for step in 0..<samples where tile.nearness[place + step] > limit {
                        sum += Vector(tile.red[place + step], tile.green[place + step], tile.blue[place + step])
                        covered += 1
                    }
                    place += columns
                }
                guard covered > 0 else { continue }
                let cover = covered * whole
                let vignette = Vignette.factor(column: bounds.x + column, row: bounds.y + row, size: camera.size)
                picture.red[index] = picture.red[index] * (1 - cover) + sum.x * whole * vignette
                picture.green[index] = picture.green[index] * (1 - cover) + sum.y * whole * vignette
                picture.blue[index] = picture.blue[index] * (1 - cover) + sum.z * whole * vignette
            }
        }
    }
}
