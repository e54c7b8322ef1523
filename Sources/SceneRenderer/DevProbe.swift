package import FrameCore
package func devPlate(_ number: Int, width: Int, height: Int) -> [UInt8] {
    let layouts: [StreetLayout] = [.kerbside, .opposite, .lane, .avenue, .deliveries, .promenade, .evening, .rainy]
    let lights: [Daylight] = [
        Daylight(sunAzimuthDegrees: 58, sunElevationDegrees: 47, sun: 2.1), Daylight(), Daylight(sunAzimuthDegrees: 120, sunElevationDegrees: 36, sun: 1.7, sunTint: Vector(1, 0.87, 0.68)),
        Daylight(sunAzimuthDegrees: 75, sunElevationDegrees: 52, sun: 2.2), Daylight(sky: 0.95), Daylight(sunAzimuthDegrees: 110, sunElevationDegrees: 50, sun: 1.8), Daylight(sky: 0.5), Daylight(sky: 0.8, clearMetres: 70)]
    let layout = layouts[number], light = lights[number]
    let camera = Camera(position: layout.cameraPosition, target: layout.cameraTarget, fieldOfViewDegrees: layout.fieldOfViewDegrees, barrel: layout.barrel, size: PixelSize(width: width, height: height))
    let model = StreetModel(layout: layout)
    let sunMap = SunMap(direction: light.sunDirection, model: model, from: Vector(layout.start, -0.2, -1), to: Vector(layout.end, 5, 16))
    let plate = PlateTracer(model: model, camera: camera, daylight: light, sunMap: sunMap).render()
    var out: [UInt8] = []
    for index in 0..<plate.size.area {
        var colour = plate.ambient[index] + plate.shops[index] * light.shopLight
        let p = plate.place[index]
        let cell = sunMap.cell(p)
        let t = plate.leafShare[index] < 0.5 && sunMap.isUnderLeaves(p) ? sunMap.leafLight(u: cell.0, v: cell.1) : 1
        colour += plate.sun[index] * t
        for c in [colour.x, colour.y, colour.z] {
            let x = max(0, c) * 0.85
            let v = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)
            out.append(UInt8(min(255, v.squareRoot() * 255)))
        }
    }
    return out
}
