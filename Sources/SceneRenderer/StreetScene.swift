public import FrameCore
import Foundation

/// A street that draws itself frame by frame.
///
/// Building one follows light through the whole standing street once (seconds at 960×540); a frame then takes about
/// ten milliseconds. The same script gives the same bytes. Frames may be drawn in any order.
public struct StreetScene: Sendable {
    public let script: SceneScript

    private let camera: Camera
    private let sunMap: SunMap
    private let plate: Plate
    private let placed: [(mesh: Mesh, drawable: Drawable)]
    private var dapple: SunDapple
    private var sway: LeafSway
    private var shadows: ShadowCaster
    private var rasterizer: TileRasterizer
    private var development: Development
    private var picture: LightLayer
    private var moving: [Mesh]

    public init(script: SceneScript) {
        precondition(script.size.width % 2 == 0 && script.size.height % 2 == 0, "4:2:0 needs even sides")
        self.script = script
        let layout = script.layout
        camera = Camera(script)
        let model = StreetModel(layout: layout)
        let far = layout.pavementWidth + layout.roadWidth + layout.farPavementWidth
        let isForward = layout.cameraTarget.x > layout.cameraPosition.x
        let reach: (Float, Float) = isForward ? (-8, 38) : (-38, 8)
        sunMap = SunMap(
            direction: script.daylight.sunDirection, model: model, from: Vector(layout.cameraPosition.x + reach.0, -0.3, -0.5),
            to: Vector(layout.cameraPosition.x + reach.1, 5, far))
        var plate = PlateTracer(model: model, camera: camera, daylight: script.daylight, sunMap: sunMap).render()
        plate.darkenCorners()
        self.plate = plate
        placed = script.placements.map { placement in
            var mesh = Mesh()
            let drawable = placement.build(into: &mesh, layout: layout)
            return (mesh, drawable)
        }
        dapple = SunDapple(plate: plate, sunMap: sunMap)
        sway = LeafSway(plate: plate)
        shadows = ShadowCaster(camera: camera, layout: layout, sunMap: sunMap)
        rasterizer = TileRasterizer(camera: camera, layout: layout, sunMap: sunMap)
        development = Development(size: script.size, noise: SensorNoise(amplitude: script.noise, seed: script.seed))
        picture = LightLayer(count: script.size.area)
        moving = script.actors.map { _ in Mesh() }
    }

    /// Draws frame `index` (0 up to the script's frame count) into `frame`, which has the script's size.
    public mutating func render(frame index: Int, into frame: inout Frame) {
        precondition(frame.size == script.size, "the frame has another size than the script")
        let time = Float(index) / Float(script.frameRate)
        let moment = script.course.moment(at: time)
        compose(moment, time: time)
        let bodies = bodies(at: time)
        shadows.begin()
        let hasSun = script.daylight.sunColour.x > 0
        for body in bodies {
            shadows.shade(body.drawable, weight: hasSun ? 0.7 : 0.92, plate: plate, into: &picture)
            guard hasSun, body.depth < 45, let seen = camera.project(body.drawable.origin) else { continue }
            let column = Int(clamp(seen.x, 0, Float(script.size.width - 1)))
            let row = Int(clamp(seen.y, 0, Float(script.size.height - 1)))
            withMesh(body) { mesh, scene in
                scene.shadows.cast(
                    mesh, ground: body.drawable.origin.y, sunLight: scene.dapple.at(column: column, row: row) * moment.sun,
                    plate: scene.plate, into: &scene.picture)
            }
        }
        drawBeams(time: time, moment: moment)
        if script.layout.isWet { drawMirrored(bodies, moment: moment, time: time) }
        for body in bodies {
            let light = light(moment, at: body.drawable.origin, time: time)
            withMesh(body) { mesh, scene in scene.rasterizer.draw(mesh, light: light, plate: scene.plate, into: &scene.picture) }
        }
        if script.isRaining { Rain(size: script.size, seed: script.seed).draw(frameIndex: index, plate: plate, into: &picture) }
        frame.time = FrameTime(microseconds: Int64(index) * 1_000_000 / Int64(script.frameRate))
        frame.range = .limited
        development.develop(picture, exposure: moment.exposure, frameIndex: index, into: &frame)
        drawTexts(time: time, into: &frame)
    }

    /// One thing to draw: a placement or an actor by its place in the script.
    private struct Body {
        var isPlaced: Bool
        var index: Int
        var drawable: Drawable
        var depth: Float
    }

