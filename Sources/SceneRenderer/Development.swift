import FrameCore

/// From linear light to the camera's code values: exposure, a film-like curve, BT.601 luma and colour, sensor grain.
struct Development: Sendable {
    let size: PixelSize
    let noise: SensorNoise
    private static let saturation: Float = 0.86

    /// Code values 0…1 of two rows, before they are thinned to luma and half-width colour.
    private var red: [Float]
    private var green: [Float]
    private var blue: [Float]
    private var luma: [Float]
    private var cb: [Float]
    private var cr: [Float]

    init(size: PixelSize, noise: SensorNoise) {
        self.size = size
        self.noise = noise
        red = [Float](repeating: 0, count: size.width * 2)
        green = red
        blue = red
        luma = [Float](repeating: 0, count: size.width)
        cb = luma
        cr = luma
    }

    /// Fills the frame's planes; both sides of the picture are even.
    mutating func develop(_ picture: LightLayer, exposure: Float, frameIndex: Int, into frame: inout Frame) {
        let width = size.width
        for pair in 0..<(size.height / 2) {
            let start = pair * 2 * width
            Self.curve(picture.red, start: start, count: width * 2, exposure: exposure, into: &red)
            Self.curve(picture.green, start: start, count: width * 2, exposure: exposure, into: &green)
            Self.curve(picture.blue, start: start, count: width * 2, exposure: exposure, into: &blue)
            for line in 0..<2 {
                Self.brightness(red, green, blue, start: line * width, count: width, into: &luma)
                let row = pair * 2 + line
                noise.add(to: &luma, count: width, frame: frameIndex, line: row, plane: 0, scale: 1)
                Self.store(luma, count: width, at: row * width, into: &frame.luma.bytes)
            }
            Self.colour(red, green, blue, width: width, saturation: Self.saturation, cb: &cb, cr: &cr)
            noise.add(to: &cb, count: width / 2, frame: frameIndex, line: pair, plane: 1, scale: 0.55)
            noise.add(to: &cr, count: width / 2, frame: frameIndex, line: pair, plane: 2, scale: 0.55)
            Self.store(cb, count: width / 2, at: pair * (width / 2), into: &frame.cb.bytes)
            Self.store(cr, count: width / 2, at: pair * (width / 2), into: &frame.cr.bytes)
        }
    }

    /// A film-like curve (Narkowicz's fit, 2015), then a gamma of two, near enough to the camera's.
    private static func curve(_ linear: [Float], start: Int, count: Int, exposure: Float, into code: inout [Float]) {
        let linear = linear.span.extracting(start..<(start + count))
        var code = code.mutableSpan
        precondition(code.count >= count && linear.count == count)
        for index in 0..<linear.count {
            // No branch, so that it vectorises: shadows may leave a trace below zero, and the curve ends at 1.016.
            let value = (linear[index] * exposure).magnitude
            let film = (value * (2.51 * value + 0.03)) / (value * (2.43 * value + 0.59) + 0.14)
            // Halving the exponent is a square root within 4 %; one step of Heron's method brings it within 0.1 %.
            // (The library's root sets errno, which keeps the loop scalar.)
            let rough = Float(bitPattern: (film.bitPattern &>> 1) &+ 0x1FBD_1DF5)
            code[index] = 0.5 * (rough + film / rough)
        }
    }

    private static func brightness(_ red: [Float], _ green: [Float], _ blue: [Float], start: Int, count: Int, into luma: inout [Float]) {
        let red = red.span.extracting(start..<(start + count))
        let green = green.span.extracting(start..<(start + count))
        let blue = blue.span.extracting(start..<(start + count))
        var luma = luma.mutableSpan
        for column in 0..<count {
            luma[column] = 20 + 212 * (0.299 * red[column] + 0.587 * green[column] + 0.114 * blue[column])
        }
    }

    private static func colour(
        _ red: [Float], _ green: [Float], _ blue: [Float], width: Int, saturation: Float, cb: inout [Float], cr: inout [Float]
    ) {
        let red = red.span
        let green = green.span
        let blue = blue.span
        var cb = cb.mutableSpan
        var cr = cr.mutableSpan
        for column in 0..<(width / 2) {
            let a = column &* 2
            let b = a &+ width
            let r = (red[a] + red[a &+ 1] + red[b] + red[b &+ 1]) * 0.25
            let g = (green[a] + green[a &+ 1] + green[b] + green[b &+ 1]) * 0.25
            let l = (blue[a] + blue[a &+ 1] + blue[b] + blue[b &+ 1]) * 0.25
            let y = 0.299 * r + 0.587 * g + 0.114 * l
            cb[column] = 128 + (l - y) * (0.564 * 224 * saturation)
            cr[column] = 128 + (r - y) * (0.713 * 224 * saturation)
        }
    }

    private static func store(_ row: [Float], count: Int, at start: Int, into bytes: inout [UInt8]) {
        let row = row.span
        var bytes = bytes.mutableSpan
        for column in 0..<count {
            var value = row[column]
            value = value > 16 ? value : 16
            value = value < 240 ? value : 240
            // Beyond 2²³ a float's last bits count ones: this rounds without a checked conversion, which would not vectorise.
            bytes[start &+ column] = UInt8(truncatingIfNeeded: (value + 8_388_608).bitPattern)
        }
    }
}
