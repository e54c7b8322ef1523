import Evidence
public import Foundation
import SceneAnalysis

/// What is asked of evidence beside its seal, from `Config/evidence.yaml`, which says where each number comes from.
public struct EvidenceSettings: Codable, Sendable, Hashable {
    /// From which figure on a picture's quality is flagged.
    public struct Quality: Codable, Sendable, Hashable {
        /// Mean brightness, 0…255.
        public var darkBelow: Double
        public var glaringAbove: Double
        /// Standard deviation of the brightness, levels.
        public var flatBelow: Double
        /// Steps between neighbours by the contrast.
        public var blurredBelow: Double
        /// Visible part of the object.
        public var occludedBelow: Double

        /// The shipped numbers.
        public init(
            darkBelow: Double = 40, glaringAbove: Double = 215, flatBelow: Double = 12, blurredBelow: Double = 0.03,
            occludedBelow: Double = 0.8
        ) {
            self.darkBelow = darkBelow
            self.glaringAbove = glaringAbove
            self.flatBelow = flatBelow
            self.blurredBelow = blurredBelow
            self.occludedBelow = occludedBelow
        }

        private enum CodingKeys: String, CodingKey {
            case darkBelow = "dark_below"
            case glaringAbove = "glaring_above"
            case flatBelow = "flat_below"
            case blurredBelow = "blurred_below"
            case occludedBelow = "occluded_below"
        }
    }

    /// A time-stamp authority (RFC 3161).
    public struct TimeStamp: Codable, Sendable, Hashable {
        /// `http` or `https`; empty for none.
        public var url: String
        public var timeoutSeconds: Double
        public var retryMinutes: Double
        /// A PEM file of the certificates that are trusted; empty leaves the signature to later checks.
        public var certificates: String

        public init(url: String, timeoutSeconds: Double = 10, retryMinutes: Double = 10, certificates: String = "") {
            self.url = url
            self.timeoutSeconds = timeoutSeconds
            self.retryMinutes = retryMinutes
            self.certificates = certificates
        }

        private enum CodingKeys: String, CodingKey {
            case url
            case timeoutSeconds = "timeout_seconds"
            case retryMinutes = "retry_minutes"
            case certificates
        }

        /// nil while none is set.
        public var address: URL? { url.isEmpty ? nil : URL(string: url) }
    }

    public var timeStamp: TimeStamp
    public var quality: Quality

    private enum CodingKeys: String, CodingKey {
        case timeStamp = "time_stamp"
        case quality
    }

    /// - Throws: `SettingsError` with the file, also for a number or an address that no station could work with.
    public static func load(folder: String) throws(SettingsError) -> EvidenceSettings {
        let path = folder + "/evidence.yaml"
        let settings = try ConfigFile.read(EvidenceSettings.self, path)
        let quality = settings.quality
        let bounds: [(String, Double, ClosedRange<Double>)] = [
            ("timeout_seconds", settings.timeStamp.timeoutSeconds, 1...120), ("retry_minutes", settings.timeStamp.retryMinutes, 1...1440),
            ("dark_below", quality.darkBelow, 0...255), ("glaring_above", quality.glaringAbove, 0...255),
            ("flat_below", quality.flatBelow, 0...128), ("blurred_below", quality.blurredBelow, 0...1),
            ("occluded_below", quality.occludedBelow, 0...1),
        ]
        for (name, value, bound) in bounds where !bound.contains(value) {
            throw SettingsError(file: path, line: nil, reason: "“\(name)” must be from \(bound.lowerBound) to \(bound.upperBound)")
        }
        if !settings.timeStamp.url.isEmpty {
            guard let address = settings.timeStamp.address, let scheme = address.scheme, ["http", "https"].contains(scheme),
                address.host?.isEmpty == false
            else {
                throw SettingsError(
                    file: path, line: nil, reason: "“url” of the time-stamp authority must be an http or https address, or empty")
            }
        }
        return settings
    }
}

extension EvidenceSettings.Quality {
    /// - Parameter watchesObject: whether the object should be seen on this still.
    func judge(
        _ file: String, _ light: PictureLight, _ scene: SceneNote?, watchesObject: Bool
    ) -> EvidenceManifest.PictureQuality {
        let visible = watchesObject ? scene?.objectVisiblePart : nil
        var flags: [EvidenceManifest.PictureQuality.Flag] = []
        if light.lumaLevel < darkBelow { flags.append(.dark) }
        if light.lumaLevel > glaringAbove { flags.append(.glaring) }
        if light.contrastLevels < flatBelow { flags.append(.flat) }
        if light.sharpness < blurredBelow { flags.append(.blurred) }
        if scene?.isInfrared == true { flags.append(.infrared) }
        if let visible, visible < occludedBelow { flags.append(.occluded) }
        if scene?.fault != nil { flags.append(.viewFault) }
        func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
        return EvidenceManifest.PictureQuality(
            file: file, lumaLevel: rounded(light.lumaLevel), contrastLevels: rounded(light.contrastLevels),
            sharpness: rounded(light.sharpness), objectVisiblePart: visible.map(rounded), viewFault: scene?.fault?.rawValue,
            flags: flags.sorted { $0.rawValue < $1.rawValue })
    }
}
