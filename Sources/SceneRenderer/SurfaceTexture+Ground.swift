/// What one walks and drives on.
extension SurfaceTexture {
    func paving(_ point: Vector, _ footprint: Float) -> Finish {
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

    func asphalt(_ point: Vector, _ footprint: Float) -> Finish {
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
        return (colour * mix(0.62, 0.42, pool), mix(0.035, 0.13, pool))
    }

    func kerb(_ point: Vector) -> Finish {
        let along = (point.x + 400) / 0.8
        let joint = along - Float(floorIndex(along))
        let stone = ValueNoise.hash(floorIndex(along), 1, seed &+ 31)
        var colour = Vector(0.4, 0.39, 0.37) * (0.86 + 0.2 * stone)
        colour *= 0.75 + 0.5 * ValueNoise.fractal(point.x * 3, (point.y + point.z) * 6, octaves: 3, seed &+ 32)
        if joint < 0.018 { colour *= 0.5 }
        if point.y < -0.03 { colour *= mix(1, 0.6, smoothStep(-0.03, -0.13, point.y)) }
        return Finish(albedo: colour * (layout.isWet ? 0.62 : 1))
    }
}
