public import FrameCore
public import SceneAnalysis

/// Turns what stands still into violations: zones, hours, dwell, exemptions, one incident for one continuing act.
///
/// Knows no pixels and no clock; the same observations and rules give the same incidents. Owned by one thread. Allocates
/// for more incidents at a time than usual only.
public struct ViolationTracker {
    /// An incident and the region that carries it.
    public struct Carried: Codable, Sendable, Hashable {
        public let regionID: Int
        public var incident: Incident
        /// What the region's still time was when a permit last covered it: its dwell begins there.
        var exemptUntil = Duration.zero
        /// Looks in a row in which it was like no person.
        var calmLooks = 0
    }

    let zones: [ZoneWatch]
    /// Room for so many at once is taken at the start.
    private static let usualIncidents = 16

    private let references: [ReferenceLength]
    let rules: RuleBook
    /// For views of the size that was seen last.
    private var scale: (size: PixelSize, ground: GroundScale)?
    /// In the order in which they were opened.
    public private(set) var open: [Carried] = []
    /// The id that the next incident gets.
    public private(set) var nextID: Int
    /// What the last observation told: used again once nobody else keeps the answer.
    private var events: [IncidentEvent] = []

    /// - Parameters:
    ///   - firstID: one beyond the last id of a tracker that this one replaces.
    ///   - open: what a tracker with the same zones was in the middle of, in this one's time.
    public init(zones: ZoneSet, rules: RuleBook, firstID: Int = 1, open: [Carried] = []) {
        self.zones = zones.zones.map { ZoneWatch($0, of: zones, rules) }
        references = zones.scale ?? []
        self.rules = rules
        self.open = open
        self.open.reserveCapacity(Self.usualIncidents)
        events.reserveCapacity(Self.usualIncidents)
        nextID = max(firstID, 1 + (open.map(\.incident.id).max() ?? 0))
    }

    /// Incidents that go on, by id.
    public var openIncidents: [Incident] { open.map(\.incident).sorted { $0.id < $1.id } }

    /// Takes the next observation.
    /// - Parameters:
    ///   - minuteOfWeek: local time of the frame, 0…10079 from Monday 00:00; nil where it is not known, then every zone is
    ///     in force.
    ///   - isInfrared: whether the picture has no colour because the camera sees by infrared.
    public mutating func judge(_ observation: SceneObservation, minuteOfWeek: Int?, isInfrared: Bool = false) -> [IncidentEvent] {
        events.removeAll(keepingCapacity: true)
        for region in observation.cleared {
            if let index = open.firstIndex(where: { $0.regionID == region.id }) {
                events.append(Self.end(open.remove(at: index), at: observation.time))
            }
        }
        guard observation.view.isClear else { return events }
        if !observation.regions.isEmpty {
            let ground = groundScale(for: observation.frameSize)
            for region in observation.regions {
                update(region, observation, ground, minuteOfWeek, isInfrared)
            }
        }
        // The analysis gave a region up without seeing the place free (it learned the view anew): the act is over for it.
        var index = 0
        while index < open.count {
            let id = open[index].regionID
            if observation.regions.contains(where: { $0.id == id }) || observation.outOfView.contains(id) {
                index += 1
            } else {
                events.append(Self.end(open.remove(at: index), at: observation.time))
            }
        }
        return events
    }

    private mutating func groundScale(for size: PixelSize) -> GroundScale? {
        if let scale, scale.size == size { return scale.ground }
        let ground = measuredGround(for: size)
        scale = ground.map { (size, $0) }
        return ground
    }

    func measuredGround(for size: PixelSize) -> GroundScale? {
        let aspect = Double(size.width) / Double(size.height)
        let assumed = rules.street.ground
        // Lengths are checked when they are drawn; ones that do not fit a view of this shape count for nothing.
        return (try? GroundScale(references, aspect: aspect, assumed: assumed)) ?? (try? GroundScale([], aspect: aspect, assumed: assumed))
    }

