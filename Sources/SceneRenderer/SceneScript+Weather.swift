/// The plays of the sample streams without an event, and those at nightfall and in the rain.
extension SceneScript {
    /// A courier sets cartons down and takes them in before anybody could call them left; cars stop for some seconds.
    static let delivery: SceneScript = {
        let layout = StreetLayout.deliveries
        var script = SceneScript(
            name: "s5_delivery", title: "愚园路 卸货点", place: "愚园路 20 号", seconds: 60, layout: layout, daylight: Daylight(sky: 0.95),
            course: LightCourse(exposure: 0.82, cloud: 0, drift: 0.07, seed: 15),
            cameraName: "CH05 YUYUAN RD", clockStart: 10 * 3600 + 2 * 60 + 55,
            disturbances: ["drift", "delivery", "stopping-car", "passers-by"])
        var crowd = Crowd(layout: layout)
        let courier = crowd.player()
        let door = SceneScript.door(of: layout, near: 12.6)
        let van = Vehicle(kind: .van, tint: Vector.grey(0.58))
        let lane = layout.pavementWidth + 1.25
        let putDown: Float = 23.4
        let pickedUp: Float = 30
        script.placements = [Placement(goods: .boxes(count: 4), x: door + 0.2, z: 0.85, appears: putDown, leaves: pickedUp, seed: 6)]
        script.actors = [
            Actor(kind: .vehicle(van), way: .drive(DrivePath(start: 9, x: 40, z: lane, metresPerSecond: -6.5, stop: (14.5, 22), end: 40))),
            Actor(
                kind: .walker(courier),
                way: .walk(
                    WalkPath(
                        start: 16.4, x: 16.6, z: layout.pavementWidth - 0.3, metresPerSecond: 1.15,
                        [.to(door + 0.4, 2.4), .to(door + 0.3, 1.55), .face(-.pi / 2, wait: 9.2), .to(door - 0.4, 1.2), .to(door, -0.7)])),
                bows: [.init(at: putDown), .init(at: pickedUp)],
                loads: [
                    .init(goods: .boxes(count: 2), from: 16, to: putDown, seed: 6),
                    .init(goods: .boxes(count: 2), from: pickedUp, to: 45, seed: 6),
                ]),
            Actor(
                kind: .vehicle(Vehicle(kind: .saloon, tint: Vector(0.12, 0.35, 0.3))),
                way: .drive(DrivePath(start: 33, x: 40, z: lane, metresPerSecond: -7, stop: (11, 46), end: 60))),
        ]
        script.actors += crowd.walkers(20, lanes: [2.3, 2.8, 3.2], until: 54)
        script.actors += crowd.vehicles(5, from: 22.5, until: 33).filter {
            if case .drive(let path) = $0.way { path.metresPerSecond > 0 } else { false }
        }
        script.actors += crowd.riders(5, from: 26, until: 56)
        script.zones = zones(of: layout, x: 1...18)
        return script
    }()

    /// Nothing happens: people pass, one waits for twenty seconds, clouds and leaves move the light.
    static let quietDay: SceneScript = {
        let layout = StreetLayout.promenade
        var script = SceneScript(
            name: "s6_quiet", title: "步行街 中段", place: "步行街", seconds: 66, layout: layout,
            daylight: Daylight(sunAzimuthDegrees: 104, sunElevationDegrees: 50, sun: 1.6, sky: 0.9),
            course: LightCourse(exposure: 0.56, cloud: 0.75, seed: 16), cameraName: "CH06 PROMENADE", clockStart: 13 * 3600 + 27 * 60 + 2,
            disturbances: ["cloud", "leaves", "standing-person", "passers-by"])
        script.quality = 31
        var crowd = Crowd(layout: layout)
        let waiting = crowd.player()
        script.actors = [
            Actor(
                kind: .walker(waiting),
                way: .walk(
                    WalkPath(
                        start: 10, x: -8, z: 3.1, metresPerSecond: 1.3,
                        [.to(5.4, 3.1), .face(0.9, wait: 12), .face(2.4, wait: 8), .to(9, 2.6), .to(44, 2.4)])))
        ]
        script.actors += crowd.walkers(26, lanes: [1.9, 2.5, 3.7, 4.2], until: 60)
        script.actors += crowd.walkers(20, lanes: [7.4, 8.2, 9.4, 10.3], until: 60)
        script.zones = [
            Zone(id: "front", kind: "frontage", x: 0...20, z: 0.05...1.5), Zone(id: "walk", kind: "pavement", x: 0...20, z: 1.7...5),
            Zone(id: "middle", kind: "no-parking", x: 1...20, z: 6.2...10.9),
        ]
        return script
    }()

