import FrameCore

/// Works out a script's ground truth: its areas and bodies through the camera.
struct SceneGround {
    let script: SceneScript
    private let camera: Camera

    init(script: SceneScript) {
        self.script = script
        camera = Camera(script)
    }

    var truth: SceneTruth {
        SceneTruth(
            file: script.name + ".mp4", name: script.title, place: script.place, width: script.size.width, height: script.size.height,
            fps: script.frameRate, frames: script.frameCount, seconds: script.seconds, quiet: script.isQuiet, base: script.name,
            disturbances: script.disturbances, zones: script.zones.compactMap(zone), events: script.events.compactMap(event),
            dwellSeconds: 10)
    }

    /// The area's outline as the camera sees it, cut to the picture.
    private func zone(_ zone: SceneScript.Zone) -> SceneTruth.Zone? {
        let corners: [(Float, Float)] = [
            (zone.x.lowerBound, zone.z.lowerBound), (zone.x.upperBound, zone.z.lowerBound), (zone.x.upperBound, zone.z.upperBound),
            (zone.x.lowerBound, zone.z.upperBound),
        ]
        var outline: [UnitPoint] = []
        let steps = 4
        for side in 0..<4 {
            let from = corners[side]
            let to = corners[(side + 1) % 4]
            for step in 0..<steps {
                let part = Float(step) / Float(steps)
                let z = mix(from.1, to.1, part)
                // A road's area is drawn at its own level, beyond the kerb.
                let middle = (zone.z.lowerBound + zone.z.upperBound) / 2
                guard let seen = camera.project(Vector(mix(from.0, to.0, part), script.layout.ground(atZ: middle), z)) else { continue }
                outline.append(UnitPoint(x: Double(seen.x) / Double(script.size.width), y: Double(seen.y) / Double(script.size.height)))
            }
        }
        let rounded = cut(outline).map { UnitPoint(x: ($0.x * 10_000).rounded() / 10_000, y: ($0.y * 10_000).rounded() / 10_000) }
        var distinct: [UnitPoint] = []
        for point in rounded where point != distinct.last && !(distinct.count > 2 && point == distinct[0]) { distinct.append(point) }
        guard let polygon = try? Polygon(distinct) else { return nil }
        return SceneTruth.Zone(id: zone.id, kind: zone.kind, polygon: polygon)
    }

    /// Sutherland and Hodgman's clipping against the four sides of the picture.
    private func cut(_ points: [UnitPoint]) -> [UnitPoint] {
        let sides: [(UnitPoint) -> Double] = [{ $0.x }, { 1 - $0.x }, { $0.y }, { 1 - $0.y }]
        var outline = points
        for inside in sides {
            var kept: [UnitPoint] = []
            for index in outline.indices {
                let here = outline[index]
                let before = outline[(index + outline.count - 1) % outline.count]
                let depthHere = inside(here)
                let depthBefore = inside(before)
                if (depthHere >= 0) != (depthBefore >= 0) {
                    let part = depthBefore / (depthBefore - depthHere)
                    kept.append(
                        UnitPoint(
                            x: min(1, max(0, before.x + (here.x - before.x) * part)),
                            y: min(1, max(0, before.y + (here.y - before.y) * part))))
                }
                if depthHere >= 0 { kept.append(here) }
            }
            outline = kept
        }
        return outline
    }

    private func event(_ event: SceneScript.Event) -> SceneTruth.Event? {
        var mesh = Mesh()
        switch event.subject {
        case .placements(let indices):
            for index in indices { _ = script.placements[index].build(into: &mesh, layout: script.layout) }
        case .actor(let index):
            _ = script.actors[index].build(into: &mesh, at: event.still + 1, layout: script.layout)
        }
        guard let box = SceneBox(camera: camera).bounds(of: mesh) else { return nil }
        func rounded(_ seconds: Float) -> Double { (Double(seconds) * 100).rounded() / 100 }
        return SceneTruth.Event(
            violation: event.violation, zone: event.zone, box: [box.x, box.y, box.width, box.height],
            appearsSeconds: rounded(event.appears),
            stillSeconds: rounded(event.still), leavesSeconds: event.leaves.map(rounded))
    }
}

extension SceneScript {
    /// What is really there: zones and events, with boxes taken from the bodies themselves.
    public var groundTruth: SceneTruth { SceneGround(script: self).truth }
}
