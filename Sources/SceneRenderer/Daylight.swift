import Foundation

/// The light of a place and hour: where the sun stands, how the sky glows, how thick the air is.
struct Daylight: Sendable {
    /// From the scene to the sun.
    var sunDirection: Vector
    /// Light of the sun on a surface that faces it; zero below a closed cloud cover.
    var sunColour: Vector
    var zenith: Vector
    var horizon: Vector
    /// Distance over which the air takes about two thirds of a thing's contrast, metres.
    var clearMetres: Float
    var haze: Vector

    init(
        sunAzimuthDegrees: Float = 60, sunElevationDegrees: Float = 45, sun: Float = 0, sunTint: Vector = Vector(1, 0.93, 0.8),
        sky: Float = 1,
        skyTint: Vector = Vector(0.9, 0.97, 1.08), clearMetres: Float = 230
    ) {
        let azimuth = sunAzimuthDegrees * .pi / 180
        let elevation = sunElevationDegrees * .pi / 180
        sunDirection = Vector(cos(elevation) * cos(azimuth), sin(elevation), cos(elevation) * sin(azimuth))
        sunColour = sunTint * sun
        zenith = skyTint * (sky * 1.1)
        horizon = mix(skyTint, .grey(1), 0.6) * (sky * 0.95)
        haze = mix(skyTint, .grey(1), 0.5) * (sky * 0.62)
        self.clearMetres = clearMetres
    }

    func sky(_ direction: Vector) -> Vector {
        direction.y <= 0 ? horizon * 0.35 : mix(horizon, zenith, direction.y.squareRoot())
    }
}
