internal import FrameCore
internal import SceneAnalysis

/// A region where it stands: its size in metres and where it lies in one zone.
struct RegionPlacement {
    let features: RegionFeatures
    /// Nil where the foot lies above the horizon.
    let widthMetres: Double?
    let heightMetres: Double?
    /// Factor that areas in metres are uncertain by.
    let areaFactor: Double
    /// To the shop line on the ground or to the rim, metres; nil without such a line.
    var lineDistance: Double?
    /// Height of its foot above the zone's ground line, metres; nil without one.
    var lift: Double?

    init(_ region: StillRegion, in size: PixelSize, scale: GroundScale) {
        features = region.features
        areaFactor = scale.areaFactor
        let height = Double(size.height)
        let metresPerHeight = scale.metresPerHeight(atRow: Double(region.box.maxY) / height)
        widthMetres = metresPerHeight.map { $0 * Double(region.box.width) / height }
        heightMetres = metresPerHeight.map { $0 * Double(region.box.height) / height }
    }

    var squareMetres: Double? {
        guard let widthMetres, let heightMetres else { return nil }
        return widthMetres * heightMetres
    }

    func value(of feature: FeatureRange.Feature) -> Double? {
        switch feature {
        case .area: features.area
        case .fill: features.fill
        case .aspect: features.aspect
        case .height: features.height
        case .texture: features.texture
        case .colourfulness: features.colourfulness
        case .stir: features.stir
        case .sway: features.sway
        case .company: features.company
        case .dropped: features.dropped
        case .cameWhole: features.cameWhole
        case .thinness: features.thinness
        case .overhang: features.overhang
        case .repetition: features.repetition
        case .squareMetres: squareMetres
        case .widthMetres: widthMetres
        case .heightMetres: heightMetres
        case .lineDistance: lineDistance
        case .lift: lift
        }
    }

    /// Factor that a feature's value is uncertain by: lengths by the root of what areas are.
    func uncertainty(of feature: FeatureRange.Feature) -> Double {
        switch feature {
        case .squareMetres: areaFactor
        case .widthMetres, .heightMetres, .lineDistance, .lift: areaFactor.squareRoot()
        default: 1
        }
    }

    /// Measures the region against the line of the zone, if it has one.
    mutating func place(_ box: PixelRect, in zone: Zone, _ size: PixelSize, scale: GroundScale, focalLength: Double) {
        lineDistance = nil
        lift = nil
        guard let line = zone.line, let meaning = zone.kind.line else { return }
        let view = ViewBox(box, size)
        switch meaning {
        case .shopFront: lineDistance = view.groundDistance(to: line, scale, focalLength)
        case .rim:
            let foot = zone.polygon.vertices.reduce(0) { max($0, $1.y) }
            if let metres = scale.metresPerHeight(atRow: foot) { lineDistance = view.distance(to: line) * metres }
        case .ground:
            let ground = line.row(atColumn: view.left + view.width / 2)
            if let metres = scale.metresPerHeight(atRow: ground) { lift = (ground - view.bottom) * metres }
        }
    }
}

/// A box in parts of the view.
private struct ViewBox {
    /// Points of a line's side that are looked at: a side of 20 m is met every 60 cm.
    private static let pointsPerSide = 33

    let left, top, width, height, aspect: Double

    init(_ box: PixelRect, _ size: PixelSize) {
        left = Double(box.x) / Double(size.width)
        top = Double(box.y) / Double(size.height)
        width = Double(box.width) / Double(size.width)
        height = Double(box.height) / Double(size.height)
        aspect = Double(size.width) / Double(size.height)
    }

    var bottom: Double { top + height }

    /// In the picture, view heights; 0 where the line meets the box.
    func distance(to line: Polyline) -> Double {
        line.least(points: Self.pointsPerSide) { point in
            let across = max(0, max(left - point.x, point.x - left - width)) * aspect
            let upright = max(0, max(top - point.y, point.y - bottom))
            return (across * across + upright * upright).squareRoot()
        }
    }

    /// On the ground, metres, from the line to what stands on the foot of the box; half as deep as it is wide, since its
    /// back is not seen. Nil where nothing of it lies below the horizon.
    func groundDistance(to line: Polyline, _ scale: GroundScale, _ focalLength: Double) -> Double? {
        guard let here = scale.metresPerHeight(atRow: bottom) else { return nil }
        let leftMetres = (left - 0.5) * aspect * here
        let rightMetres = (left + width - 0.5) * aspect * here
        let front = focalLength * here
        let back = front + (rightMetres - leftMetres) / 2
        let distance = line.least(points: Self.pointsPerSide) { point in
            guard let there = scale.metresPerHeight(atRow: point.y) else { return .infinity }
            let column = (point.x - 0.5) * aspect * there
            let across = max(0, max(leftMetres - column, column - rightMetres))
            let along = max(0, max(front - focalLength * there, focalLength * there - back))
            return (across * across + along * along).squareRoot()
        }
        return distance.isFinite ? distance : nil
    }
}

extension Polyline {
    /// The least value of `measure` over points spread evenly along each side.
    fileprivate func least(points: Int, _ measure: (UnitPoint) -> Double) -> Double {
        var least = Double.infinity
        for index in 1..<vertices.count {
            let a = vertices[index - 1]
            let b = vertices[index]
            for step in 0..<points {
                let part = Double(step) / Double(points - 1)
                least = min(least, measure(UnitPoint(x: a.x + part * (b.x - a.x), y: a.y + part * (b.y - a.y))))
            }
        }
        return least
    }

    /// The line's row at a column; beyond its ends that of the nearer end.
    fileprivate func row(atColumn x: Double) -> Double {
        var nearest = vertices[0]
        for index in 1..<vertices.count {
            let a = vertices[index - 1]
            let b = vertices[index]
            if min(a.x, b.x) <= x, x <= max(a.x, b.x), a.x != b.x { return a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y) }
            nearest = abs(b.x - x) < abs(nearest.x - x) ? b : nearest
        }
        return nearest.y
    }
}
