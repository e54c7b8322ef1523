/// The measures and looks of one street: what stands where, and where the camera hangs.
struct StreetLayout: Sendable {
    enum PavingPattern: Sendable { case slabs, squares, bricks }
    enum WallStyle: Sendable { case tile, plaster, brick }

    var seed: UInt64
    var cameraPosition: Vector
    var cameraTarget: Vector
    var fieldOfViewDegrees: Float = 46
    var barrel: Float = -0.035

    /// From the shop fronts (z = 0) to the kerb, metres.
    var pavementWidth: Float = 4.6
    var roadWidth: Float = 7
    var farPavementWidth: Float = 3.5
    /// How far below the pavement the carriageway lies, metres; 0 for a street without a kerb.
    var kerbHeight: Float = 0.13
    /// Paved like the pavement, without lane markings: a street for walking.
    var isPedestrian = false

    var paving = PavingPattern.slabs
    var pavingTint = Vector(0.29, 0.275, 0.25)
    var pavingSecondTint = Vector(0.25, 0.235, 0.22)
    var hasTactileStrip = true
    var asphaltTint = Vector(0.115, 0.115, 0.12)
    var wallStyles: [WallStyle] = [.tile, .plaster, .brick]
    var wallTints: [Vector] = [Vector(0.62, 0.58, 0.5), Vector(0.5, 0.46, 0.42), Vector(0.68, 0.66, 0.62)]
    var signTints: [Vector] = [
        Vector(0.5, 0.03, 0.03), Vector(0.02, 0.12, 0.4), Vector(0.03, 0.25, 0.1), Vector(0.75, 0.72, 0.65), Vector(0.05, 0.05, 0.06),
    ]

    /// The street's ends along x, metres.
    var start: Float = -14
    var end: Float = 70
    /// The first shop begins here, so that a script can say which shop a frontage belongs to.
    var shopWidth: ClosedRange<Float> = 3.6...5.6
    var shutterShare: Float = 0.15
    /// Along x; the trees stand near the kerb.
    var trees: [Float] = []
    var treeCrownBase: Float = 3.2
    var treeLeafTint = Vector(0.13, 0.17, 0.035)
    var lampPosts: [Float] = []
    var bollards: [Float] = []
    var bins: [Vector] = []
    var planters: [Vector] = []
    /// Along x, and how many stand there.
    var scooterBays: [(x: Float, count: Int)] = []
    /// Cars that stand at the far kerb all day, along x.
    var parkedCars: [Float] = []
    var zebra: ClosedRange<Float>?
    var manholes: [Vector] = []
    var isWet = false

    /// Height of the ground at a distance from the shop fronts.
    func ground(atZ z: Float) -> Float {
        z > pavementWidth && z < pavementWidth + roadWidth ? -kerbHeight : 0
    }
}
