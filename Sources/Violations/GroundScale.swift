public import FrameCore

/// A length drawn on the view: something upright (a person, a door) or lying across the view, and how long it really is.
public struct ReferenceLength: Codable, Sendable, Hashable {
    public var from: UnitPoint
    public var to: UnitPoint
    /// 0.1…50 m.
    public var metres: Double

    public init(from: UnitPoint, to: UnitPoint, metres: Double) {
        self.from = from
        self.to = to
        self.metres = metres
    }
}

/// What is assumed of a view until lengths are drawn on it, from `Models/street.yaml`.
public struct GroundSettings: Codable, Sendable, Hashable {
    /// Row of the horizon in parts of the view's height; below 0 it lies above the picture.
    public var horizon: Double
    /// Metres that the view's height spans for things that stand at its middle row.
    public var metresAtMiddle: Double
    /// Focal length in parts of the view's height: how much longer the ground is towards the camera than it looks.
    public var focalLength: Double
    /// Factor that areas are uncertain by with no, one and two lengths drawn.
    public var assumedFactor: Double
    public var oneLengthFactor: Double
    public var twoLengthsFactor: Double

    private enum CodingKeys: String, CodingKey {
        case horizon
        case metresAtMiddle = "metres_at_middle"
        case focalLength = "focal_length"
        case assumedFactor = "assumed_factor"
        case oneLengthFactor = "one_length_factor"
        case twoLengthsFactor = "two_lengths_factor"
    }
}

/// How large a metre looks in each row of a view.
///
/// On flat ground, seen by a camera that does not roll, the distance along the optical axis of what stands in a row is
/// inverse to the row's distance from the horizon, and so is a pixel's size in metres (Hoiem, Efros and Hebert, "Putting
/// objects in perspective", 2006). Rows are parts of the view's height; lengths are measured in view heights.
public struct GroundScale: Sendable, Hashable {
    public enum Flaw: Error, Hashable, Sendable, CustomStringConvertible {
        case tooMany(Int)
        case badLength(index: Int, Double)
        case tooShort(index: Int)
        case sameDepth
        case growsUpwards
        case aboveHorizon(index: Int)

        public var description: String {
            switch self {
            case .tooMany(let count): "at most 2 reference lengths can be used; \(count) are drawn"
            case .badLength(let index, let metres): "reference \(index + 1) is \(metres) m: it must be from 0.1 to 50 m"
            case .tooShort(let index):
                "reference \(index + 1) is too short to measure by: its ends must be at least a hundredth of the picture apart"
            case .sameDepth:
                "both references stand at the same depth: put one near and one far, at least a twentieth of the picture's height apart"
            case .growsUpwards:
                "the nearer reference must look longer for each metre than the farther one; else the horizon would lie inside the ground"
            case .aboveHorizon(let index):
                "reference \(index + 1) stands above the horizon that is assumed; draw a second one nearer to the camera"
            }
        }
    }

    /// Row of the horizon.
    public let horizon: Double
    /// Metres per view height, times rows below the horizon; about the camera's height above the ground.
    public let rise: Double
    /// Factor that areas are uncertain by.
    public let areaFactor: Double
    /// Whether lengths were drawn, so that sizes may decide whether something is reported at all.
    public let isDrawn: Bool

    /// The ends of a reference closer than this in view heights cannot be clicked well enough.
    private static let shortestReference = 0.01
    private static let leastDepthStep = 0.05

    /// - Parameter aspect: width of the view by its height.
    public init(_ references: [ReferenceLength], aspect: Double, assumed: GroundSettings) throws(Flaw) {
        let marks = try Self.marks(references, aspect: aspect)
        isDrawn = !marks.isEmpty
        if let drawn = try Self.ground(through: marks) {
            horizon = drawn.horizon
            rise = drawn.rise
            areaFactor = assumed.twoLengthsFactor
        } else if let mark = marks.first {
            guard mark.row - assumed.horizon >= Self.leastDepthStep else { throw .aboveHorizon(index: 0) }
            horizon = assumed.horizon
            rise = (mark.row - assumed.horizon) / mark.heightsPerMetre
            areaFactor = assumed.oneLengthFactor
        } else {
            horizon = assumed.horizon
            rise = assumed.metresAtMiddle * (0.5 - assumed.horizon)
            areaFactor = assumed.assumedFactor
        }
    }

    /// Checks lengths as they are drawn.
    /// - Returns: the row of the horizon that two of them give; nil for fewer.
    public static func horizon(of references: [ReferenceLength], aspect: Double) throws(Flaw) -> Double? {
        try ground(through: marks(references, aspect: aspect))?.horizon
    }

    private static func marks(
        _ references: [ReferenceLength], aspect: Double
    ) throws(Flaw) -> [(row: Double, heightsPerMetre: Double)] {
        guard references.count <= 2 else { throw .tooMany(references.count) }
        var marks: [(row: Double, heightsPerMetre: Double)] = []
        for (index, reference) in references.enumerated() {
            guard (0.1...50).contains(reference.metres) else { throw .badLength(index: index, reference.metres) }
            let across = (reference.to.x - reference.from.x) * aspect
            let upright = reference.to.y - reference.from.y
            let length = (across * across + upright * upright).squareRoot()
            guard length >= shortestReference else { throw .tooShort(index: index) }
            // What stands is as far away as its foot; what lies across, as its middle.
            let row =
                abs(upright) >= abs(across)
                ? max(reference.from.y, reference.to.y) : (reference.from.y + reference.to.y) / 2
            marks.append((row, length / reference.metres))
        }
        return marks
    }

    private static func ground(
        through marks: [(row: Double, heightsPerMetre: Double)]
    ) throws(Flaw) -> (horizon: Double, rise: Double)? {
        guard marks.count == 2 else { return nil }
        let step = marks[1].row - marks[0].row
        guard abs(step) >= leastDepthStep else { throw .sameDepth }
        let growth = (marks[1].heightsPerMetre - marks[0].heightsPerMetre) / step
        guard growth > 0 else { throw .growsUpwards }
        return (marks[0].row - marks[0].heightsPerMetre / growth, 1 / growth)
    }

    /// Metres that one view height spans for what stands in `row`; nil on and above the horizon, where there is no ground.
    public func metresPerHeight(atRow row: Double) -> Double? {
        row - horizon > 1e-3 ? rise / (row - horizon) : nil
    }
}
