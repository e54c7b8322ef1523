import FrameCore

/// The characters that a camera burns into its picture: five by seven dots, and the weekday in eleven by eleven.
enum ClockFont {
    private static let small: [Character: [UInt8]] = [
        "0": [14, 17, 19, 21, 25, 17, 14], "1": [4, 12, 4, 4, 4, 4, 14], "2": [14, 17, 1, 2, 4, 8, 31], "3": [31, 2, 4, 2, 1, 17, 14],
        "4": [2, 6, 10, 18, 31, 2, 2], "5": [31, 16, 30, 1, 1, 17, 14], "6": [6, 8, 16, 30, 17, 17, 14], "7": [31, 1, 2, 4, 8, 8, 8],
        "8": [14, 17, 17, 14, 17, 17, 14], "9": [14, 17, 17, 15, 1, 2, 12], "-": [0, 0, 0, 31, 0, 0, 0], ":": [0, 12, 12, 0, 12, 12, 0],
        "A": [14, 17, 17, 31, 17, 17, 17], "B": [30, 17, 17, 30, 17, 17, 30], "C": [14, 17, 16, 16, 16, 17, 14],
        "D": [28, 18, 17, 17, 17, 18, 28],
        "E": [31, 16, 16, 30, 16, 16, 31], "F": [31, 16, 16, 30, 16, 16, 16], "G": [14, 17, 16, 23, 17, 17, 15],
        "H": [17, 17, 17, 31, 17, 17, 17],
        "I": [14, 4, 4, 4, 4, 4, 14], "J": [7, 2, 2, 2, 2, 18, 12], "K": [17, 18, 20, 24, 20, 18, 17], "L": [16, 16, 16, 16, 16, 16, 31],
        "M": [17, 27, 21, 21, 17, 17, 17], "N": [17, 17, 25, 21, 19, 17, 17], "O": [14, 17, 17, 17, 17, 17, 14],
        "P": [30, 17, 17, 30, 16, 16, 16],
        "Q": [14, 17, 17, 17, 21, 18, 13], "R": [30, 17, 17, 30, 20, 18, 17], "S": [15, 16, 16, 14, 1, 1, 30], "T": [31, 4, 4, 4, 4, 4, 4],
        "U": [17, 17, 17, 17, 17, 17, 14], "V": [17, 17, 17, 17, 17, 10, 4], "W": [17, 17, 17, 21, 21, 21, 10],
        "X": [17, 17, 10, 4, 10, 17, 17],
        "Y": [17, 17, 17, 10, 4, 4, 4], "Z": [31, 1, 2, 4, 8, 16, 31],
    ]

    private static let wide: [Character: [UInt16]] = [
        "星": [0x1FC, 0x104, 0x1FC, 0x104, 0x1FC, 0x120, 0x3FE, 0x220, 0x1FC, 0x020, 0x7FF],
        "期": [0x24F, 0x7E9, 0x249, 0x3CF, 0x249, 0x3C9, 0x24F, 0x7E9, 0x009, 0x249, 0x433],
        "一": [0, 0, 0, 0, 0, 0x7FF, 0, 0, 0, 0, 0],
    ]

    /// Writes `text` in white with a dark edge, its top left corner at `x`, `y`; a dot is `scale` pixels wide.
    static func draw(_ text: String, x: Int, y: Int, scale: Int, into frame: inout Frame) {
        for pass in 0..<2 {
            var left = x
            for character in text {
                if let rows = small[character] {
                    for row in 0..<7 {
                        for column in 0..<5 where rows[row] >> (4 - column) & 1 == 1 {
                            dot(left + column * scale, y + row * scale, scale, scale, dark: pass == 0, &frame)
                        }
                    }
                } else if let rows = wide[character] {
                    // As tall as the digits: a dot of the big characters is a little narrower.
                    let high = scale * 7
                    for row in 0..<11 {
                        for column in 0..<11 where rows[row] >> (10 - column) & 1 == 1 {
                            let top = row * high / 10 - scale / 2
                            let bottom = (row + 1) * high / 10 - scale / 2
                            dot(left + column * high / 10, y + top, max(1, high / 10), max(1, bottom - top), dark: pass == 0, &frame)
                        }
                    }
                    left += scale * 3
                }
                left += scale * 6
            }
        }
    }

    private static func dot(_ x: Int, _ y: Int, _ wide: Int, _ high: Int, dark: Bool, _ frame: inout Frame) {
        let edge = dark ? 1 : 0
        let place = PixelRect(x: x - edge, y: y - edge, width: wide + 2 * edge, height: high + 2 * edge)
            .intersection(PixelRect(x: 0, y: 0, width: frame.luma.width, height: frame.luma.height))
        guard !place.isEmpty else { return }
        for row in place.y..<place.maxY {
            for column in place.x..<place.maxX {
                frame.luma[column, row] = dark ? 30 : 225
                if !dark {
                    frame.cb[column / 2, row / 2] = 128
                    frame.cr[column / 2, row / 2] = 128
                }
            }
        }
    }
}
