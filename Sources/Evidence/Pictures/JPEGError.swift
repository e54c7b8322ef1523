/// Why a picture could not become a JPEG.
public enum JPEGError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The crop has nothing in common with the picture.
    case emptyCrop(crop: String, picture: String)
    /// Outside 1…100.
    case badQuality(Int)
    /// libjpeg refused the picture, such as one over 65,500 pixels a side; holds its message.
    case refused(picture: String, reason: String)
    /// No whole JPEG; holds libjpeg's message.
    case unreadable(reason: String)

    public var description: String {
        switch self {
        case .emptyCrop(let crop, let picture):
            "encoding a still: the crop \(crop) lies outside the picture of \(picture)"
        case .badQuality(let quality):
            "encoding a still: the quality must be from 1 to 100, not \(quality)"
        case .refused(let picture, let reason):
            "encoding a still of \(picture): \(reason)"
        case .unreadable(let reason):
            "decoding a still: \(reason)"
        }
    }
}
