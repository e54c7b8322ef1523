/// The size of a JPEG from outside, found without decoding it (ITU-T T.81 annex B).
public struct JPEGHeader: Hashable, Sendable {
    public var width: Int
    public var height: Int

    /// Larger pictures are no camera's.
    private static let largestSide = 16_384

    /// nil unless the bytes begin as a baseline or progressive JPEG with a sane size, hold a scan and end with its end marker.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8, bytes[bytes.count - 2] == 0xFF, bytes[bytes.count - 1] == 0xD9
        else { return nil }
        var place = 2
        var size: (width: Int, height: Int)?
        while place + 4 <= bytes.count {
            guard bytes[place] == 0xFF else { return nil }
            let marker = bytes[place + 1]
            if marker == 0xFF {
                place += 1
                continue
            }
            let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
            guard length >= 2, place + 2 + length <= bytes.count else { return nil }
            switch marker {
            case 0xC0, 0xC1, 0xC2:
                guard size == nil, length >= 11, bytes[place + 4] == 8 else { return nil }
                size = (
                    Int(bytes[place + 7]) << 8 | Int(bytes[place + 8]), Int(bytes[place + 5]) << 8 | Int(bytes[place + 6])
                )
            case 0xDA:
                guard let size, (1...Self.largestSide).contains(size.width), (1...Self.largestSide).contains(size.height) else {
                    return nil
                }
                (width, height) = size
                return
            case 0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xD0...0xD9: return nil
            default: break
            }
            place += 2 + length
        }
        return nil
    }
}
