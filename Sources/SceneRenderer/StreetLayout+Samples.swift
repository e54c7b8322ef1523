/// The eight streets of the sample streams; each is a place of its own with its own camera.
extension StreetLayout {
    /// Along the kerb, shop fronts on the left.
    static let kerbside: StreetLayout = {
        var layout = StreetLayout(seed: 101, cameraPosition: Vector(-6.5, 4.7, 7.4), cameraTarget: Vector(6.5, 0.5, 2.6))
        layout.trees = [10.5, 18.5, 26.5, 34.5]
        layout.treeCrownBase = 3.6
        layout.lampPosts = [14.5, 32]
        layout.bollards = [1.4, 3, 4.6, 6.2, 7.8]
        layout.planters = [Vector(12.6, 0, 0.15)]
        layout.scooterBays = [(21, 4)]
        layout.manholes = [Vector(5, 0, 7.2)]
        layout.shutterShare = 0.1
        layout.parkedCars = [12, 17.6, 28.5]
        return layout
    }()

    /// From the other side of the carriageway, straight at the shops.
    static let opposite: StreetLayout = {
        var layout = StreetLayout(seed: 222, cameraPosition: Vector(1, 5, 14.5), cameraTarget: Vector(6.5, 0.5, 2.2))
        layout.fieldOfViewDegrees = 44
        layout.pavementWidth = 4.2
        layout.roadWidth = 6.5
        layout.farPavementWidth = 7
        layout.paving = .squares
        layout.pavingTint = Vector(0.34, 0.32, 0.31)
        layout.pavingSecondTint = Vector(0.27, 0.2, 0.18)
        layout.wallStyles = [.plaster, .tile]
        layout.trees = [-5, 14.5, 23]
        layout.bins = [Vector(10.6, 0, 3.3)]
        layout.lampPosts = [12.6, 30]
        layout.scooterBays = [(-1.5, 3)]
        layout.manholes = [Vector(3, 0, 6.4), Vector(9, 0, 8.9)]
        return layout
    }()

    /// Shop fronts on the right, a narrower street of older houses, low sun.
    static let lane: StreetLayout = {
        var layout = StreetLayout(seed: 315, cameraPosition: Vector(30, 4.5, 8.2), cameraTarget: Vector(18, 0.35, 2.3))
        layout.start = -35
        layout.end = 48
        layout.pavementWidth = 3.8
        layout.roadWidth = 5.6
        layout.paving = .bricks
        layout.pavingTint = Vector(0.33, 0.2, 0.16)
        layout.pavingSecondTint = Vector(0.3, 0.26, 0.23)
        layout.hasTactileStrip = false
        layout.wallStyles = [.brick, .plaster]
        layout.bins = [Vector(20.2, 0, 2.7)]
        layout.bollards = [25.2, 23.6, 22]
        layout.lampPosts = [15.2]
        layout.scooterBays = [(8, 5)]
        layout.trees = [3, -6]
        layout.manholes = [Vector(21, 0, 6)]
        return layout
    }()

    /// A wide pavement below plane trees, with a crossing.
    static let avenue: StreetLayout = {
        var layout = StreetLayout(seed: 428, cameraPosition: Vector(-5.5, 5, 9.2), cameraTarget: Vector(6.2, 0.4, 3.4))
        layout.fieldOfViewDegrees = 50
        layout.pavementWidth = 6.4
        layout.roadWidth = 7.4
        layout.paving = .slabs
        layout.pavingTint = Vector(0.31, 0.3, 0.285)
        layout.pavingSecondTint = Vector(0.27, 0.26, 0.25)
        layout.wallTints = [Vector(0.7, 0.67, 0.6), Vector(0.55, 0.53, 0.5), Vector(0.42, 0.4, 0.4)]
        layout.trees = [6.2, 13.4, 20.6, 27.8]
        layout.treeCrownBase = 4.1
        layout.lampPosts = [10, 24]
        layout.zebra = 15.5...19
        layout.manholes = [Vector(4, 0, 9.2)]
        layout.bollards = [14.4, 15.8, 17.2, 18.6, 20]
        layout.parkedCars = [9.5, 22.5]
        return layout
    }()