    private mutating func update(
        _ region: StillRegion, _ observation: SceneObservation, _ ground: GroundScale?, _ minuteOfWeek: Int?, _ isInfrared: Bool
    ) {
        let carried = open.firstIndex { $0.regionID == region.id }
        if let carried, open[carried].incident.phase == .confirmed {
            open[carried].incident.box = region.box
            open[carried].incident.features = region.features
            return
        }
        guard let ground, let named = classify(region, observation.frameSize, ground, minuteOfWeek, isInfrared) else {
            if let carried {
                open[carried].incident.box = region.box
                open[carried].incident.features = region.features
            }
            return
        }
        let zone = zones[named.zone].zone
        let index: Int
        if let carried {
            index = carried
            open[index].incident.kind = named.watch.kind
            open[index].incident.zoneID = zone.id
            open[index].incident.box = region.box
            open[index].incident.firstStill = region.since
            open[index].incident.features = region.features
            open[index].incident.dwell = named.watch.dwell
            open[index].incident.areaSquareMetres = named.squareMetres
        } else {
            index = open.count
            open.append(
                Carried(
                    regionID: region.id,
                    incident: Incident(
                        id: nextID, kind: named.watch.kind, zoneID: zone.id, phase: .opened, box: region.box,
                        frameSize: observation.frameSize, firstStill: region.since, dwell: named.watch.dwell,
                        features: region.features, areaSquareMetres: named.squareMetres)))
            nextID += 1
        }
        let permit = permit(for: region, observation.frameSize, minuteOfWeek)
        if permit != nil { open[index].exemptUntil = region.stillFor }
        let rule = named.watch.rule(isInfrared)
        let isPersonLike = rule.mayBePerson && patience(for: region, observation.frameSize, ground) > 1
        open[index].calmLooks = isPersonLike ? 0 : open[index].calmLooks + 1
        let exemption = permit ?? exemption(of: region, rule, named.watch.dwell, in: observation, ground)
        open[index].incident.exemption = exemption
        if carried == nil {
            events.append(.opened(open[index].incident))
            // Whatever its age, it is confirmed at the next look at the earliest: one look may err.
            return
        }
        // What looked like a person is believed to be none when it does so twice in a row: one measurement may err.
        let isSurelyThing = open[index].calmLooks >= rules.person.calmLooks || isPersonLike
        if exemption == nil, isSurelyThing, region.visible >= rule.minimumVisible,
            region.features.fill - region.features.stir >= rule.minimumSolidity,
            region.stillFor - open[index].exemptUntil >= named.watch.dwell
        {
            open[index].incident.phase = .confirmed
            open[index].incident.confirmedAt = observation.time
            events.append(.confirmed(open[index].incident))
        }
    }

    private static func end(_ carried: Carried, at time: FrameTime) -> IncidentEvent {
        var ended = carried.incident
        ended.clearedAt = time
        guard ended.phase == .confirmed else {
            ended.exemption = ended.exemption ?? .shortStay
            return .dropped(ended)
        }
        ended.phase = .cleared
        return .cleared(ended)
    }

    // MARK: What it is

    /// The shortest dwell of what is looked for where something stands in `box`, whatever it looks like and whatever the hour;
    /// nil where nothing is.
    public func shortestDwell(at box: PixelRect, in size: PixelSize) -> Duration? {
        var shortest: Duration?
        for watched in zones where !watched.watches.isEmpty && watched.part(of: box, size) > 0 {
            for watch in watched.watches { shortest = min(shortest ?? watch.dwell, watch.dwell) }
        }
        return shortest
    }

