internal import FrameCore

/// A zone with the rules in force in it, made once so that judging a frame allocates nothing.
struct ZoneWatch {
    /// One violation that is looked for.
    struct Watch {
        let kind: ViolationKind
        let dwell: Duration
        let day: ViolationRule
        let night: ViolationRule

        func rule(_ isInfrared: Bool) -> ViolationRule { isInfrared ? night : day }
    }

    /// Part of the foot from which something stands in an ignored or permitted zone.
    static let standing = 0.5

    let zone: Zone
    let watches: [Watch]

    init(_ zone: Zone, of set: ZoneSet, _ rules: RuleBook) {
        self.zone = zone
        watches = zone.watched.compactMap { kind in
            guard let day = rules[kind], let night = rules[night: kind] else { return nil }
            return Watch(kind: kind, dwell: set.dwell(in: zone, for: day), day: day, night: night)
        }
    }

    /// Part of the object in `box` that is in the zone, 0…1: of its foot, the lowest fifth, since that is where it stands; of
    /// all of it where things hang.
    func part(of box: PixelRect, _ size: PixelSize) -> Double {
        zone.kind == .rail ? part(of: box, size, rows: (0.1, 0.5, 0.9)) : part(of: box, size, rows: (0.82, 0.95, nil))
    }

    private func part(of box: PixelRect, _ size: PixelSize, rows: (Double, Double, Double?)) -> Double {
        let columns = 5
        var inside = 0
        for column in 0..<columns {
            let x = (Double(box.x) + (Double(column) + 0.5) / Double(columns) * Double(box.width)) / Double(size.width)
            inside += contains(x, rows.0, box, size) + contains(x, rows.1, box, size)
            if let third = rows.2 { inside += contains(x, third, box, size) }
        }
        return Double(inside) / Double(columns * (rows.2 == nil ? 2 : 3))
    }

    private func contains(_ x: Double, _ row: Double, _ box: PixelRect, _ size: PixelSize) -> Int {
        let y = (Double(box.y) + row * Double(box.height)) / Double(size.height)
        return zone.polygon.contains(UnitPoint(x: x, y: y)) ? 1 : 0
    }
}
