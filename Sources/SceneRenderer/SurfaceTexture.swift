/// How each surface looks at a point: colour patterns, wear and dirt as functions of the place in the world.
struct SurfaceTexture: Sendable {
    struct Finish {
        /// Part of the light thrown back, linear.
        var albedo: Vector
        /// Part mirrored when looked at straight on; 0 for matt.
        var mirror: Float = 0
        /// Spread of the mirrored direction.
        var roughness: Float = 0
        /// Light of its own, switched with the shops' lamps.
        var glow = Vector.zero
    }

    let layout: StreetLayout
    let shops: [Shop]
    let seed: UInt32

    init(layout: StreetLayout, shops: [Shop]) {
        self.layout = layout
        self.shops = shops
        seed = UInt32(truncatingIfNeeded: layout.seed &* 2_654_435_761)
    }

    /// The finish at `point`; `footprint` is the pixel's size there in metres: patterns finer than that fade to their mean.
    func finish(_ surface: Surface, at point: Vector, normal: Vector, tint: Vector, tag: Int, footprint: Float) -> Finish {
        switch surface {
        case .paving: return paving(point, footprint)
        case .asphalt: return layout.isPedestrian ? paving(point, footprint) : asphalt(point, footprint)
        case .kerb: return kerb(point)
        case .wallTile: return wallTile(point, normal, tint, footprint)
        case .plaster: return Finish(albedo: tint * weathering(point, normal))
        case .brick: return brick(point, normal, tint, footprint)
        case .glass: return Finish(albedo: tint, mirror: 0.06, roughness: 0.004)
        case .window: return window(point, tint, tag)
        case .shelf: return shelf(point, normal, tint, tag)
        case .interior: return Finish(albedo: tint, glow: tint * 0.5)
        case .sign: return sign(point, normal, tint, tag)
        case .shutter:
            let slat = abs((point.y * 12).truncatingRemainder(dividingBy: 1))
            return Finish(albedo: tint * (0.75 + 0.35 * slat) * weathering(point, normal))
        case .leaf: return Finish(albedo: tint)
        case .bark:
            let blotch = ValueNoise.fractal(point.x * 9 + point.z * 9, point.y * 5, octaves: 3, seed)
            return Finish(albedo: mix(Vector(0.2, 0.17, 0.12), Vector(0.42, 0.4, 0.32), smoothStep(0.42, 0.6, blotch)))
        case .metal: return Finish(albedo: tint, mirror: tint.x < 0.013 ? 0.16 : 0.06, roughness: 0.02)
        case .lamp: return Finish(albedo: Vector.grey(0.7), glow: Vector(2.4, 2.1, 1.7))
        case .distant: return distant(point, tint)
        case .painted:
            return Finish(
                albedo: tint * (0.88 + 0.24 * ValueNoise.fractal((point.x + point.z) * 5, point.y * 5 - point.z, octaves: 2, seed)))
        }
    }

    /// Rain streaks below sills, splash at the foot, dust everywhere.
    private func weathering(_ point: Vector, _ normal: Vector) -> Float {
        let along = abs(normal.x) > 0.5 ? point.z : point.x
        let streak = ValueNoise.fractal(along * 5.5, point.y * 0.35, octaves: 3, seed &+ 41)
        let cloud = ValueNoise.fractal(along * 0.9, point.y * 0.9, octaves: 3, seed &+ 42)
        return (0.8 + 0.4 * cloud) * (1 - 0.3 * smoothStep(0.52, 0.75, streak)) * (1 - 0.35 * smoothStep(0.7, 0, point.y) * cloud)
    }

    private func wallTile(_ point: Vector, _ normal: Vector, _ tint: Vector, _ footprint: Float) -> Finish {
        let along = abs(normal.x) > 0.5 ? point.z : point.x
        let column = along / 0.3
        let row = point.y / 0.15
        let jointX = column - Float(floorIndex(column))
        let jointY = row - Float(floorIndex(row))
        let variety = ValueNoise.hash(floorIndex(column), floorIndex(row), seed &+ 51)
        let seen = clamp(0.05 / footprint - 0.4)
        var colour = tint * (1 + (variety - 0.5) * 0.12 * seen) * weathering(point, normal)
        if jointX < 0.03 || jointY < 0.07 { colour *= 1 - 0.3 * seen }
        return Finish(albedo: colour, mirror: 0.015, roughness: 0.1)
    }

    private func brick(_ point: Vector, _ normal: Vector, _ tint: Vector, _ footprint: Float) -> Finish {
        let along = abs(normal.x) > 0.5 ? point.z : point.x
        let row = point.y / 0.075
        let rowIndex = floorIndex(row)
        let column = along / 0.25 + (rowIndex & 1 == 0 ? 0 : 0.5)
        let variety = ValueNoise.hash(floorIndex(column), rowIndex, seed &+ 61)
        let seen = clamp(0.04 / footprint - 0.5)
        var colour = tint * (1 + (variety - 0.5) * 0.5 * seen) * weathering(point, normal)
        if row - Float(rowIndex) < 0.14 || column - Float(floorIndex(column)) < 0.05 { colour = mix(colour, Vector.grey(0.4), 0.7 * seen) }
        return Finish(albedo: colour)
    }

    private func window(_ point: Vector, _ tint: Vector, _ tag: Int) -> Finish {
        let pane = ValueNoise.hash(tag, 5, seed &+ 71)
        let fold = 0.8 + 0.2 * ValueNoise.value(point.x * 14, 0.5, seed &+ 72)
        let drawn = pane > 0.4 && ValueNoise.value(point.x * 0.6 + pane * 40, 2, seed) < pane
        let colour = drawn ? Vector(0.3, 0.28, 0.25) * fold : Vector(0.025, 0.028, 0.03)
        let isLit = ValueNoise.hash(tag, 6, seed &+ 73) > 0.68
        return Finish(albedo: colour, mirror: 0.09, roughness: 0.012, glow: isLit ? mix(Vector(0.5, 0.38, 0.22), colour, 0.4) * 0.5 : .zero)
    }

