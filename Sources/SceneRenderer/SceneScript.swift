public import FrameCore

/// A play for one street: where it is set, how the light goes, who passes, what is put down and what counts as an event.
public struct SceneScript: Sendable {
    /// File name without its suffix.
    public let name: String
    /// What the camera is called in lists, and where it hangs.
    public let title: String
    public let place: String
    public var seconds: Double
    /// Frames a second.
    public var frameRate: Int
    /// Both sides are even.
    public var size: PixelSize
    /// For grain and rain; the street, its people and their ways have the layout's own seed.
    public var seed: UInt64

    /// An area on the ground, from low to high x and z in metres.
    struct Zone: Sendable {
        var id: String
        var kind: String
        var x: ClosedRange<Float>
        var z: ClosedRange<Float>
    }

    struct Event: Sendable {
        enum Subject: Sendable {
            /// Indices of placements; their boxes are joined.
            case placements([Int])
            case actor(Int)
        }

        var violation: String
        var zone: String
        var subject: Subject
        var appears: Float
        var still: Float
        var leaves: Float?
    }

    var layout: StreetLayout
    var daylight: Daylight
    var course: LightCourse
    var noise: Float = 1.5
    /// Constant rate factor of the encoder.
    var quality = 27.0
    var cameraName: String
    /// Seconds after midnight at the first frame.
    var clockStart: Int
    var isRaining = false
    var actors: [Actor] = []
    var placements: [Placement] = []
    var zones: [Zone] = []
    var events: [Event] = []
    var disturbances: [String]

    init(
        name: String, title: String, place: String, seconds: Double, layout: StreetLayout, daylight: Daylight, course: LightCourse,
        cameraName: String, clockStart: Int,
        disturbances: [String]
    ) {
        self.name = name
        self.title = title
        self.place = place
        self.seconds = seconds
        frameRate = 25
        size = PixelSize(width: 960, height: 540)
        seed = layout.seed
        self.layout = layout
        self.daylight = daylight
        self.course = course
        self.cameraName = cameraName
        self.clockStart = clockStart
        self.disturbances = disturbances
    }

    public var frameCount: Int { Int((seconds * Double(frameRate)).rounded()) }

    /// A clip without events, in which every finding is a false one.
    public var isQuiet: Bool { events.isEmpty }

    /// The eight sample streams.
    public static let samples: [SceneScript] = [
        goodsOut, stall, rubbish, bicycles, delivery, quietDay, dusk, rain,
    ]

    /// The same street and light with nobody in it and nothing put down: what the events are measured against.
    public var emptied: SceneScript {
        var script = self
        script.actors = []
        script.placements = []
        script.events = []
        return script
    }

    /// Without the people and vehicles; what is put down appears by itself.
    public var withoutActors: SceneScript {
        var script = self
        script.actors = []
        script.events = []
        return script
    }
}
