/// The row of shops: fronts with glass and interiors, signs, shutters, awnings, and the storeys above them.
struct Facade {
    let layout: StreetLayout
    private var generator: Generator

    init(layout: StreetLayout) {
        self.layout = layout
        generator = Generator(seed: layout.seed, part: 1)
    }

    /// The shops from the street's start to its end, decided by the seed alone.
    static func shops(of layout: StreetLayout) -> [Shop] {
        var generator = Generator(seed: layout.seed, part: 2)
        var shops: [Shop] = []
        var x = layout.start
        while x < layout.end {
            let wide = generator.range(layout.shopWidth.lowerBound, layout.shopWidth.upperBound)
            let bottom = generator.range(2.75, 3.0)
            let tint = generator.pick(layout.signTints)
            let isPale = tint.brightness > 0.3
            let ink =
                isPale
                ? generator.pick([Vector(0.55, 0.03, 0.03), Vector(0.03, 0.03, 0.04), Vector(0.02, 0.15, 0.35)])
                : generator.pick([Vector(0.8, 0.78, 0.7), Vector(0.85, 0.65, 0.12), Vector(0.85, 0.82, 0.8)])
            let panes = max(2, Int((wide - 0.4) / 1.15))
            shops.append(
                Shop(
                    start: x, end: x + wide, signBottom: bottom, signTop: bottom + generator.range(0.8, 1.1), signTint: tint, inkTint: ink,
                    glyphs: (0..<(3 + generator.index(3))).map { _ in generator.index(SignGlyph.all.count) },
                    isShut: generator.chance(layout.shutterShare), panes: panes, doorPane: generator.index(panes),
                    interiorTint: generator.pick([
                        Vector(0.62, 0.58, 0.5), Vector(0.5, 0.5, 0.52), Vector(0.6, 0.5, 0.38), Vector(0.66, 0.66, 0.64),
                    ]),
                    seed: UInt32(truncatingIfNeeded: generator.next())))
            x += wide
        }
        return shops
    }

    mutating func build(into mesh: inout Mesh, shops: [Shop]) {
        var index = 0
        while index < shops.count {
            // Two to four shops share a house.
            let last = min(shops.count - 1, index + 1 + generator.index(3))
            let style = generator.pick(layout.wallStyles)
            let surface: Surface = style == .tile ? .wallTile : (style == .plaster ? .plaster : .brick)
            let tint =
                style == .brick ? generator.pick([Vector(0.32, 0.14, 0.09), Vector(0.27, 0.2, 0.17)]) : generator.pick(layout.wallTints)
            let height = generator.range(9, 15)
            house(from: shops[index].start, to: shops[last].end, height: height, surface: surface, tint: tint, mesh: &mesh)
            for shop in index...last { front(shops[shop], tag: UInt16(shop), wall: surface, tint: tint, mesh: &mesh) }
            index = last + 1
        }
    }

    private mutating func house(from start: Float, to end: Float, height: Float, surface: Surface, tint: Vector, mesh: inout Mesh) {
        mesh.surface = surface
        let bottom: Float = 2.7
        mesh.face(
            Vector(start, bottom, 0), Vector(end, bottom, 0), Vector(end, height, 0), Vector(start, height, 0), normal: Vector(0, 0, 1),
            colour: tint)
        for x in [start, end] {
            mesh.face(
                Vector(x, 0, 0), Vector(x, 0, -9), Vector(x, height, -9), Vector(x, height, 0), normal: Vector(x == start ? -1 : 1, 0, 0),
                colour: tint)
        }
        mesh.surface = .painted
        mesh.face(
            Vector(start, height, 0.2), Vector(end, height, 0.2), Vector(end, height, -9), Vector(start, height, -9),
            normal: Vector(0, 1, 0), colour: Vector.grey(0.3))
        mesh.face(
            Vector(start, 0, -9), Vector(end, 0, -9), Vector(end, height, -9), Vector(start, height, -9), normal: Vector(0, 0, -1),
            colour: Vector.grey(0.3))
        mesh.box(Vector(start, height - 0.35, 0), Vector(end, height, 0.25), colour: tint * 0.8)
        let pitch = generator.range(1.9, 2.7)
        let columns = max(1, Int((end - start) / pitch))
        let step = (end - start) / Float(columns)
        let wide = step * generator.range(0.5, 0.66)
        let frame = generator.pick([Vector.grey(0.55), Vector(0.22, 0.2, 0.19), Vector(0.12, 0.25, 0.2)])
        var sill = Float(4.7)
        while sill + 1.8 < height {
            for column in 0..<columns {
                let middle = start + (Float(column) + 0.5) * step
                window(middle: middle, sill: sill, wide: wide, tall: 1.45, frame: frame, mesh: &mesh)
                if generator.chance(0.38) { airConditioner(x: middle + step * 0.36, y: sill - 0.75, mesh: &mesh) }
            }
            sill += 3.05
        }
        mesh.surface = .painted
        let pipe = end - 0.25
        mesh.bar(
            from: Vector(pipe, 0, 0.09), to: Vector(pipe, height - 0.4, 0.09), radius: 0.055, colour: Vector.grey(0.45), sides: 6,
            capped: false)
        // Cables sag from house to house.
        for cable in 0..<2 {
            let y = 4.15 + Float(cable) * 0.16 + generator.range(0, 0.1)
            var from = Vector(start, y, 0.07)
            for part in 1...6 {
                let share = Float(part) / 6
                let to = Vector(mix(start, end, share), y - 0.22 * share * (1 - share) * 4, 0.07)
                mesh.bar(from: from, to: to, radius: 0.014, colour: Vector.grey(0.03), sides: 4, capped: false)
                from = to
            }
        }
    }

