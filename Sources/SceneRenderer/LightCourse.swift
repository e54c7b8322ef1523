import Foundation

/// How the light changes over a clip.
struct LightCourse: Sendable {
    /// The weights of the four kinds of light at one moment, and how much the picture is amplified.
    struct Moment: Sendable {
        var ambient: Float
        var sun: Float
        var shops: Float
        var lamps: Float
        var exposure: Float
    }

    var exposure: Float = 0.62
    /// 0 clear … 1 clouds that take nearly all the sun as they pass.
    var cloud: Float = 0.25
    /// Slow drift of the whole, as a share.
    var drift: Float = 0.04
    var shopLight: Float = 0.3
    /// Night falls between these seconds; the lamps come on in between.
    var dusk: ClosedRange<Float>?
    var seed: UInt32 = 1

    func moment(at time: Float) -> Moment {
        let wander = 1 + drift * (ValueNoise.fractal(time * 0.07, 3, octaves: 2, seed) - 0.5) * 2
        var moment = Moment(ambient: wander, sun: 1, shops: shopLight, lamps: 0, exposure: exposure)
        if let dusk {
            let fallen = smoothStep(dusk.lowerBound, dusk.upperBound, time)
            moment.ambient = wander * mix(1, 0.34, fallen)
            moment.shops = shopLight * mix(1, 1.5, smoothStep(4, 9, time))
            // The lamps flicker up over two seconds.
            moment.lamps = 0.4 * smoothStep(dusk.lowerBound + 5, dusk.lowerBound + 7, time)
            moment.exposure = exposure * mix(1, 1.3, fallen)
        }
        return moment
    }

    /// Part of the sun that the clouds let through over a place, 0…1.
    func sunThrough(x: Float, z: Float, time: Float) -> Float {
        guard cloud > 0 else { return 1 }
        let field = ValueNoise.fractal(x * 0.022 - time * 0.075, z * 0.03 + time * 0.012, octaves: 3, seed &+ 40)
        return 1 - cloud * smoothStep(0.44, 0.66, field)
    }
}
