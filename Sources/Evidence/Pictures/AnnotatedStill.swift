public import FrameCore

/// Draws an annotation on a copy of a frame: the zone in yellow, the box in red, each line with a dark edge so that it
/// shows on light and dark ground.
///
/// The frame itself stays untouched; the copy is a derived file, never the only one.
public enum AnnotatedStill {
    /// A drawn copy of the frame, at its size and in its range.
    ///
    /// Lines are as thick as the picture is large: 5 pixels at 640×360, 7 at 1920×1080, edges included.
    public static func draw(_ annotation: Annotation, on frame: Frame) -> Frame {
        let size = frame.size
        guard size.width > 0, size.height > 0 else { return frame }
        let shorterSide = min(size.width, size.height)
        let core = max(0, (shorterSide + 240) / 540)
        let edge = core + max(1, shorterSide / 720)
        var strokes: [Stroke] = []
        if let zone = annotation.zone {
            strokes.append(
                Stroke(
                    points: zone.vertices.map { point in
                        PixelPoint(
                            x: Int((point.x * Double(size.width - 1)).rounded()),
                            y: Int((point.y * Double(size.height - 1)).rounded()))
                    }, ink: .zone))
        }
        if let box = annotation.box?.inset(by: 0, within: size), !box.isEmpty {
            strokes.append(
                Stroke(
                    points: [
                        PixelPoint(x: box.x, y: box.y), PixelPoint(x: box.maxX - 1, y: box.y),
                        PixelPoint(x: box.maxX - 1, y: box.maxY - 1), PixelPoint(x: box.x, y: box.maxY - 1),
                    ], ink: .box))
        }
        var canvas = Canvas(size: size)
        for stroke in strokes {
            canvas.drawOutline(stroke.points, radius: edge, ink: .edge)
            canvas.drawOutline(stroke.points, radius: core, ink: stroke.ink)
        }
        var copy = frame
        paint(canvas, on: &copy)
        return copy
    }

    private struct Stroke {
        var points: [PixelPoint]
        var ink: Ink
    }

    private struct PixelPoint {
        var x: Int
        var y: Int
    }

    private enum Ink: UInt8 {
        case none, edge, zone, box

        /// Full-range Y, Cb, Cr (BT.601) of near-black, #FFD600 and #FF3B30.
        var colour: (luma: Int, cb: Int, cr: Int) {
            switch self {
            case .none, .edge: (16, 128, 128)
            case .zone: (202, 14, 166)
            case .box: (116, 90, 227)
            }
        }

        func colour(in range: Frame.Range) -> (luma: UInt8, cb: UInt8, cr: UInt8) {
            let full = colour
            return switch range {
            case .full: (UInt8(full.luma), UInt8(full.cb), UInt8(full.cr))
            case .limited:
                (
                    UInt8(16 + full.luma * 219 / 255), UInt8(128 + (full.cb - 128) * 224 / 255),
                    UInt8(128 + (full.cr - 128) * 224 / 255)
                )
            }
        }
    }

    /// Which ink lies on each pixel.
    private struct Canvas {
        let size: PixelSize
        var inks: [Ink]

        init(size: PixelSize) {
            self.size = size
            inks = [Ink](repeating: .none, count: size.area)
        }

        mutating func drawOutline(_ points: [PixelPoint], radius: Int, ink: Ink) {
            // A disc at every step of the line gives round joins and the same thickness in every direction.
            let reach = Double(radius) + 0.5
            let halfWidths = (0...radius).map { row in Int((reach * reach - Double(row * row)).squareRoot()) }
            guard var from = points.last else { return }
            for to in points {
                let steps = max(1, max(abs(to.x - from.x), abs(to.y - from.y)))
                for step in 0...steps {
                    let part = Double(step) / Double(steps)
                    let x = from.x + Int((Double(to.x - from.x) * part).rounded())
                    let y = from.y + Int((Double(to.y - from.y) * part).rounded())
                    stamp(x: x, y: y, halfWidths: halfWidths, ink: ink)
                }
                from = to
            }
        }

        private mutating func stamp(x: Int, y: Int, halfWidths: [Int], ink: Ink) {
            let radius = halfWidths.count - 1
            for row in max(0, y - radius)..<max(0, min(size.height, y + radius + 1)) {
                let half = halfWidths[abs(row - y)]
                for column in max(0, x - half)..<max(0, min(size.width, x + half + 1)) {
                    inks[row * size.width + column] = ink
                }
            }
        }
    }

    private static func paint(_ canvas: Canvas, on frame: inout Frame) {
        let size = canvas.size
        var luma = frame.luma
        var cb = frame.cb
        var cr = frame.cr
        for row in 0..<size.height {
            for column in 0..<size.width {
                let ink = canvas.inks[row * size.width + column]
                guard ink != .none else { continue }
                let colour = ink.colour(in: frame.range)
                luma.bytes[row * size.width + column] = colour.luma
                // A chroma sample covers four pixels: colour wins over the edge, or thin lines would turn grey.
                let chroma = (row / 2) * cb.width + column / 2
                if ink != .edge || !hasColour(canvas, row: row / 2 * 2, column: column / 2 * 2) {
                    cb.bytes[chroma] = colour.cb
                    cr.bytes[chroma] = colour.cr
                }
            }
        }
        frame.luma = luma
        frame.cb = cb
        frame.cr = cr
    }

    private static func hasColour(_ canvas: Canvas, row: Int, column: Int) -> Bool {
        for y in row..<min(row + 2, canvas.size.height) {
            for x in column..<min(column + 2, canvas.size.width) {
                let ink = canvas.inks[y * canvas.size.width + x]
                if ink == .zone || ink == .box { return true }
            }
        }
        return false
    }
}