    /// Night falls; a pile of cartons is left and a van stops at the kerb.
    static let dusk: SceneScript = {
        let layout = StreetLayout.evening
        var script = SceneScript(
            name: "s7_dusk", title: "四川北路 夜间", place: "四川北路 31 号", seconds: 70, layout: layout,
            daylight: Daylight(sky: 0.34, skyTint: Vector(0.72, 0.92, 1.3)),
            course: LightCourse(exposure: 1.5, cloud: 0, drift: 0.03, shopLight: 0.42, dusk: 2...38, seed: 17),
            cameraName: "CH07 SICHUAN N RD", clockStart: 17 * 3600 + 6 * 60 + 20,
            disturbances: ["dusk", "lamps", "headlights", "passers-by"])
        script.noise = 2.3
        var crowd = Crowd(layout: layout)
        let porter = crowd.player()
        let putDown: Float = 17
        script.placements = [Placement(goods: .boxes(count: 6), x: 4.9, z: 2.7, headingRadians: 0, appears: putDown, leaves: nil, seed: 8)]
        let stop = DrivePath(start: 20, x: 42, z: layout.pavementWidth + 1.3, metresPerSecond: -7, stop: (9.5, 54), end: 70)
        script.actors = [
            Actor(
                kind: .walker(porter),
                way: .walk(
                    WalkPath(
                        start: putDown - 9.65, x: -6, z: 2.7, metresPerSecond: 1, [.to(3.65, 2.7), .wait(0.7), .to(2.8, 1.9), .to(-9, 1.8)])
                ),
                loads: [.init(goods: .boxes(count: 6), from: 0, to: putDown, isPushed: true, seed: 8)]),
            Actor(kind: .vehicle(Vehicle(kind: .van, tint: Vector.grey(0.5), lightsOn: true)), way: .drive(stop)),
        ]
        script.actors += crowd.walkers(22, lanes: [1.2, 1.7, 3.5], until: 64)
        script.actors += crowd.walkers(6, lanes: [12.8], until: 55)
        script.actors += crowd.vehicles(9, from: 0, until: 66, lightsOn: true).filter {
            if case .drive(let path) = $0.way { path.metresPerSecond > 0 } else { false }
        }
        script.zones = zones(of: layout, x: 0...17)
        let stands = stop.standsFrom ?? 0
        script.events = [
            Event(violation: "piled-goods", zone: "pavement", subject: .placements([0]), appears: putDown, still: 18, leaves: nil),
            Event(violation: "stopped-vehicle", zone: "road", subject: .actor(1), appears: stands, still: stands, leaves: 54),
        ]
        return script
    }()

    /// Rain; cartons stand in it for half a minute.
    static let rain: SceneScript = {
        let layout = StreetLayout.rainy
        var script = SceneScript(
            name: "s8_rain", title: "天潼路 沿街", place: "天潼路 9 号", seconds: 66, layout: layout,
            daylight: Daylight(sky: 0.7, skyTint: Vector(0.93, 0.98, 1.05), clearMetres: 190),
            course: LightCourse(exposure: 0.98, cloud: 0, drift: 0.05, shopLight: 0.5, seed: 18), cameraName: "CH08 TIANTONG RD",
            clockStart: 16 * 3600 + 12 * 60 + 38,
            disturbances: ["rain", "reflections", "passers-by"])
        script.noise = 1.5
        script.quality = 29.5
        script.isRaining = true
        var crowd = Crowd(layout: layout, isRaining: true)
        let porter = crowd.player()
        let putDown: Float = 17.2
        script.placements = [
            Placement(goods: .boxes(count: 5), x: 16.4, z: 2.6, headingRadians: 0, appears: putDown, leaves: 51.2, seed: 9)
        ]
        script.actors = [
            Actor(
                kind: .walker(porter),
                way: .walk(
                    WalkPath(
                        start: putDown - 14.75, x: 0.4, z: 2.6, metresPerSecond: 1,
                        [.to(15.15, 2.6), .wait(0.7), .to(14.2, 1.8), .to(-12, 1.7)])),
                loads: [.init(goods: .boxes(count: 5), from: 0, to: putDown, isPushed: true, seed: 9)]),
            Actor(
                kind: .walker(porter),
                way: .walk(
                    WalkPath(
                        start: 35.5, x: 1.2, z: 1.8, metresPerSecond: 1,
                        [.to(14.2, 1.9), .to(15.15, 2.6), .wait(0.9), .pace(0.9), .to(15.4, 2.6), .to(31, 2.6)])),
                loads: [.init(goods: .boxes(count: 5), from: 51.2, to: 80, isPushed: true, seed: 9)]),
        ]
        script.actors += crowd.walkers(22, lanes: [1.2, 1.6, 3.5], until: 60)
        script.actors += crowd.walkers(5, lanes: [12.4], until: 52)
        script.actors += crowd.vehicles(8, from: 0, until: 64, lightsOn: false)
        script.zones = zones(of: layout, x: 5...21)
        script.events = [
            Event(violation: "piled-goods", zone: "pavement", subject: .placements([0]), appears: putDown, still: 18.2, leaves: 51.2)
        ]
        return script
    }()
}