    private mutating func window(middle: Float, sill: Float, wide: Float, tall: Float, frame: Vector, mesh: inout Mesh) {
        let left = middle - wide / 2
        let right = middle + wide / 2
        mesh.surface = .window
        mesh.tag = UInt16(generator.index(4096))
        let z: Float = 0.012
        mesh.face(
            Vector(left, sill, z), Vector(right, sill, z), Vector(right, sill + tall, z), Vector(left, sill + tall, z),
            normal: Vector(0, 0, 1), colour: Vector.grey(0.1))
        mesh.surface = .painted
        for bar in [left, middle, right] {
            mesh.box(Vector(bar - 0.03, sill, 0), Vector(bar + 0.03, sill + tall, 0.05), colour: frame)
        }
        for bar in [sill, sill + tall * 0.68, sill + tall] {
            mesh.box(Vector(left - 0.03, bar - 0.03, 0), Vector(right + 0.03, bar + 0.03, 0.05), colour: frame)
        }
        mesh.box(Vector(left - 0.12, sill - 0.12, 0), Vector(right + 0.12, sill - 0.03, 0.2), colour: Vector.grey(0.5))
        guard generator.chance(0.22) else { return }
        // A barred balcony cage, as on older houses.
        for bar in 0...7 {
            let x = mix(left, right, Float(bar) / 7)
            mesh.bar(
                from: Vector(x, sill - 0.1, 0.4), to: Vector(x, sill + tall, 0.4), radius: 0.012, colour: Vector.grey(0.4), sides: 4,
                capped: false)
        }
        mesh.box(Vector(left, sill - 0.14, 0), Vector(right, sill - 0.1, 0.42), colour: Vector.grey(0.35))
    }

    private mutating func airConditioner(x: Float, y: Float, mesh: inout Mesh) {
        mesh.surface = .painted
        let tint = Vector(0.62, 0.6, 0.54) * generator.range(0.75, 1.1)
        mesh.box(Vector(x - 0.42, y, 0.08), Vector(x + 0.42, y + 0.56, 0.42), colour: tint)
        mesh.box(Vector(x - 0.34, y + 0.06, 0.42), Vector(x + 0.1, y + 0.5, 0.425), colour: Vector.grey(0.1))
        for slat in 0..<5 {
            let height = y + 0.1 + Float(slat) * 0.085
            mesh.box(Vector(x - 0.34, height, 0.425), Vector(x + 0.1, height + 0.02, 0.435), colour: tint * 0.8)
        }
        mesh.box(Vector(x - 0.44, y - 0.06, 0), Vector(x + 0.44, y, 0.44), colour: Vector.grey(0.2))
        mesh.bar(
            from: Vector(x + 0.42, y + 0.1, 0.1), to: Vector(x + 0.5, y + 1.2, 0.04), radius: 0.03, colour: Vector.grey(0.6), sides: 5,
            capped: false)
    }