    /// A delivery street: grey slabs, close view, shop fronts on the right.
    static let deliveries: StreetLayout = {
        var layout = StreetLayout(seed: 533, cameraPosition: Vector(22, 4.6, 9.4), cameraTarget: Vector(13, 0.3, 2.9))
        layout.fieldOfViewDegrees = 48
        layout.start = -35
        layout.end = 40
        layout.pavementWidth = 4.8
        layout.paving = .squares
        layout.pavingTint = Vector(0.37, 0.36, 0.35)
        layout.pavingSecondTint = Vector(0.33, 0.32, 0.31)
        layout.wallStyles = [.tile]
        layout.lampPosts = [8]
        layout.trees = [3.5, -4]
        layout.planters = [Vector(9.8, 0, 3.7)]
        layout.manholes = [Vector(14, 0, 7.4)]
        layout.shutterShare = 0.3
        layout.parkedCars = [7, -4, -10.5]
        return layout
    }()

    /// A street for walking, without a kerb.
    static let promenade: StreetLayout = {
        var layout = StreetLayout(seed: 641, cameraPosition: Vector(-3, 5.2, 11.5), cameraTarget: Vector(6.5, 0.4, 3.6))
        layout.fieldOfViewDegrees = 48
        layout.pavementWidth = 5.2
        layout.roadWidth = 6
        layout.kerbHeight = 0
        layout.isPedestrian = true
        layout.hasTactileStrip = false
        layout.pavingTint = Vector(0.33, 0.305, 0.27)
        layout.pavingSecondTint = Vector(0.3, 0.27, 0.25)
        layout.trees = [-1.5, 8.4, 16, 23.6, 31]
        layout.treeCrownBase = 3.9
        layout.lampPosts = [12.2, 27.4]
        layout.planters = [Vector(3.4, 0, 5.4), Vector(18.2, 0, 5.4)]
        layout.bins = [Vector(11, 0, 5.2)]
        return layout
    }()

    /// A corner shop street at nightfall.
    static let evening: StreetLayout = {
        var layout = StreetLayout(seed: 757, cameraPosition: Vector(-7, 4.8, 8.6), cameraTarget: Vector(5.5, 0.3, 3.4))
        layout.pavementWidth = 4.4
        layout.roadWidth = 7.2
        layout.wallTints = [Vector(0.5, 0.47, 0.43), Vector(0.58, 0.52, 0.45)]
        layout.lampPosts = [3.6, 17, 31]
        layout.trees = [10.3, 24, 34]
        layout.treeCrownBase = 3.9
        layout.bollards = [12, 13.6, 15.2]
        layout.scooterBays = [(19.5, 4)]
        layout.manholes = [Vector(3.6, 0, 6.8)]
        layout.shutterShare = 0.08
        layout.parkedCars = [13.5, 20, 31]
        return layout
    }()

    /// A rainy street, shop fronts on the right.
    static let rainy: StreetLayout = {
        var layout = StreetLayout(seed: 862, cameraPosition: Vector(26, 4.8, 9), cameraTarget: Vector(15.5, 0.3, 3))
        layout.fieldOfViewDegrees = 47
        layout.start = -40
        layout.end = 44
        layout.pavementWidth = 4.6
        layout.roadWidth = 6.8
        layout.paving = .slabs
        layout.pavingTint = Vector(0.33, 0.33, 0.33)
        layout.pavingSecondTint = Vector(0.28, 0.28, 0.29)
        layout.isWet = true
        layout.lampPosts = [12, -6]
        layout.trees = [6.8, -1.5, -9]
        layout.bollards = [20.4, 18.8, 17.2]
        layout.bins = [Vector(10.2, 0, 3.6)]
        layout.manholes = [Vector(16.5, 0, 7.6)]
        layout.zebra = -2...1.4
        layout.parkedCars = [9.5, 3.5, -12]
        return layout
    }()
}
