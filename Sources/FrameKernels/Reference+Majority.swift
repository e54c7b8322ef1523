public import FrameCore

extension Reference {
    public static func majority(_ mask: [UInt8], size: PixelSize, side: Int) -> [UInt8] {
        let reach = side / 2
        return (0..<size.area).map { index in
            var count = 0
            for y in -reach...reach {
                for x in -reach...reach {
                    let row = min(max(index / size.width + y, 0), size.height - 1)
                    let column = min(max(index % size.width + x, 0), size.width - 1)
                    if mask[row * size.width + column] != 0 { count += 1 }
                }
            }
            return 2 * count > side * side ? 255 : 0
        }
    }
}
