internal import FrameCore
internal import FrameKernels

/// How far a shaken camera's picture has moved, by the projections of its gradients.
///
/// Columns' and rows' sums of gradient size are matched with the plate's (Ratakonda, "Real-time digital video
/// stabilization", ISCAS 1998, uses projections the same way); a shift counts only if it brings the picture nearer to the
/// plate, as an unchecked one invents objects.
struct ViewShift: Codable {
    /// Farthest shift that still is shaking, in pixels of the analysis frame.
    static let reach = 8
    /// Every third row tells where the columns are as well as all rows do.
    private static let rowStep = 3
    /// Rows between those that confirm a shift.
    private static let confirmingRowStep = 4
    /// Part of the difference that must be left at most after a shift that counts.
    private static let remainingPart = 0.95

    let size: PixelSize
    private let columnRowStep: Int
    private var referenceColumns: [UInt16]
    private var referenceRows: [UInt16]
    private var columns: [UInt16]
    private var rows: [UInt16]
    private var reference: [UInt8]
    /// The picture that later ones are brought back to.
    var referenceLuma: [UInt8] { reference }

    init(size: PixelSize) {
        self.size = size
        columnRowStep = max(Self.rowStep, (size.height + Profile.mostRows - 1) / Profile.mostRows)
        columns = [UInt16](repeating: 0, count: size.width)
        rows = [UInt16](repeating: 0, count: size.height)
        referenceColumns = columns
        referenceRows = rows
        reference = [UInt8](repeating: 0, count: size.area)
    }

    /// Takes this picture as the place to which later ones are brought back.
    mutating func setReference(_ luma: Plane) {
        Profile.columns(luma.bytes, size: size, rowStep: columnRowStep, into: &referenceColumns)
        Profile.rows(luma.bytes, size: size, into: &referenceRows)
        Copy.plane(luma.bytes, into: &reference)
    }

    /// The shift (x, y) in pixels at which `luma` shows what the reference shows at (0, 0).
    mutating func measure(_ luma: Plane) -> (x: Int, y: Int) {
        Profile.columns(luma.bytes, size: size, rowStep: columnRowStep, into: &columns)
        Profile.rows(luma.bytes, size: size, into: &rows)
        let x = Self.bestShift(columns, referenceColumns)
        let y = Self.bestShift(rows, referenceRows)
        if x == 0 && y == 0 { return (0, 0) }
        let moved = Double(difference(luma, x, y))
        return moved < Double(difference(luma, 0, 0)) * Self.remainingPart ? (x, y) : (0, 0)
    }

    private static func bestShift(_ profile: [UInt16], _ reference: [UInt16]) -> Int {
        var best = 0
        var leastMismatch = Profile.mismatch(profile, reference, shift: 0, reach: reach)
        // From the smallest shift outwards, so that equal mismatches go to the smaller one.
        for distance in 1...reach {
            for shift in stride(from: -distance, through: distance, by: 2 * distance) {
                let mismatch = Profile.mismatch(profile, reference, shift: shift, reach: reach)
                if mismatch < leastMismatch {
                    leastMismatch = mismatch
                    best = shift
                }
            }
        }
        return best
    }

    private func difference(_ luma: Plane, _ shiftX: Int, _ shiftY: Int) -> Int {
        Deviation.sum(
            luma.bytes, shiftX: shiftX, shiftY: shiftY, from: reference, size: size, margin: Self.reach, rowStep: Self.confirmingRowStep)
    }
}
