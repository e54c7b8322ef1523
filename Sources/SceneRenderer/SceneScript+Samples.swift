/// The plays of the sample streams in which something is left: goods, a stall, rubbish, bicycles.
extension SceneScript {
    /// Areas along the shop fronts, the pavement and the road for a stretch of the street.
    static func zones(of layout: StreetLayout, x: ClosedRange<Float>, frontageDepth: Float = 1.45) -> [Zone] {
        [
            Zone(id: "front", kind: "frontage", x: x, z: 0.05...frontageDepth),
            Zone(id: "pavement", kind: "pavement", x: x, z: (frontageDepth + 0.15)...(layout.pavementWidth - 0.2)),
            Zone(id: "road", kind: "carriageway", x: x, z: (layout.pavementWidth + 0.1)...(layout.pavementWidth + layout.roadWidth - 0.1)),
        ]
    }

    /// The door of the open shop that lies nearest to a place along the street.
    static func door(of layout: StreetLayout, near x: Float) -> Float {
        Facade.shops(of: layout).filter { !$0.isShut }.map(\.doorX).min { abs($0 - x) < abs($1 - x) } ?? x
    }

    /// A shopkeeper puts fruit out, then wheels out a clothes rail; the fruit is taken in again.
    static let goodsOut: SceneScript = {
        let layout = StreetLayout.kerbside
        var script = SceneScript(
            name: "s1_goods_out", title: "南路 百货店前", place: "南路 12 号", seconds: 68, layout: layout,
            daylight: Daylight(sunAzimuthDegrees: 58, sunElevationDegrees: 47, sun: 1.5, sky: 0.9),
            course: LightCourse(exposure: 0.56, cloud: 0.5, seed: 11), cameraName: "CH01 NANLU", clockStart: 14 * 3600 + 5 * 60 + 7,
            disturbances: ["cloud", "leaves", "passers-by"])
        script.quality = 29
        let door = SceneScript.door(of: layout, near: 5.6)
        var crowd = Crowd(layout: layout)
        let keeper = crowd.player()
        let cratesX = door + 1.5
        let putDown: Float = 17.2
        script.placements = [
            Placement(goods: .crates(columns: 3), x: cratesX, z: 0.62, appears: putDown, leaves: 54.4, seed: 1),
            Placement(goods: .rail, x: door - 2.15, z: 0.8, headingRadians: .pi, appears: 33.6, leaves: nil, seed: 2),
        ]
        let out: [WalkPath.Leg] = [.to(door, 1.3), .to(cratesX, 1.5), .face(-.pi / 2, wait: 2.2), .to(door, 1.3), .to(door, -0.7)]
        script.actors = [
            Actor(
                kind: .walker(keeper), way: .walk(WalkPath(start: 12.7, x: door, z: -0.7, metresPerSecond: 1.05, out)),
                bows: [.init(at: putDown)], loads: [.init(goods: .crates(columns: 1), from: 12, to: putDown)]),
            Actor(
                kind: .walker(keeper),
                way: .walk(
                    WalkPath(
                        start: 29.2, x: door, z: -0.7, metresPerSecond: 0.8,
                        [.to(door, 0.8), .to(door - 0.9, 0.8), .wait(1.2), .to(door, 1.2), .to(door, -0.7)])),
                loads: [.init(goods: .rail, from: 29, to: 33.6, isPushed: true, seed: 2)]),
            Actor(
                kind: .walker(keeper), way: .walk(WalkPath(start: 50.2, x: door, z: -0.7, metresPerSecond: 1.05, out)),
                bows: [.init(at: 54.4)], loads: [.init(goods: .crates(columns: 1), from: 54.4, to: 66)]),
        ]
        script.actors += crowd.walkers(24, lanes: [2.2, 2.7, 3.1], until: 60)
        script.actors += crowd.walkers(7, lanes: [12.8, 13.4], until: 55)
        script.actors += crowd.vehicles(7, from: 0, until: 66)
        script.actors += crowd.riders(6, from: 2, until: 62)
        script.zones = zones(of: layout, x: 0...17)
        script.events = [
            Event(
                violation: "storefront-encroachment", zone: "front", subject: .placements([0]), appears: putDown, still: 18.8, leaves: 54.4),
            Event(violation: "storefront-encroachment", zone: "front", subject: .placements([1]), appears: 33.6, still: 35, leaves: nil),
        ]
        return script
    }()