    /// The zone that the region stands in and what it looks like there; nil if nothing is watched there now.
    private func classify(
        _ region: StillRegion, _ size: PixelSize, _ ground: GroundScale, _ minuteOfWeek: Int?, _ isInfrared: Bool
    ) -> (zone: Int, watch: ZoneWatch.Watch, squareMetres: Double?)? {
        var placement = RegionPlacement(region, in: size, scale: ground)
        var best: (zone: Int, watch: ZoneWatch.Watch, precedence: Int)?
        for (index, watched) in zones.enumerated() {
            let inside = watched.part(of: region.box, size)
            guard inside > 0 else { continue }
            if watched.zone.kind == .ignore {
                if inside >= ZoneWatch.standing { return nil }
                continue
            }
            guard watched.zone.isInForce(at: minuteOfWeek) else { continue }
            placement.place(region.box, in: watched.zone, size, scale: ground, focalLength: rules.street.ground.focalLength)
            // Where only one violation is looked for, the zone names what the looks would have to tell apart.
            let isNamedByZone = watched.watches.count == 1
            for watch in watched.watches {
                let rule = watch.rule(isInfrared)
                guard inside >= rule.minimumInside, rule.precedence > best?.precedence ?? .min,
                    region.features.area >= rule.minimumArea, isLargeEnough(placement, rule, ground),
                    rule.looks.allSatisfy({ isNamedByZone && !$0.feature.isPlace || $0.holds(for: placement) })
                else { continue }
                best = (index, watch, rule.precedence)
            }
        }
        return best.map { ($0.zone, $0.watch, placement.squareMetres) }
    }

    /// Sizes in metres decide whether something is reported only where somebody has measured the view.
    private func isLargeEnough(_ placement: RegionPlacement, _ rule: ViolationRule, _ ground: GroundScale) -> Bool {
        guard ground.isDrawn, let squareMetres = placement.squareMetres else { return true }
        return squareMetres * ground.areaFactor >= rule.minimumSquareMetres
    }

    // MARK: Exemptions

    private func permit(for region: StillRegion, _ size: PixelSize, _ minuteOfWeek: Int?) -> Exemption? {
        for watched in zones where watched.zone.kind == .permitted && watched.zone.isInForce(at: minuteOfWeek) {
            if watched.part(of: region.box, size) >= ZoneWatch.standing {
                return .permit(zoneID: watched.zone.id, number: watched.zone.permit)
            }
        }
        return nil
    }

    private func exemption(
        of region: StillRegion, _ rule: ViolationRule, _ dwell: Duration, in observation: SceneObservation, _ ground: GroundScale
    ) -> Exemption? {
        if rule.mayBePerson {
            let patience = patience(for: region, observation.frameSize, ground)
            if patience > 1, isQueued(region, in: observation, ground) { return .queue }
            if patience > 1, region.stillFor < dwell * patience { return .person }
        }
        let attendance = rules.street.attendance
        if rule.mayBeAttended, region.features.company >= attendance.company,
            region.stillFor * region.features.company >= .seconds(attendance.seconds),
            region.stillFor < dwell * attendance.patience
        {
            return .attended
        }
        return nil
    }

    /// How many times the dwell it must stay because it looks like a person; 1 if it does not.
    private func patience(for region: StillRegion, _ size: PixelSize, _ ground: GroundScale) -> Double {
        rules.person.patience(for: RegionPlacement(region, in: size, scale: ground))
    }

    /// Whether the region is one of several people who stand side by side, their feet in about one row.
    private func isQueued(_ region: StillRegion, in observation: SceneObservation, _ ground: GroundScale) -> Bool {
        var left = region.box.x
        var right = region.box.maxX
        var people = 1
        var known = 0
        while known != people {
            known = people
            people = 0
            for other in observation.regions where patience(for: other, observation.frameSize, ground) > 1 {
                let box = other.box
                let gap = Int(rules.street.queue.gap * Double(min(box.width, region.box.width)))
                guard abs(box.maxY - region.box.maxY) * 2 <= region.box.height, box.x <= right + gap, box.maxX >= left - gap
                else { continue }
                left = min(left, box.x)
                right = max(right, box.maxX)
                people += 1
            }
        }
        return people >= rules.street.queue.people
    }
}
