import FrameCore
public import SceneAnalysis

/// Turns what stands still into violations: zones, hours, dwell, one incident for one continuing act.
///
/// Knows no pixels and no clock; the same observations and rules give the same incidents. Owned by one thread.
public struct ViolationTracker {
    let zones: ZoneSet
    let rules: RuleBook
    /// Open incidents by the region that carries each.
    private var open: [Int: Incident] = [:]
    /// The id that the next incident gets.
    public private(set) var nextID: Int

    /// - Parameter firstID: one beyond the last id of a tracker that this one replaces.
    public init(zones: ZoneSet, rules: RuleBook, firstID: Int = 1) {
        self.zones = zones
        self.rules = rules
        nextID = firstID
    }

    /// Incidents that go on, by id.
    public var openIncidents: [Incident] { open.values.sorted { $0.id < $1.id } }

    /// Takes the next observation.
    /// - Parameter minuteOfWeek: local time of the frame, 0…10079 from Monday 00:00; nil where it is not known, then
    ///   every zone is in force.
    public mutating func judge(_ observation: SceneObservation, minuteOfWeek: Int?) -> [IncidentEvent] {
        var events: [IncidentEvent] = []
        for region in observation.cleared {
            if let incident = open.removeValue(forKey: region.id) {
                events.append(end(incident, at: observation.time))
            }
        }
        guard observation.view.isClear else { return events }
        for region in observation.regions {
            update(region, observation, minuteOfWeek, &events)
        }
        let present = Set(observation.regions.map(\.id))
        // The analysis gave a region up without seeing the place free (it learned the view anew): the act is over for it.
        for (regionID, incident) in open.sorted(by: { $0.key < $1.key }) where !present.contains(regionID) {
            open[regionID] = nil
            events.append(end(incident, at: observation.time))
        }
        return events
    }

    private mutating func update(
        _ region: StillRegion, _ observation: SceneObservation, _ minuteOfWeek: Int?, _ events: inout [IncidentEvent]
    ) {
        if var incident = open[region.id] {
            incident.box = region.box
            incident.features = region.features
            if incident.phase == .opened {
                if let named = classify(region, observation.frameSize, minuteOfWeek) {
                    incident.kind = named.kind
                    incident.zoneID = named.zone.id
                    incident.dwell = zones.dwell(in: named.zone, for: named.rule)
                    if isConfirmed(region, named.rule, incident.dwell) {
                        incident.phase = .confirmed
                        incident.confirmedAt = observation.time
                        events.append(.confirmed(incident))
                    }
                }
            }
            open[region.id] = incident
            return
        }
        guard let named = classify(region, observation.frameSize, minuteOfWeek) else { return }
        let incident = Incident(
            id: nextID, kind: named.kind, zoneID: named.zone.id, phase: .opened, box: region.box,
            frameSize: observation.frameSize, firstStill: region.since, dwell: zones.dwell(in: named.zone, for: named.rule),
            features: region.features)
        nextID += 1
        open[region.id] = incident
        events.append(.opened(incident))
    }

    private func end(_ incident: Incident, at time: FrameTime) -> IncidentEvent {
        var ended = incident
        ended.clearedAt = time
        guard incident.phase == .confirmed else { return .dropped(ended) }
        ended.phase = .cleared
        return .cleared(ended)
    }

    private func isConfirmed(_ region: StillRegion, _ rule: ViolationRule, _ dwell: Duration) -> Bool {
        guard region.visible >= rule.minimumVisible,
            region.features.fill - region.features.stir >= rule.minimumSolidity
        else { return false }
        let patience = rules.person.looks.allSatisfy { $0.holds(for: region.features) } ? rules.person.patience : 1
        return region.stillFor >= dwell * patience
    }

    /// The zone that the region stands in and what it looks like there; nil if nothing is watched there now.
    private func classify(
        _ region: StillRegion, _ size: PixelSize, _ minuteOfWeek: Int?
    ) -> (kind: ViolationKind, zone: Zone, rule: ViolationRule)? {
        let standing = zones.zones.filter { $0.polygon.holdsFoot(of: region.box, size) }
        guard !standing.contains(where: { $0.kind == .ignore }) else { return nil }
        var best: (kind: ViolationKind, zone: Zone, rule: ViolationRule)?
        for zone in standing {
            if let hours = zone.hours, let minuteOfWeek, !hours.contains(minuteOfWeek: minuteOfWeek) { continue }
            // Where only one violation is looked for, the zone names what the looks would have to tell apart.
            let isNamedByZone = zone.watched.count == 1
            for kind in zone.watched {
                guard let rule = rules[kind], region.features.area >= rule.minimumArea,
                    isNamedByZone || rule.looks.allSatisfy({ $0.holds(for: region.features) })
                else { continue }
                if best.map({ rule.precedence > $0.rule.precedence }) ?? true { best = (kind, zone, rule) }
            }
        }
        return best
    }
}

extension FeatureRange {
    func holds(for features: RegionFeatures) -> Bool {
        let value = value(in: features)
        return value >= from ?? -.infinity && value <= to ?? .infinity
    }

    func value(in features: RegionFeatures) -> Double {
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
        case .thinness: features.thinness
        case .repetition: features.repetition
        }
    }
}

extension Polygon {
    /// Whether the object in `box` stands in this polygon: the larger part of its foot, the lowest fifth, lies inside.
    func holdsFoot(of box: PixelRect, _ size: PixelSize) -> Bool {
        var inside = 0
        let steps = 5
        for column in 0..<steps {
            for row in [0.82, 0.95] {
                let point = UnitPoint(
                    x: (Double(box.x) + (Double(column) + 0.5) / Double(steps) * Double(box.width)) / Double(size.width),
                    y: (Double(box.y) + row * Double(box.height)) / Double(size.height))
                if contains(point) { inside += 1 }
            }
        }
        return inside >= steps
    }
}