    private mutating func front(_ shop: Shop, tag: UInt16, wall: Surface, tint: Vector, mesh: inout Mesh) {
        mesh.surface = wall
        mesh.tag = tag
        for x in [shop.start, shop.end - 0.2] {
            mesh.box(Vector(x, 0, -0.4), Vector(x + 0.2, shop.signBottom, 0.02), colour: tint * 0.9)
        }
        mesh.surface = .sign
        mesh.box(Vector(shop.start + 0.04, shop.signBottom, -0.3), Vector(shop.end - 0.04, shop.signTop, 0.16), colour: shop.signTint)
        let left = shop.start + 0.2
        let right = shop.end - 0.2
        if shop.isShut {
            mesh.surface = .shutter
            mesh.face(
                Vector(left, 0, -0.14), Vector(right, 0, -0.14), Vector(right, shop.signBottom, -0.14),
                Vector(left, shop.signBottom, -0.14), normal: Vector(0, 0, 1),
                colour: generator.pick([Vector(0.4, 0.41, 0.42), Vector(0.3, 0.32, 0.36), Vector(0.36, 0.33, 0.28)]))
        } else {
            glazing(shop, left: left, right: right, tag: tag, mesh: &mesh)
            interior(shop, left: left, right: right, tag: tag, mesh: &mesh)
        }
        mesh.surface = .kerb
        mesh.box(Vector(left, 0, -0.35), Vector(right, 0.05, 0.12), colour: Vector.grey(0.4))
        if generator.chance(0.3) { awning(shop, mesh: &mesh) }
        if generator.chance(0.45) {
            // A small sign that stands out from the wall, to be read along the street.
            mesh.surface = .painted
            let x = shop.end - 0.15
            let y = shop.signTop + 0.15
            let colour = generator.pick(layout.signTints)
            mesh.box(Vector(x - 0.07, y, 0.15), Vector(x + 0.07, y + 1.3, 0.75), colour: colour)
            for row in 0..<3 {
                mesh.box(
                    Vector(x - 0.075, y + 0.14 + Float(row) * 0.38, 0.28), Vector(x + 0.075, y + 0.4 + Float(row) * 0.38, 0.62),
                    colour: Vector(0.72, 0.7, 0.6))
                mesh.box(
                    Vector(x - 0.078, y + 0.2 + Float(row) * 0.38, 0.36), Vector(x + 0.078, y + 0.33 + Float(row) * 0.38, 0.54),
                    colour: colour)
            }
        }
    }

    private mutating func glazing(_ shop: Shop, left: Float, right: Float, tag: UInt16, mesh: inout Mesh) {
        let top = shop.signBottom
        let z: Float = -0.18
        let frame = generator.pick([Vector.grey(0.42), Vector.grey(0.06), Vector(0.2, 0.12, 0.07), Vector.grey(0.6)])
        let panes = shop.panes
        let door = shop.doorPane
        let opening = generator.chance(0.5)
        for pane in 0..<panes {
            let from = mix(left, right, Float(pane) / Float(panes))
            let to = mix(left, right, Float(pane + 1) / Float(panes))
            mesh.surface = .painted
            mesh.box(Vector(from - 0.035, 0, z - 0.04), Vector(from + 0.035, top, z + 0.04), colour: frame)
            let base: Float = pane == door ? 0.05 : 0.32
            if pane == door && opening { continue }
            mesh.surface = .glass
            mesh.tag = tag
            mesh.face(
                Vector(from, base, z), Vector(to, base, z), Vector(to, top, z), Vector(from, top, z), normal: Vector(0, 0, 1),
                colour: Vector.grey(0.02))
            mesh.surface = .painted
            if pane == door {
                mesh.box(Vector(from + 0.03, 0.05, z - 0.03), Vector(to - 0.03, 0.2, z + 0.03), colour: frame)
                mesh.bar(
                    from: Vector(to - 0.16, 0.9, z + 0.07), to: Vector(to - 0.16, 1.35, z + 0.07), radius: 0.02, colour: Vector.grey(0.7),
                    sides: 5)
            } else {
                mesh.box(Vector(from, 0, z - 0.1), Vector(to, base, z + 0.06), colour: tagTint(shop) * 0.5)
                if generator.chance(0.4) {
                    let x = generator.range(from + 0.1, to - 0.55)
                    let y = generator.range(0.6, 1.3)
                    mesh.box(
                        Vector(x, y, z), Vector(x + 0.42, y + 0.6, z + 0.012),
                        colour: generator.pick([
                            Vector(0.6, 0.08, 0.06), Vector(0.7, 0.68, 0.62), Vector(0.65, 0.5, 0.08), Vector(0.1, 0.3, 0.45),
                        ]))
                    mesh.box(Vector(x + 0.06, y + 0.3, z), Vector(x + 0.36, y + 0.5, z + 0.016), colour: Vector(0.75, 0.72, 0.65))
                }
            }
            mesh.box(Vector(from, 2.12, z - 0.03), Vector(to, 2.2, z + 0.03), colour: frame)
        }
        mesh.box(Vector(right - 0.035, 0, z - 0.04), Vector(right + 0.035, top, z + 0.04), colour: frame)
    }