    private func shelf(_ point: Vector, _ normal: Vector, _ tint: Vector, _ tag: Int) -> Finish {
        let along = abs(normal.x) > 0.5 ? point.z : point.x
        let shopSeed = tag < shops.count ? shops[tag].seed : seed
        let row = point.y / 0.38
        let rowIndex = floorIndex(row)
        let inRow = row - Float(rowIndex)
        let wide = 0.1 + 0.25 * ValueNoise.hash(rowIndex, tag, shopSeed)
        let column = floorIndex(along / wide)
        let pick = ValueNoise.hash(column, rowIndex, shopSeed)
        let tall = 0.45 + 0.5 * ValueNoise.hash(column, rowIndex, shopSeed &+ 1)
        guard point.y > 0.15 && point.y < 2.3 && inRow > 0.06 && inRow < tall && pick > 0.12 else {
            let colour = tint * (inRow <= 0.06 && point.y < 2.3 ? 0.9 : 0.42)
            return Finish(albedo: colour, glow: colour * (0.2 + 0.18 * clamp(point.y / 2.2)))
        }
        let hue = ValueNoise.hash(column, rowIndex, shopSeed &+ 2) * 6
        let rich: Float = 0.1 + 0.36 * ValueNoise.hash(column / 3, rowIndex, shopSeed &+ 3)
        var colour = mix(Vector.grey(0.5), Vector(clamp(abs(hue - 3) - 1), clamp(2 - abs(hue - 2)), clamp(2 - abs(hue - 4))), rich)
        colour *= Vector(1.0, 0.86, 0.7) * (0.14 + 0.55 * pick)
        let inItem = along / wide - Float(column)
        if inItem < 0.08 || inItem > 0.92 { colour *= 0.45 }
        if inRow > 0.2 && inRow < 0.34 && pick > 0.4 { colour = mix(colour, Vector.grey(0.75), 0.6) }
        return Finish(albedo: colour, glow: colour * (0.28 + 0.2 * clamp(point.y / 2.2)))
    }

    private func sign(_ point: Vector, _ normal: Vector, _ tint: Vector, _ tag: Int) -> Finish {
        guard tag < shops.count, abs(normal.z) > 0.5 else { return Finish(albedo: tint * 0.7) }
        let shop = shops[tag]
        let high = shop.signTop - shop.signBottom
        let fade = 0.85 + 0.3 * ValueNoise.fractal(point.x * 1.4, point.y * 2, octaves: 3, seed &+ 81)
        var colour = shop.signTint * fade
        let size = high * 0.62
        let pitch = size * 1.25
        let wide = pitch * Float(shop.glyphs.count)
        // Whoever faces the shop front has larger x on the right.
        let start = (shop.start + shop.end) / 2 - wide / 2
        let place = (point.x - start) / pitch
        let row = (shop.signTop - high * 0.19 - point.y) / size
        var glow = colour * 0.22
        if place >= 0 && place < Float(shop.glyphs.count) && row > -0.05 && row < 1.05 {
            let index = floorIndex(place)
            let inCell = (place - Float(index)) * 1.25 - 0.125
            if SignGlyph.ink(shop.glyphs[index], x: inCell, y: row) > 0 {
                colour = shop.inkTint * fade
                glow = colour * 1.1
            }
        }
        let border = min(min(point.y - shop.signBottom, shop.signTop - point.y), min(point.x - shop.start, shop.end - point.x))
        if border < 0.07 { colour *= 0.55 }
        return Finish(albedo: colour, glow: glow)
    }

    /// House fronts across the street and at its ends: rows of windows.
    private func distant(_ point: Vector, _ tint: Vector) -> Finish {
        let along = point.x + point.z
        let column = along / 2.6
        let row = point.y / 3.1
        let inX = column - Float(floorIndex(column))
        let inY = row - Float(floorIndex(row))
        let variety = ValueNoise.hash(floorIndex(column), floorIndex(row), seed &+ 91)
        let wall = tint * (0.75 + 0.5 * ValueNoise.fractal(along * 0.3, point.y * 0.5, octaves: 3, seed &+ 92))
        if point.y < 3.2 {
            let shopTint = mix(Vector.grey(0.08), Vector(0.3 + variety * 0.3, 0.2, 0.15), inY > 0.8 ? 0.9 : variety * 0.3)
            if inY > 0.8 {
                // A sign over each shop.
                let hue = ValueNoise.hash(floorIndex(along / 5.2), 7, seed &+ 93)
                let board =
                    hue < 0.3
                    ? Vector(0.3, 0.05, 0.04)
                    : (hue < 0.5 ? Vector(0.05, 0.1, 0.25) : (hue < 0.75 ? Vector(0.4, 0.38, 0.33) : Vector(0.06, 0.2, 0.1)))
                return Finish(albedo: board, glow: board * 0.2)
            }
            return Finish(
                albedo: inX < 0.08 ? wall : shopTint, glow: inY < 0.8 && variety > 0.3 ? Vector(0.35, 0.3, 0.22) * variety : .zero)
        }
        guard inX > 0.22 && inX < 0.78 && inY > 0.25 && inY < 0.8 else { return Finish(albedo: wall) }
        let frame = abs(inX - 0.5) < 0.02 || inX < 0.25 || inX > 0.75
        return Finish(
            albedo: frame ? Vector.grey(0.4) : Vector.grey(0.05 + 0.14 * variety), glow: variety > 0.72 ? Vector(0.3, 0.24, 0.14) : .zero)
    }
}