    /// Far ones first.
    private mutating func bodies(at time: Float) -> [Body] {
        var bodies: [Body] = []
        for (index, placement) in script.placements.enumerated() where placement.isThere(at: time) {
            bodies.append(Body(isPlaced: true, index: index, drawable: placed[index].drawable, depth: depth(placed[index].drawable)))
        }
        for (index, actor) in script.actors.enumerated() {
            moving[index].removeAll()
            guard let drawable = actor.build(into: &moving[index], at: time, layout: script.layout) else { continue }
            bodies.append(Body(isPlaced: false, index: index, drawable: drawable, depth: depth(drawable)))
        }
        return bodies.sorted { $0.depth > $1.depth }
    }

    private func depth(_ drawable: Drawable) -> Float { (drawable.origin - camera.position).dot(camera.forward) }

    private mutating func withMesh(_ body: Body, _ use: (Mesh, inout StreetScene) -> Void) {
        let mesh = body.isPlaced ? placed[body.index].mesh : moving[body.index]
        use(mesh, &self)
    }

    private mutating func compose(_ moment: LightCourse.Moment, time: Float) {
        Self.weigh(plate.ambient.red, moment.ambient, plate.shops.red, moment.shops, plate.lamps.red, moment.lamps, into: &picture.red)
        Self.weigh(
            plate.ambient.green, moment.ambient, plate.shops.green, moment.shops, plate.lamps.green, moment.lamps, into: &picture.green)
        Self.weigh(plate.ambient.blue, moment.ambient, plate.shops.blue, moment.shops, plate.lamps.blue, moment.lamps, into: &picture.blue)
        if script.daylight.sunColour.x > 0 {
            dapple.update(course: script.course, sunMap: sunMap, time: time)
            dapple.apply(plate.sun.red, weight: moment.sun, to: &picture.red)
            dapple.apply(plate.sun.green, weight: moment.sun, to: &picture.green)
            dapple.apply(plate.sun.blue, weight: moment.sun, to: &picture.blue)
        }
        sway.apply(to: &picture, time: time)
    }

    private static func weigh(
        _ a: [Float], _ weightA: Float, _ b: [Float], _ weightB: Float, _ c: [Float], _ weightC: Float, into sum: inout [Float]
    ) {
        let a = a.span
        let b = b.span
        let c = c.span
        var sum = sum.mutableSpan
        for index in 0..<sum.count { sum[index] = a[index] * weightA + b[index] * weightB + c[index] * weightC }
    }

    private func light(_ moment: LightCourse.Moment, at origin: Vector, time: Float) -> TileRasterizer.Light {
        let daylight = script.daylight
        let through = daylight.sunColour.x > 0 ? script.course.sunThrough(x: origin.x, z: origin.z, time: time) : 0
        let sky = mix(daylight.horizon, daylight.zenith, 0.6) * (moment.ambient * 0.86)
        let bounce = (sky * 0.3 + daylight.sunColour * (through * 0.2)) * (script.layout.isWet ? 0.6 : 1)
        return TileRasterizer.Light(
            ambient: sky, ground: bounce, sun: daylight.sunColour * (through * moment.sun), haze: daylight.haze * moment.ambient,
            clearMetres: daylight.clearMetres, lamps: moment.lamps)
    }

    private mutating func drawMirrored(_ bodies: [Body], moment: LightCourse.Moment, time: Float) {
        for body in bodies {
            let light = light(moment, at: body.drawable.origin, time: time)
            withMesh(body) { mesh, scene in
                var mirror = mesh
                for index in mirror.positions.indices { mirror.positions[index].y = 2 * body.drawable.origin.y - mirror.positions[index].y }
                scene.rasterizer.draw(mirror, light: light, plate: scene.plate, into: &scene.picture, opacity: 0.28, mirrored: true)
            }
        }
    }

    private mutating func drawBeams(time: Float, moment: LightCourse.Moment) {
        for actor in script.actors {
            guard case .vehicle(let vehicle) = actor.kind, vehicle.lightsOn, let place = actor.place(at: time) else { continue }
            Headlight.draw(vehicle, at: place, layout: script.layout, camera: camera, plate: plate, weight: 0.42, into: &picture)
        }
    }

    private func drawTexts(time: Float, into frame: inout Frame) {
        let second = script.clockStart + Int(time)
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let scale = max(1, script.size.height / 270)
        let clock = "2026-11-23 \(two(second / 3600 % 24)):\(two(second / 60 % 60)):\(two(second % 60)) 星期一"
        ClockFont.draw(clock, x: 10 * scale, y: 8 * scale, scale: scale, into: &frame)
        let width = script.cameraName.count * 6 * scale
        ClockFont.draw(
            script.cameraName, x: script.size.width - width - 10 * scale, y: script.size.height - 15 * scale, scale: scale, into: &frame)
    }
}