    private func tagTint(_ shop: Shop) -> Vector { mix(shop.interiorTint, Vector.grey(0.4), 0.5) }

    private mutating func interior(_ shop: Shop, left: Float, right: Float, tag: UInt16, mesh: inout Mesh) {
        let back = -generator.range(2.6, 4.4)
        let top = shop.signBottom
        mesh.tag = tag
        mesh.surface = .shelf
        mesh.face(
            Vector(left, 0, back), Vector(right, 0, back), Vector(right, top, back), Vector(left, top, back), normal: Vector(0, 0, 1),
            colour: shop.interiorTint)
        mesh.face(
            Vector(left + 0.006, 0, back), Vector(left + 0.006, 0, -0.2), Vector(left + 0.006, top, -0.2), Vector(left + 0.006, top, back),
            normal: Vector(1, 0, 0), colour: shop.interiorTint)
        mesh.face(
            Vector(right - 0.006, 0, back), Vector(right - 0.006, 0, -0.2), Vector(right - 0.006, top, -0.2),
            Vector(right - 0.006, top, back), normal: Vector(-1, 0, 0), colour: shop.interiorTint)
        var x = left + 0.3
        while x + 0.9 < right {
            let wide = generator.range(0.5, 1.1)
            if generator.chance(0.62) {
                let near = -generator.range(0.35, 0.9)
                mesh.box(Vector(x, 0.05, near - 0.5), Vector(x + wide, generator.range(0.6, 1.5), near), colour: shop.interiorTint)
            }
            x += wide + generator.range(0.1, 0.5)
        }
        mesh.surface = .interior
        mesh.face(
            Vector(left, 0.03, back), Vector(right, 0.03, back), Vector(right, 0.03, -0.2), Vector(left, 0.03, -0.2),
            normal: Vector(0, 1, 0), colour: shop.interiorTint * 0.55)
        mesh.face(
            Vector(left, top, back), Vector(right, top, back), Vector(right, top, -0.2), Vector(left, top, -0.2), normal: Vector(0, -1, 0),
            colour: Vector.grey(0.55))
        mesh.surface = .lamp
        for lamp in 0..<3 {
            let z = mix(-0.8, back + 0.5, Float(lamp) / 2)
            mesh.box(Vector(left + 0.5, top - 0.08, z - 0.06), Vector(right - 0.5, top - 0.04, z + 0.06), colour: Vector.grey(0.8))
        }
    }

    private mutating func awning(_ shop: Shop, mesh: inout Mesh) {
        mesh.surface = .painted
        let tint = generator.pick([Vector(0.42, 0.05, 0.05), Vector(0.05, 0.22, 0.12), Vector(0.06, 0.12, 0.32), Vector(0.5, 0.3, 0.08)])
        let reach = generator.range(0.8, 1.25)
        let high = shop.signBottom
        let stripes = max(4, Int((shop.end - shop.start) / 0.35))
        for stripe in 0..<stripes {
            let from = mix(shop.start, shop.end, Float(stripe) / Float(stripes))
            let to = mix(shop.start, shop.end, Float(stripe + 1) / Float(stripes))
            let colour = stripe & 1 == 0 ? tint : mix(tint, Vector(0.66, 0.62, 0.55), 0.8)
            mesh.face(
                Vector(from, high, 0.1), Vector(to, high, 0.1), Vector(to, high - 0.45, reach), Vector(from, high - 0.45, reach),
                normal: Vector(0, 0.9, 0.43), colour: colour)
            mesh.face(
                Vector(from, high - 0.45, reach), Vector(to, high - 0.45, reach), Vector(to, high - 0.62, reach),
                Vector(from, high - 0.62, reach), normal: Vector(0, 0, 1), colour: colour)
        }
    }
}
