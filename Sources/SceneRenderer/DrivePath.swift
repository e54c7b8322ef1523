/// A vehicle's way along x: it comes at a steady speed, brakes to a stand, and pulls away again.
struct DrivePath: Sendable {
    var start: Float
    var x: Float
    var z: Float
    /// Along x; negative towards smaller x.
    var metresPerSecond: Float
    /// Comes to a stand here and goes on at that second.
    var stop: (x: Float, until: Float)?
    var end: Float

    private static let braking: Float = 1.9

    /// When it stands, seconds; nil for one that drives through.
    var standsFrom: Float? {
        guard let stop else { return nil }
        let speed = abs(metresPerSecond)
        let brakeWay = speed * speed / (2 * Self.braking)
        return start + (abs(stop.x - x) - brakeWay) / speed + speed / Self.braking
    }

    func place(at time: Float) -> WalkPath.Place? {
        guard time >= start && time <= end else { return nil }
        let speed = abs(metresPerSecond)
        let sign: Float = metresPerSecond < 0 ? -1 : 1
        let heading: Float = sign > 0 ? 0 : .pi
        var way = speed * (time - start)
        var now = speed
        if let stop, let stands = standsFrom {
            let goal = abs(stop.x - x)
            let brakes = stands - speed / Self.braking
            if time > stop.until {
                let since = time - stop.until
                let gain: Float = 1.5
                let full = speed / gain
                way = goal + (since < full ? gain * since * since / 2 : gain * full * full / 2 + speed * (since - full))
                now = min(speed, gain * since)
            } else if time > stands {
                way = goal
                now = 0
            } else if time > brakes {
                let left = stands - time
                way = goal - Self.braking * left * left / 2
                now = Self.braking * left
            }
        }
        return WalkPath.Place(x: x + sign * way, z: z, headingRadians: heading, metresPerSecond: now, distance: way)
    }
}
