import CText
public import FrameCore

/// One line of text, drawn with a font of this machine: Chinese as well as Latin.
public struct TextLine: Sendable {
    /// How much of each pixel the ink covers, 0…255.
    public let coverage: Plane
    /// Characters that the font does not have.
    public let missing: Int

    /// The widest line, in pixels: an 8K picture's.
    public static let widthLimit = 7680

    /// - Parameters:
    ///   - font: path of a TrueType or OpenType file; of a collection the face for simplified Chinese is taken.
    ///   - height: of the characters, in pixels.
    ///   - widthLimit: what does not fit is left out.
    /// - Throws: `TextError` where the font cannot be used.
    public init(_ text: String, font: String, height: Int, widthLimit: Int = Self.widthLimit) throws(TextError) {
        let characters = text.unicodeScalars.map(\.value)
        var line = ctext_line()
        guard ctext_draw(font, UInt32(max(1, height)), characters, characters.count, max(1, min(widthLimit, Self.widthLimit)), &line) == 1
        else {
            let reason = withUnsafeBytes(of: line.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            throw TextError(font: font, reason: reason)
        }
        defer { ctext_free(line.coverage) }
        var plane = Plane(size: PixelSize(width: line.width, height: line.height), fill: 0)
        // SAFETY: on success the shim hands over one byte a pixel, which live until the free above.
        plane.bytes = [UInt8](UnsafeBufferPointer(start: line.coverage, count: line.width * line.height))
        coverage = plane
        missing = line.missing
    }
}

/// A font that cannot draw.
public struct TextError: Error, Hashable, Sendable, CustomStringConvertible {
    public var font: String
    public var reason: String

    public var description: String { "the font \(font): \(reason)" }
}
