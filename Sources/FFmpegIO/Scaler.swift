import CFFmpeg
public import FrameCore

/// Makes the small picture that is analysed: 8-bit 4:2:0, limited range, about 640×360, whatever the source has.
///
/// It follows changes of size and format in mid-stream, and allocates only then.
public struct Scaler: ~Copyable {
    /// 640 × 360.
    public static let analysisArea = 230_400

    private let bound: PixelSize?
    private var converter: PixelConverter?

    /// Analysis size; or, with `bound`, the largest even size that fits into it.
    public init(bound: PixelSize? = nil) {
        self.bound = bound
    }

    /// The size of about `analysisArea` pixels with the aspect of `size`: even sides, never larger than the source.
    public static func analysisSize(for size: PixelSize) -> PixelSize {
        precondition(size.width > 0 && size.height > 0)
        let scale = min(1, (Double(analysisArea) / Double(size.area)).squareRoot())
        func even(_ length: Int) -> Int { max(2, min(Int((Double(length) * scale / 2).rounded()), length / 2) * 2) }
        return PixelSize(width: even(size.width), height: even(size.height))
    }

    /// How well a picture of this size must be decoded to be analysed.
    public static func quality(for size: PixelSize) -> Decoder.Quality {
        size.area >= 4 * analysisArea ? .draft : .whole
    }

    /// Scales `frame` into `target`, whose planes are reused when their size is right; `time` becomes the target's.
    public mutating func scale(_ frame: borrowing DecodedFrame, time: FrameTime, into target: inout Frame) throws(AVError) {
        guard frame.size.area > 0 else { throw AVError(.noPicture, .convert, "an empty frame") }
        let source = PixelConverter.Source(frame.pointer.pointee)
        if converter?.source != source {
            let size = bound.map { source.size.fitted(into: $0) } ?? Self.analysisSize(for: source.size)
            converter = nil
            converter = try PixelConverter(frame.pointer, to: size, range: .limited)
        }
        guard let size = converter?.targetSize else { return }
        if target.size != size { target = Frame(size: size) }
        target.time = time
        target.range = .limited
        try converter?.convert(frame.pointer, into: &target)
    }
}
