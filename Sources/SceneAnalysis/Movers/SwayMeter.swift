internal import FrameCore

/// How much the upper, middle and lower parts of a region shift sideways against each other: nobody stands like a box.
///
/// Each sample, every band's sub-pixel shift against a kept crop is found by least squares over gain, offset and
/// horizontal gradient (Lucas and Kanade, IJCAI 1981, in one dimension). Differences between bands cancel what the
/// camera does; their spread over the last samples is the sway.
struct SwayMeter: Codable {
    /// What a band tells of one picture.
    private enum Shift: Equatable {
        case by(Double)
        /// It has no upright edges to hold on to.
        case flat
        /// It is covered, or does not look as before.
        case unlike
    }

    private static let bands = 3
    private static let fewest = 5
    /// Larger crops are thinned to about this many rows and columns.
    private static let mostRows = 96
    private static let mostColumns = 64
    /// What explains less of a band than this was covered.
    private static let leastCorrelation = 0.7
    /// Shifts beyond this are no sway but another picture.
    private static let farthest = 3.0
    /// Mean squared gradient (levels²) under which a band has nothing to hold on to.
    private static let leastGradient = 9.0

    /// A region whose box overlaps its old one less than this is looked at anew.
    private static let sameBox = 0.7

    private var box = PixelRect(x: 0, y: 0, width: 0, height: 0)
    private var crop: [UInt8] = []
    private var rowStep = 1
    private var columns = 0
    private var rows = 0
    private var upperAgainstLower = RecentValues()
    private var middleAgainstLower = RecentValues()
    private var missed = 0

    /// Samples in a row in which a band had no upright edges to hold on to.
    private var flat = 0

    /// 15–85 % spread of the bands' differences, pixels of the analysis frame; what has not been watched for long enough may
    /// still be a person and has `unwatched`; what cannot be measured has 0.
    private(set) var sway = unwatched
    /// What was measured against the crop before this one: it holds until as much is known again.
    private var earlier = 0.0
    static let unwatched = 9.0

    /// Takes the room that the largest crop needs.
    mutating func reserve() { crop.reserveCapacity(2 * Self.mostRows * (Self.mostColumns + 2)) }

    /// Begins anew, for another region, with the storage that it has.
    mutating func reset() {
        crop.removeAll(keepingCapacity: true)
        missed = 0
        flat = 0
        sway = Self.unwatched
        earlier = 0
    }

    /// - Parameters:
    ///   - luma: the analysis frame; `shift` is how far the camera's picture has moved in it.
    ///   - box: the region in pixels of the frame.
    mutating func add(_ luma: Plane, shift: (x: Int, y: Int), box: PixelRect) {
        let reach = 2 + max(abs(shift.x), abs(shift.y))
        let inner = box.intersection(
            PixelRect(x: reach, y: reach, width: luma.width - 2 * reach, height: luma.size.height - 2 * reach))
        guard inner.width >= 4, inner.height >= 9 else {
            sway = 0
            return
        }
        guard !crop.isEmpty, missed < 4, self.box.overlap(inner) >= Self.sameBox else {
            self.box = inner
            keep(luma, moved(shift))
            return
        }
        let moved = moved(shift)
        let upper = bandShift(0, luma, moved)
        let middle = bandShift(1, luma, moved)
        let lower = bandShift(2, luma, moved)
        guard case .by(let high) = upper, case .by(let centre) = middle, case .by(let low) = lower else {
            let isFlat = upper == .flat || middle == .flat || lower == .flat
            flat = isFlat ? flat + 1 : 0
            if flat >= Self.fewest && upperAgainstLower.count == 0 { sway = 0 }
            if !isFlat { missed += 1 }
            return
        }
        missed = 0
        upperAgainstLower.add(high - low)
        middleAgainstLower.add(centre - low)
        guard upperAgainstLower.count >= Self.fewest else { return }
        let present = max(Self.spread(upperAgainstLower), Self.spread(middleAgainstLower))
        sway = upperAgainstLower.isFull ? present : max(earlier, present)
    }

    private static func spread(_ values: RecentValues) -> Double { values.quantile(0.85) - values.quantile(0.15) }

    /// Where the kept box lies in a picture that the camera has moved by `shift`.
    private func moved(_ shift: (x: Int, y: Int)) -> PixelRect {
        PixelRect(x: box.x + shift.x, y: box.y + shift.y, width: box.width, height: box.height)
    }

    private mutating func keep(_ luma: Plane, _ moved: PixelRect) {
        rowStep = max(1, box.height / Self.mostRows)
        rows = box.height / rowStep
        columns = min(box.width, Self.mostColumns)
        missed = 0
        if sway != Self.unwatched { earlier = sway }
        upperAgainstLower.removeAll()
        middleAgainstLower.removeAll()
        crop.removeAll(keepingCapacity: true)
        let left = moved.x + (box.width - columns) / 2
        for row in 0..<rows {
            let start = (moved.y + row * rowStep) * luma.width + left
            for x in -1...columns { crop.append(luma.bytes[start + x]) }
        }
    }

    /// Shift of one third of the crop's height in `luma`, pixels.
    private func bandShift(_ band: Int, _ luma: Plane, _ moved: PixelRect) -> Shift {
        let first = band * rows / Self.bands
        let last = (band + 1) * rows / Self.bands
        let left = moved.x + (box.width - columns) / 2
        var shift = 0.0
        // Two rounds: the gradient is right for small shifts only.
        for _ in 0..<2 {
            let whole = Int(shift.rounded())
            guard left + whole >= 1, left + whole + columns <= luma.width - 1 else { return .unlike }
            let found = residual(first..<last, luma, moved.y, left + whole)
            guard case .by(let rest) = found else { return found }
            shift = Double(whole) + rest
            if abs(shift) > Self.farthest { return .unlike }
        }
        return .by(shift)
    }

    private func residual(_ range: Range<Int>, _ luma: Plane, _ top: Int, _ left: Int) -> Shift {
        // Normal equations of I = a·T + b + d·T' over the band.
        var n = 0.0, t = 0.0, g = 0.0, i = 0.0, tt = 0.0, tg = 0.0, gg = 0.0, it = 0.0, ig = 0.0, ii = 0.0
        let stride = columns + 2
        for row in range {
            let start = (top + row * rowStep) * luma.width + left
            let kept = row * stride + 1
            for x in 0..<columns {
                let template = Double(crop[kept + x])
                let gradient = (Double(crop[kept + x - 1]) - Double(crop[kept + x + 1])) / 2
                let seen = Double(luma.bytes[start + x])
                n += 1
                t += template
                g += gradient
                i += seen
                tt += template * template
                tg += template * gradient
                gg += gradient * gradient
                it += seen * template
                ig += seen * gradient
                ii += seen * seen
            }
        }
        guard n > 0, gg / n >= Self.leastGradient else { return .flat }
        let ctt = tt - t * t / n
        let ctg = tg - t * g / n
        let cgg = gg - g * g / n
        let cit = it - i * t / n
        let cig = ig - i * g / n
        let cii = ii - i * i / n
        let determinant = ctt * cgg - ctg * ctg
        guard determinant > 1e-6 * ctt * cgg, ctt > 0, cii > 0 else { return .unlike }
        let a = (cit * cgg - cig * ctg) / determinant
        let d = (cig * ctt - cit * ctg) / determinant
        let explained = (a * cit + d * cig) / cii
        guard explained >= Self.leastCorrelation * Self.leastCorrelation, a > 0.3 else { return .unlike }
        return .by(d / a)
    }
}
