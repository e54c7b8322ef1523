public import FrameCore

/// What is drawn on the annotated copy of a still: where the rule looks, and what it found there.
public struct Annotation: Hashable, Sendable {
    /// In parts of the picture, 0…1.
    public var zone: Polygon?
    /// In pixels of the picture that is drawn on.
    public var box: PixelRect?

    public init(zone: Polygon?, box: PixelRect?) {
        self.zone = zone
        self.box = box
    }
}
