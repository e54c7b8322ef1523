import FrameCore

/// A colour of a sheet, 8 bits each.
struct SheetColour: Hashable {
    var red: UInt8
    var green: UInt8
    var blue: UInt8

    init(_ hex: UInt32) {
        red = UInt8(hex >> 16 & 255)
        green = UInt8(hex >> 8 & 255)
        blue = UInt8(hex & 255)
    }

    init(red: UInt8, green: UInt8, blue: UInt8) {
        self.red = red
        self.green = green
        self.blue = blue
    }

    /// - Parameter part: 0 for this colour … 1 for `other`.
    func mixed(with other: SheetColour, _ part: Double) -> SheetColour {
        func mix(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Double(a) + (Double(b) - Double(a)) * min(max(part, 0), 1)).rounded()) }
        return SheetColour(red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
    }
}

/// A picture in colour that is drawn on with rectangles, lines, text and other pictures; whatever lies outside is cut off.
struct SheetCanvas {
    let size: PixelSize
    /// Red, green, blue of each pixel, row by row.
    private(set) var bytes: [UInt8]

    init(size: PixelSize, colour: SheetColour) {
        self.size = size
        bytes = [UInt8](repeating: 0, count: 3 * size.area)
        fill(PixelRect(x: 0, y: 0, width: size.width, height: size.height), colour)
    }

    subscript(x: Int, y: Int) -> SheetColour {
        get {
            let start = 3 * (y * size.width + x)
            return SheetColour(red: bytes[start], green: bytes[start + 1], blue: bytes[start + 2])
        }
        set {
            let start = 3 * (y * size.width + x)
            bytes[start] = newValue.red
            bytes[start + 1] = newValue.green
            bytes[start + 2] = newValue.blue
        }
    }

    /// - Parameter opacity: 0…1.
    mutating func fill(_ box: PixelRect, _ colour: SheetColour, opacity: Double = 1) {
        let part = box.intersection(PixelRect(x: 0, y: 0, width: size.width, height: size.height))
        guard !part.isEmpty else { return }
        for y in part.y..<part.maxY {
            for x in part.x..<part.maxX { self[x, y] = opacity >= 1 ? colour : self[x, y].mixed(with: colour, opacity) }
        }
    }

    mutating func outline(_ box: PixelRect, _ colour: SheetColour, thickness: Int) {
        fill(PixelRect(x: box.x, y: box.y, width: box.width, height: thickness), colour)
        fill(PixelRect(x: box.x, y: box.maxY - thickness, width: box.width, height: thickness), colour)
        fill(PixelRect(x: box.x, y: box.y, width: thickness, height: box.height), colour)
        fill(PixelRect(x: box.maxX - thickness, y: box.y, width: thickness, height: box.height), colour)
    }

    /// The polygon's outline with its corners in parts of `frame`.
    mutating func outline(_ polygon: Polygon, in frame: PixelRect, _ colour: SheetColour, thickness: Int) {
        func place(_ point: UnitPoint) -> (x: Int, y: Int) {
            (
                frame.x + Int((point.x * Double(frame.width - 1)).rounded()),
                frame.y + Int((point.y * Double(frame.height - 1)).rounded())
            )
        }
        var previous = place(polygon.vertices[polygon.vertices.count - 1])
        for vertex in polygon.vertices {
            let next = place(vertex)
            line(from: previous, to: next, colour, thickness: thickness)
            previous = next
        }
    }

    mutating func line(from: (x: Int, y: Int), to: (x: Int, y: Int), _ colour: SheetColour, thickness: Int) {
        let steps = max(1, max(abs(to.x - from.x), abs(to.y - from.y)))
        for step in 0...steps {
            let x = from.x + (to.x - from.x) * step / steps
            let y = from.y + (to.y - from.y) * step / steps
            fill(PixelRect(x: x - thickness / 2, y: y - thickness / 2, width: thickness, height: thickness), colour)
        }
    }

