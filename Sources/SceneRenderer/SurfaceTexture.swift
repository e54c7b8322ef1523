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
    private let seed: UInt32

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
        case .metal: return Finish(albedo: tint, mirror: 0.12, roughness: 0.12)
        case .lamp: return Finish(albedo: Vector.grey(0.7), glow: Vector(2.4, 2.1, 1.7))
        case .distant: return distant(point, tint)
        case .painted:
            return Finish(albedo: tint * (0.88 + 0.24 * ValueNoise.fractal((point.x + point.z) * 5, point.y * 5 - point.z, octaves: 2, seed)))
        }
    }

    private func paving(_ point: Vector, _ footprint: Float) -> Finish {
        let onRoad = point.z > layout.pavementWidth
        var x = point.x
        var z = point.z
        var tile = Vector(0.6, 0, 0.3)
        switch layout.paving {
        case .slabs: tile = onRoad ? Vector(0.9, 0, 0.45) : Vector(0.6, 0, 0.3)
        case .squares: tile = onRoad ? Vector(0.6, 0, 0.6) : Vector(0.4, 0, 0.4)
        case .bricks: tile = Vector(0.23, 0, 0.115)
        }
        let row = floorIndex(z / tile.z)
        if layout.paving != .squares && row & 1 == 1 { x += tile.x / 2 }
        let column = floorIndex(x / tile.x)
        x -= Float(column) * tile.x
        z -= Float(row) * tile.z
        let variety = ValueNoise.hash(column, row, seed)
        let rare = ValueNoise.hash(column, row, seed &+ 9)
        let seen = clamp(tile.z / (footprint * 3) - 0.3)
        var colour = mix(layout.pavingTint, layout.pavingSecondTint, onRoad && layout.isPedestrian ? 0.8 : 0.35)
        if layout.paving == .squares && (column + row) & 1 == 0 { colour = mix(colour, layout.pavingSecondTint, 0.7 * seen) }
        colour *= 1 + (variety - 0.5) * 0.16 * seen
        // A few slabs were replaced with others.
        if rare > 0.985 { colour *= mix(1, 0.78, seen) }
        if rare < 0.008 { colour *= mix(1, 1.16, seen) }
        var mirror: Float = 0
        if layout.hasTactileStrip && !onRoad {
            let strip = point.z - (layout.pavementWidth - 1.35)
            if strip > 0 && strip < 0.4 {
                colour = Vector(0.5, 0.38, 0.11) * (0.82 + 0.3 * ValueNoise.fractal(point.x * 1.7, strip * 9, octaves: 3, seed &+ 3))
                let ridge = abs((strip * 12).truncatingRemainder(dividingBy: 1) - 0.5)
                colour *= 1 - 0.18 * clamp(0.03 / footprint - 0.2) * (ridge < 0.22 ? 1 : 0)
                x = (point.x / 0.4 - Float(floorIndex(point.x / 0.4))) * 0.4
                z = 0.2
            }
        }
        let joint = min(min(x, tile.x - x), min(z, tile.z - z))
        let jointWide = max(0.006, footprint * 0.6)
        if joint < jointWide { colour *= 1 - 0.42 * min(1, 0.008 / jointWide) }
        // Grain, walked-in dirt, spilt drinks and chewing gum.
        let grain = ValueNoise.hash(floorIndex(point.x * 70), floorIndex(point.z * 70), seed &+ 4)
        colour *= 1 + (grain - 0.5) * 0.14 * clamp(0.014 / footprint)
        let dirt = ValueNoise.fractal(point.x * 0.55, point.z * 0.8, octaves: 5, seed &+ 5)
        colour *= 0.78 + 0.44 * dirt
        let stain = ValueNoise.fractal(point.x * 1.9 + 31, point.z * 1.9, octaves: 3, seed &+ 6)
        colour *= 1 - 0.34 * smoothStep(0.62, 0.74, stain)
        let gumX = floorIndex(point.x * 2.6)
        let gumZ = floorIndex(point.z * 2.6)
        let gum = ValueNoise.hash(gumX, gumZ, seed &+ 7)
        if gum > 0.62 {
            let offX = point.x * 2.6 - Float(gumX) - 0.2 - gum * 0.6
            let offZ = point.z * 2.6 - Float(gumZ) - 0.5
            if offX * offX + offZ * offZ < 0.004 { colour *= gum > 0.9 ? 1.2 : 0.62 }
        }
        // The wall's foot collects dust and water marks.
        colour *= 1 - 0.28 * smoothStep(0.55, 0, point.z) * (0.5 + dirt)
        if layout.isWet { (colour, mirror) = wetted(point, colour, mirror) }
        return Finish(albedo: colour, mirror: mirror, roughness: 0.07)
    }

    private func asphalt(_ point: Vector, _ footprint: Float) -> Finish {
        let across = point.z - layout.pavementWidth
        var colour = layout.asphaltTint
        let broad = ValueNoise.fractal(point.x * 0.22, point.z * 0.5, octaves: 4, seed &+ 11)
        colour *= 0.72 + 0.56 * broad
        let grain = ValueNoise.hash(floorIndex(point.x * 55), floorIndex(point.z * 55), seed &+ 12)
        colour *= 1 + (grain - 0.5) * 0.6 * clamp(0.013 / footprint)
        colour += Vector.grey(0.1) * (grain > 0.975 ? clamp(0.02 / footprint) : 0)
        // Lanes are polished by the wheels and darkened by oil between them.
        let lane = across.truncatingRemainder(dividingBy: layout.roadWidth / 2) / (layout.roadWidth / 2)
        let track = abs(abs(lane - 0.5) - 0.24)
        colour *= 1 + 0.16 * smoothStep(0.13, 0, track) - 0.17 * smoothStep(0.12, 0, abs(lane - 0.5)) * broad * 1.6
        // Reinstated trenches.
        let patchCell = floorIndex(point.x / 5.5)
        let patch = ValueNoise.hash(patchCell, 3, seed &+ 13)
        if patch > 0.5 {
            let inX = point.x - Float(patchCell) * 5.5
            let start = (patch - 0.5) * 3
            let low = ValueNoise.hash(patchCell, 4, seed) * 4
            let wobble = (ValueNoise.value(point.x * 3, point.z * 3, seed) - 0.5) * 0.06
            let edge = min(min(inX - start, start + 2.6 - inX), min(across - low, low + 1.5 - across)) + wobble
            if edge > 0 { colour *= patch > 0.75 ? 0.74 : 1.2 }
            if abs(edge) < 0.04 { colour *= 0.55 }
        }
        let crack = ValueNoise.fractal(point.x * 0.8 + 7, point.z * 0.8, octaves: 4, seed &+ 14)
        let crackWide = 0.006 + 0.004 * footprint
        if abs(crack - 0.5) < crackWide && broad > 0.45 { colour *= 0.62 }
        // The gutter.
        let gutter = min(across, layout.roadWidth - across)
        colour = mix(colour, Vector(0.1, 0.09, 0.075), 0.65 * smoothStep(0.45, 0.05, gutter) * (0.5 + broad))
        colour = markings(point, across, colour, footprint)
        for manhole in layout.manholes {
            let offX = point.x - manhole.x
            let offZ = point.z - manhole.z
            let radius = (offX * offX + offZ * offZ).squareRoot()
            if radius < 0.42 {
                let ribs = abs((offX * 11).truncatingRemainder(dividingBy: 1)) > 0.5 ? Float(1.15) : 0.85
                colour = radius > 0.36 ? colour * 0.5 : Vector(0.1, 0.095, 0.09) * ribs
            }
        }
        var mirror: Float = 0
        if layout.isWet { (colour, mirror) = wetted(point, colour, mirror) }
        return Finish(albedo: colour, mirror: mirror, roughness: 0.09)
    }

    private func markings(_ point: Vector, _ across: Float, _ colour: Vector, _ footprint: Float) -> Vector {
        let wear = ValueNoise.fractal(point.x * 5, point.z * 5, octaves: 4, seed &+ 15)
        let paint = 0.85 * smoothStep(0.27, 0.5, wear)
        let white = Vector(0.56, 0.56, 0.54)
        if let zebra = layout.zebra, zebra.contains(point.x), across > 0.35, across < layout.roadWidth - 0.35 {
            let bar = (across / 0.9).truncatingRemainder(dividingBy: 1)
            return bar < 0.5 ? mix(colour, white, paint) : colour
        }
        let middle = abs(across - layout.roadWidth / 2)
        let dash = (point.x + 500).truncatingRemainder(dividingBy: 6)
        if middle < 0.075 && dash < 3.2 { return mix(colour, Vector(0.55, 0.42, 0.1), paint) }
        let edge = min(across, layout.roadWidth - across)
        if abs(edge - 0.5) < 0.06 { return mix(colour, white, paint * 0.85) }
        return colour
    }

    private func wetted(_ point: Vector, _ colour: Vector, _ mirror: Float) -> (Vector, Float) {
        let pool = smoothStep(0.47, 0.64, ValueNoise.fractal(point.x * 0.45, point.z * 1.1, octaves: 4, seed &+ 21))
        return (colour * mix(0.62, 0.42, pool), mix(0.02, 0.07, pool))
    }

    private func kerb(_ point: Vector) -> Finish {
        let along = (point.x + 400) / 0.8
        let joint = along - Float(floorIndex(along))
        let stone = ValueNoise.hash(floorIndex(along), 1, seed &+ 31)
        var colour = Vector(0.4, 0.39, 0.37) * (0.86 + 0.2 * stone)
        colour *= 0.75 + 0.5 * ValueNoise.fractal(point.x * 3, (point.y + point.z) * 6, octaves: 3, seed &+ 32)
        if joint < 0.018 { colour *= 0.5 }
        if point.y < -0.03 { colour *= mix(1, 0.6, smoothStep(-0.03, -0.13, point.y)) }
        return Finish(albedo: colour * (layout.isWet ? 0.62 : 1))
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
        let shopSeed = seed &+ UInt32(tag) &* 77
        let row = point.y / 0.38
        let rowIndex = floorIndex(row)
        let inRow = row - Float(rowIndex)
        let wide = 0.1 + 0.25 * ValueNoise.hash(rowIndex, tag, shopSeed)
        let column = floorIndex(along / wide)
        let pick = ValueNoise.hash(column, rowIndex, shopSeed)
        let tall = 0.45 + 0.5 * ValueNoise.hash(column, rowIndex, shopSeed &+ 1)
        guard point.y > 0.15 && point.y < 2.3 && inRow > 0.06 && inRow < tall && pick > 0.12 else {
            let colour = tint * (inRow <= 0.06 && point.y < 2.3 ? 0.9 : 0.42)
            return Finish(albedo: colour, glow: colour * 0.5)
        }
        let hue = ValueNoise.hash(column, rowIndex, shopSeed &+ 2) * 6
        let rich: Float = 0.25 + 0.5 * ValueNoise.hash(column / 3, rowIndex, shopSeed &+ 3)
        var colour = mix(Vector.grey(0.5), Vector(clamp(abs(hue - 3) - 1), clamp(2 - abs(hue - 2)), clamp(2 - abs(hue - 4))), rich)
        colour *= 0.25 + 0.6 * pick
        let inItem = along / wide - Float(column)
        if inItem < 0.08 || inItem > 0.92 { colour *= 0.45 }
        if inRow > 0.2 && inRow < 0.34 && pick > 0.4 { colour = mix(colour, Vector.grey(0.75), 0.6) }
        return Finish(albedo: colour, glow: colour * 0.5)
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
        return Finish(albedo: colour, mirror: 0.02, roughness: 0.06, glow: glow)
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
            return Finish(albedo: inX < 0.08 ? wall : shopTint, glow: inY < 0.8 && variety > 0.3 ? Vector(0.35, 0.3, 0.22) * variety : .zero)
        }
        guard inX > 0.22 && inX < 0.78 && inY > 0.25 && inY < 0.8 else { return Finish(albedo: wall) }
        let frame = abs(inX - 0.5) < 0.02 || inX < 0.25 || inX > 0.75
        return Finish(albedo: frame ? Vector.grey(0.4) : Vector.grey(0.05 + 0.14 * variety), glow: variety > 0.72 ? Vector(0.3, 0.24, 0.14) : .zero)
    }
}
