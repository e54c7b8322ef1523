import Foundation

/// Where something is over time on the ground: straight ways at a steady pace, and waits.
struct WalkPath: Sendable {
    enum Leg: Sendable {
        /// To x and z.
        case to(Float, Float)
        case wait(Float)
        /// From now on this fast, metres a second.
        case pace(Float)
        /// Waits and looks along a heading (radians from x towards z).
        case face(Float, wait: Float)
    }

    private struct Knot: Sendable {
        var time: Float
        var x: Float
        var z: Float
        var distance: Float
        /// For the way that begins here.
        var heading: Float
    }

    struct Place: Sendable {
        var x: Float
        var z: Float
        var headingRadians: Float
        var metresPerSecond: Float
        /// Walked since the start.
        var distance: Float
    }

    private var knots: [Knot] = []

    var start: Float { knots[0].time }
    var end: Float { knots[knots.count - 1].time }

    init(start: Float, x: Float, z: Float, metresPerSecond: Float, _ legs: [Leg]) {
        var pace = metresPerSecond
        var now = Knot(time: start, x: x, z: z, distance: 0, heading: 0)
        for leg in legs {
            switch leg {
            case .pace(let speed): pace = speed
            case .wait(let seconds):
                if let last = knots.last { now.heading = last.heading }
                knots.append(now)
                now.time += seconds
            case .face(let heading, let seconds):
                now.heading = heading
                knots.append(now)
                now.time += seconds
            case .to(let x, let z):
                let alongX = x - now.x
                let alongZ = z - now.z
                let length = (alongX * alongX + alongZ * alongZ).squareRoot()
                if length > 0.01 { now.heading = atan2(alongZ, alongX) }
                knots.append(now)
                now = Knot(time: now.time + length / pace, x: x, z: z, distance: now.distance + length, heading: now.heading)
            }
        }
        knots.append(now)
    }

    func place(at time: Float) -> Place? {
        guard time >= start && time <= end else { return nil }
        let (x, z, distance) = position(at: time)
        let before = direction(at: time - 0.25)
        let after = direction(at: time + 0.25)
        var toX = cos(before) + cos(after)
        var toZ = sin(before) + sin(after)
        if toX * toX + toZ * toZ < 0.05 {
            toX = cos(after)
            toZ = sin(after)
        }
        let ahead = position(at: min(end, time + 0.2))
        let behind = position(at: max(start, time - 0.2))
        let speed = (ahead.distance - behind.distance) / max(0.05, min(end, time + 0.2) - max(start, time - 0.2))
        return Place(x: x, z: z, headingRadians: atan2(toZ, toX), metresPerSecond: speed, distance: distance)
    }

    private func direction(at time: Float) -> Float {
        var heading = knots[0].heading
        for knot in knots.dropLast() where knot.time <= time { heading = knot.heading }
        return heading
    }

    private func position(at time: Float) -> (x: Float, z: Float, distance: Float) {
        var index = 0
        while index + 2 < knots.count && knots[index + 1].time <= time { index += 1 }
        let from = knots[index]
        let to = knots[index + 1]
        let part = clamp((time - from.time) / max(0.001, to.time - from.time))
        return (mix(from.x, to.x, part), mix(from.z, to.z, part), mix(from.distance, to.distance, part))
    }
}