    /// Puts `picture` into `box`, each pixel the mean of four samples between its pixels; smaller ones look smooth, not blocky.
    mutating func draw(_ picture: SheetCanvas, in box: PixelRect, isSmooth: Bool = true) {
        guard !box.isEmpty, picture.size.area > 0 else { return }
        for y in 0..<box.height {
            for x in 0..<box.width where box.x + x < size.width && box.y + y < size.height && box.x + x >= 0 && box.y + y >= 0 {
                self[box.x + x, box.y + y] =
                    isSmooth
                    ? picture.sample(
                        (Double(x) + 0.5) * Double(picture.size.width) / Double(box.width) - 0.5,
                        (Double(y) + 0.5) * Double(picture.size.height) / Double(box.height) - 0.5)
                    : picture[x * picture.size.width / box.width, y * picture.size.height / box.height]
            }
        }
    }

    private func sample(_ x: Double, _ y: Double) -> SheetColour {
        let left = min(max(Int(x.rounded(.down)), 0), size.width - 1)
        let top = min(max(Int(y.rounded(.down)), 0), size.height - 1)
        let right = min(left + 1, size.width - 1)
        let bottom = min(top + 1, size.height - 1)
        let across = min(max(x - Double(left), 0), 1)
        let upper = self[left, top].mixed(with: self[right, top], across)
        let lower = self[left, bottom].mixed(with: self[right, bottom], across)
        return upper.mixed(with: lower, y - Double(top))
    }

    /// Writes one line and answers where it ends; `x`, `y` is its top left corner, a dot is `scale` pixels wide.
    @discardableResult
    mutating func write(_ text: String, x: Int, y: Int, _ colour: SheetColour, scale: Int = 2) -> Int {
        var left = x
        for character in text {
            if character != " " {
                for (row, dots) in (SheetFont.glyphs[character] ?? SheetFont.unknown).enumerated() {
                    for column in 0..<SheetFont.width where dots >> (SheetFont.width - 1 - column) & 1 == 1 {
                        fill(PixelRect(x: left + column * scale, y: y + row * scale, width: scale, height: scale), colour)
                    }
                }
            }
            left += SheetFont.advance * scale
        }
        return left
    }

    /// The same on a plate of its own, so that it can be read on any picture.
    mutating func label(_ text: String, x: Int, y: Int, _ colour: SheetColour, on ground: SheetColour, scale: Int = 2) {
        let width = Self.width(of: text, scale: scale)
        let box = PixelRect(
            x: min(max(x, 0), max(0, size.width - width - 4 * scale)), y: max(y, 0), width: width + 3 * scale,
            height: (SheetFont.height + 2) * scale)
        fill(box, ground)
        write(text, x: box.x + 2 * scale, y: box.y + 2 * scale, colour, scale: scale)
    }

    static func width(of text: String, scale: Int = 2) -> Int { text.count * SheetFont.advance * scale }
}

extension SheetCanvas {
    /// A picture as it looks: BT.601, in the range that it has.
    init(_ frame: Frame) {
        self.init(size: frame.size, colour: SheetColour(0))
        for y in 0..<size.height {
            for x in 0..<size.width {
                self[x, y] = Self.colour(
                    frame.luma[x, y], frame.cb[x / 2, y / 2], frame.cr[x / 2, y / 2], isLimited: frame.range == .limited)
            }
        }
    }

    /// Three limited-range planes of the same size.
    init(size: PixelSize, luma: [UInt8], cb: [UInt8], cr: [UInt8]) {
        self.init(size: size, colour: SheetColour(0))
        for y in 0..<size.height {
            for x in 0..<size.width {
                let index = y * size.width + x
                self[x, y] = Self.colour(luma[index], cb[index], cr[index], isLimited: true)
            }
        }
    }

    /// ITU-R BT.601 §2.5.
    private static func colour(_ luma: UInt8, _ cb: UInt8, _ cr: UInt8, isLimited: Bool) -> SheetColour {
        let y = isLimited ? (Double(luma) - 16) * 255 / 219 : Double(luma)
        let scale = isLimited ? 255.0 / 224 : 1
        let b = (Double(cb) - 128) * scale
        let r = (Double(cr) - 128) * scale
        func byte(_ value: Double) -> UInt8 { UInt8(min(max(value.rounded(), 0), 255)) }
        return SheetColour(red: byte(y + 1.402 * r), green: byte(y - 0.344136 * b - 0.714136 * r), blue: byte(y + 1.772 * b))
    }
}