    /// A vendor wheels a cart in, opens an umbrella and stands beside it.
    static let stall: SceneScript = {
        let layout = StreetLayout.opposite
        var script = SceneScript(
            name: "s2_stall", title: "襄阳路 人行道", place: "襄阳路 88 号", seconds: 64, layout: layout, daylight: Daylight(sky: 1.0),
            course: LightCourse(exposure: 0.82, cloud: 0, drift: 0.05, seed: 12),
            cameraName: "CH02 XIANGYANG", clockStart: 9 * 3600 + 41 * 60 + 30, disturbances: ["drift", "passers-by"])
        var crowd = Crowd(layout: layout)
        let vendor = crowd.player()
        let tint = Vector(0.5, 0.07, 0.06)
        let stop: Float = 16.4
        script.placements = [
            Placement(goods: .stall(tint: tint, isOpen: false), x: 6.85, z: 2.75, appears: stop, leaves: 18.8, seed: 3),
            Placement(goods: .stall(tint: tint, isOpen: true), x: 6.85, z: 2.75, appears: 18.8, leaves: nil, seed: 3),
        ]
        script.actors = [
            Actor(
                kind: .walker(vendor),
                way: .walk(
                    WalkPath(
                        start: stop - 13, x: -7.4, z: 2.75, metresPerSecond: 1,
                        [.to(5.6, 2.75), .wait(0.4), .to(6.3, 2.05), .face(.pi / 2, wait: 2.6), .to(7.3, 2.0), .face(.pi / 2, wait: 60)])),
                loads: [.init(goods: .stall(tint: tint, isOpen: false), from: 0, to: stop, isPushed: true, seed: 3)])
        ]
        script.actors += crowd.walkers(22, lanes: [0.9, 1.25, 3.55], until: 58)
        script.actors += crowd.vehicles(7, from: 1, until: 62)
        script.actors += crowd.riders(6, from: 4, until: 60)
        script.zones = zones(of: layout, x: -1.5...14, frontageDepth: 1.3)
        script.events = [
            Event(violation: "roadside-vending", zone: "pavement", subject: .placements([1]), appears: stop, still: 17.4, leaves: nil)
        ]
        return script
    }()

    /// Someone drops bags beside the bins and walks off; a cleaner takes them away.
    static let rubbish: SceneScript = {
        let layout = StreetLayout.lane
        var script = SceneScript(
            name: "s3_rubbish", title: "315 弄 垃圾桶旁", place: "315 弄口", seconds: 66, layout: layout,
            daylight: Daylight(sunAzimuthDegrees: 128, sunElevationDegrees: 39, sun: 1.4, sunTint: Vector(1, 0.88, 0.7), sky: 0.85),
            course: LightCourse(exposure: 0.6, cloud: 0.35, seed: 13), cameraName: "CH03 LANE 315", clockStart: 15 * 3600 + 32 * 60 + 11,
            disturbances: ["cloud", "passers-by"])
        var crowd = Crowd(layout: layout)
        let dropper = crowd.player()
        var cleaner = crowd.player()
        cleaner.coat = Vector(0.7, 0.24, 0.03)
        let putDown: Float = 16.9
        script.placements = [Placement(goods: .bags(count: 4), x: 22.1, z: 2.95, appears: putDown, leaves: 52.2, seed: 4)]
        script.actors = [
            Actor(
                kind: .walker(dropper),
                way: .walk(
                    WalkPath(
                        start: 0.6, x: 3, z: 2.2, metresPerSecond: 1.2,
                        [.to(20.6, 2.2), .to(21.4, 2.8), .wait(1.4), .to(23.5, 2.0), .to(35, 1.7)])),
                bows: [.init(at: putDown)], loads: [.init(goods: .bags(count: 2), from: 0, to: putDown)]),
            Actor(
                kind: .walker(cleaner),
                way: .walk(
                    WalkPath(
                        start: 41.3, x: 34, z: 1.8, metresPerSecond: 1.15,
                        [.to(24, 2.2), .to(22.9, 2.85), .wait(2.4), .to(24, 2), .to(35, 1.8)])),
                bows: [.init(at: 52.2, seconds: 2)], loads: [.init(goods: .bags(count: 2), from: 52.2, to: 66)]),
        ]
        script.actors += crowd.walkers(20, lanes: [1.0, 1.5, 1.85], until: 60)
        script.actors += crowd.walkers(6, lanes: [10.6, 11.4], until: 55)
        script.actors += crowd.vehicles(5, from: 2, until: 64)
        script.actors += crowd.riders(9, from: 0, until: 62)
        script.zones = [
            Zone(id: "front", kind: "frontage", x: 9...26, z: 0.05...1.2), Zone(id: "bins", kind: "bin", x: 19.4...24, z: 2.2...3.6),
            Zone(id: "pavement", kind: "pavement", x: 9...19.2, z: 1.4...3.6),
            Zone(id: "road", kind: "carriageway", x: 9...25, z: 3.9...9.3),
        ]
        script.events = [
            Event(violation: "exposed-rubbish", zone: "bins", subject: .placements([0]), appears: putDown, still: 18.4, leaves: 52.2)
        ]
        return script
    }()

