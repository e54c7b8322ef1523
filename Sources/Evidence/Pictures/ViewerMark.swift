public import FrameCore

/// Who took a picture out of a case, written on it: a band below the picture that covers nothing, and pale words across the picture
/// that go with every part that is cut out of it (public-security video regulation of 2025, art. 16).
public struct ViewerMark: Sendable, Hashable {
    /// Written in the band, one below the other; without any there is no band.
    public var lines: [String]
    /// Repeated across the picture, short.
    public var tile: String
    /// Path of the font file.
    public var font: String

    /// Part of the way to white or black that pale words go: seen when looked for, and the evidence below stays what it was to the eye.
    private static let paleness = 0.16
    /// Characters in the band are this part of the picture's shorter side high, and never smaller than `smallest` pixels.
    private static let bandPart = 1.0 / 32
    private static let smallest = 14
    private static let white: UInt8 = 235
    private static let black: UInt8 = 16

    public init(lines: [String], tile: String, font: String) {
        self.lines = lines
        self.tile = tile
        self.font = font
    }

    /// A marked copy, higher than the picture by the band. Blocks for about 30 ms for 1920×1080.
    public func apply(to frame: Frame) throws(TextError) -> Frame {
        let size = frame.size
        guard size.area > 0 else { return frame }
        let height = max(Self.smallest, Int(Double(min(size.width, size.height)) * Self.bandPart))
        var copy = frame
        try tile(across: &copy, height: height)
        return lines.isEmpty ? copy : try addBand(to: copy, height: height)
    }

    // MARK: Across the picture

    private func tile(across frame: inout Frame, height: Int) throws(TextError) {
        let line = try TextLine(tile, font: font, height: height, widthLimit: frame.size.width)
        let ink = line.coverage
        var luma = frame.luma
        let (stepX, stepY) = (ink.width + height * 4, height * 6)
        var row = 0
        for top in stride(from: height * 2, to: frame.size.height, by: stepY) {
            // Every other row is moved by half a step, so that no upright strip is free of words.
            for left in stride(from: row.isMultiple(of: 2) ? 0 : -stepX / 2, to: frame.size.width, by: stepX) {
                Self.blend(ink, at: left, top, into: &luma)
            }
            row += 1
        }
        frame.luma = luma
    }

    private static func blend(_ ink: Plane, at left: Int, _ top: Int, into luma: inout Plane) {
        for y in max(0, -top)..<max(0, -top, min(ink.height, luma.height - top)) {
            for x in max(0, -left)..<max(0, -left, min(ink.width, luma.width - left)) {
                let covered = Double(ink[x, y]) / 255 * paleness
                guard covered > 0 else { continue }
                let value = Double(luma[left + x, top + y])
                // Towards the end of the scale that is farther away: pale words show on light and on dark ground.
                let ink = value < 128 ? 255.0 : 0
                luma[left + x, top + y] = UInt8(value + (ink - value) * covered)
            }
        }
    }

    // MARK: The band

    private func addBand(to frame: Frame, height: Int) throws(TextError) -> Frame {
        let rowHeight = height + height / 2
        let bandHeight = (rowHeight * fitting(lines, width: frame.size.width, height: height).count + height) / 2 * 2
        let size = PixelSize(width: frame.size.width, height: frame.size.height + bandHeight)
        var marked = Frame(size: size, time: frame.time, fill: Self.black, range: frame.range)
        var luma = marked.luma
        var (cb, cr) = (marked.cb, marked.cr)
        luma.bytes.replaceSubrange(0..<frame.luma.bytes.count, with: frame.luma.bytes)
        cb.bytes.replaceSubrange(0..<frame.cb.bytes.count, with: frame.cb.bytes)
        cr.bytes.replaceSubrange(0..<frame.cr.bytes.count, with: frame.cr.bytes)
        var top = frame.size.height + height / 2
        for text in fitting(lines, width: frame.size.width, height: height) {
            let ink = try TextLine(text, font: font, height: height, widthLimit: max(1, size.width - height)).coverage
            for y in 0..<min(ink.height, size.height - top) {
                for x in 0..<min(ink.width, size.width - height / 2) where ink[x, y] > 0 {
                    let covered = Int(ink[x, y])
                    luma[height / 2 + x, top + y] = UInt8((Int(Self.white) * covered + Int(Self.black) * (255 - covered)) / 255)
                }
            }
            top += rowHeight
        }
        marked.luma = luma
        marked.cb = cb
        marked.cr = cr
        return marked
    }

    /// Broken where a line is wider than the picture: a Chinese character is as wide as it is high, a Latin one about half.
    private func fitting(_ lines: [String], width: Int, height: Int) -> [String] {
        let room = max(8, 2 * (width - height) / height)
        return lines.flatMap { line in
            var (rows, row, used) = ([String](), "", 0)
            for character in line {
                let wide = character.isASCII ? 1 : 2
                if used + wide > room {
                    rows.append(row)
                    (row, used) = ("", 0)
                }
                row.append(character)
                used += wide
            }
            return rows + [row]
        }
    }
}
