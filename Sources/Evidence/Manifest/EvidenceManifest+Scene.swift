extension EvidenceManifest {
    /// What else was on a still beside the object.
    public struct StillScene: Codable, Hashable, Sendable {
        /// The still's file.
        public var file: String
        public var ptsMicroseconds: Int64
        /// Everything that moved or stood there for a while, in pixels of this still; nil where nothing was seen of that moment, so
        /// that a masker must take all of it for somebody.
        public var others: [Box]?

        public init(file: String, ptsMicroseconds: Int64, others: [Box]?) {
            self.file = file
            self.ptsMicroseconds = ptsMicroseconds
            self.others = others
        }
    }

    /// How well a still can be judged, measured on it when the package was made.
    public struct PictureQuality: Codable, Hashable, Sendable {
        /// What speaks against a picture.
        public enum Flag: String, Codable, Sendable, CaseIterable {
            case dark
            case glaring
            case flat
            case blurred
            case infrared
            /// Part of the object is covered.
            case occluded
            /// The view had a fault, named in `viewFault`.
            case viewFault = "view-fault"
        }

        /// The still's file.
        public var file: String
        /// Mean brightness, 0…255.
        public var lumaLevel: Double
        /// Standard deviation of the brightness, levels.
        public var contrastLevels: Double
        /// Mean step of brightness between neighbouring pixels, levels, by the contrast: how sharp edges are.
        public var sharpness: Double
        /// Part of the object that was visible, 0…1; nil where it was not measured.
        public var objectVisiblePart: Double?
        /// As the video diagnosis names it, such as `defocused`; nil for none.
        public var viewFault: String?
        /// Sorted.
        public var flags: [Flag]

        public init(
            file: String, lumaLevel: Double, contrastLevels: Double, sharpness: Double, objectVisiblePart: Double?,
            viewFault: String?, flags: [Flag]
        ) {
            self.file = file
            self.lumaLevel = lumaLevel
            self.contrastLevels = contrastLevels
            self.sharpness = sharpness
            self.objectVisiblePart = objectVisiblePart
            self.viewFault = viewFault
            self.flags = flags
        }
    }
}