    /// Three riders leave their shared bicycles in the middle of the pavement.
    static let bicycles: SceneScript = {
        let layout = StreetLayout.avenue
        var script = SceneScript(
            name: "s4_bicycles", title: "衡山路 禁停区", place: "衡山路 5 号", seconds: 64, layout: layout,
            daylight: Daylight(sunAzimuthDegrees: 76, sunElevationDegrees: 52, sun: 1.6, sky: 0.9),
            course: LightCourse(exposure: 0.56, cloud: 0.4, seed: 14), cameraName: "CH04 HENGSHAN RD", clockStart: 11 * 3600 + 18 * 60 + 44,
            disturbances: ["leaves", "cloud", "passers-by"])
        script.quality = 29
        var crowd = Crowd(layout: layout)
        let tint = Vector(0.03, 0.3, 0.5)
        for number in 0..<3 {
            let rider = crowd.player()
            let arrives: Float = 15 + Float(number) * 0.35
            let x = 7.4 - Float(number) * 0.12
            let z = 3.1 + Float(number) * 0.62
            let way: Float = 27
            script.actors.append(
                Actor(
                    kind: .cyclist(tint: tint, rider: rider),
                    way: .walk(WalkPath(start: arrives - way / 3.2, x: x + way, z: z, metresPerSecond: 3.2, [.to(x, z)]))))
            script.actors.append(
                Actor(
                    kind: .walker(rider),
                    way: .walk(
                        WalkPath(
                            start: arrives, x: x - 0.1, z: z + 0.36, metresPerSecond: 1.3,
                            [.face(.pi, wait: 0.7), .to(x - 1.2, z + 0.3), .to(-9, 2.4 + Float(number) * 0.5)]))))
            script.placements.append(
                Placement(
                    goods: .bicycles(count: 1, tint: tint), x: x, z: z, headingRadians: .pi / 2, appears: arrives, leaves: nil,
                    seed: 20 + UInt64(number)))
        }
        script.actors += crowd.walkers(26, lanes: [1.9, 2.4], until: 58)
        script.actors += crowd.walkers(6, lanes: [15.2, 15.9], until: 52)
        script.actors += crowd.vehicles(8, from: 0, until: 62)
        script.actors += crowd.riders(6, from: 3, until: 60)
        script.zones = [
            Zone(id: "front", kind: "frontage", x: 0.5...18, z: 0.05...1.5),
            Zone(id: "keep-clear", kind: "no-parking", x: 2...16, z: 2.8...6.1),
            Zone(id: "road", kind: "carriageway", x: 1...18, z: 6.5...13.7),
        ]
        script.events = [
            Event(violation: "parked-bikes", zone: "keep-clear", subject: .placements([0, 1, 2]), appears: 15, still: 17.2, leaves: nil)
        ]
        return script
    }()
}
