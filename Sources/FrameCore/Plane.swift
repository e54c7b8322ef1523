/// One 8-bit image plane that owns its bytes, row after row without padding.
///
/// A value: copies share storage until one of them is written. Hold it as a local or `inout` while looping (a class's array subscripted in a loop is 20 to 250 times slower).
public struct Plane: Hashable, Sendable {
    public let size: PixelSize
    /// `size.area` bytes; kernels loop over `bytes.span` and `bytes.mutableSpan`. Its count never changes.
    public var bytes: [UInt8]

    public init(size: PixelSize, fill: UInt8 = 0) {
        precondition(size.width >= 0 && size.height >= 0)
        self.size = size
        bytes = [UInt8](repeating: fill, count: size.area)
    }

    public init(size: PixelSize, bytes: [UInt8]) {
        precondition(bytes.count == size.area, "a plane of \(size.width)×\(size.height) needs \(size.area) bytes")
        self.size = size
        self.bytes = bytes
    }

    public var width: Int { size.width }
    public var height: Int { size.height }

    public subscript(x: Int, y: Int) -> UInt8 {
        get { bytes[y * size.width + x] }
        set { bytes[y * size.width + x] = newValue }
    }
}
