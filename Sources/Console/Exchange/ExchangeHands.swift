public import Casework
import Foundation
public import Pipeline

/// What the console needs to exchange with other systems and with parties; without it those pages are not there.
public struct ExchangeHands: Sendable {
    /// Masked copies of a package's pictures, JPEG, by the names of the originals; only those that may be shown to anybody.
    public typealias MaskedPictures = @Sendable (CaseRecord) async throws -> [String: [UInt8]]

    var settings: ExchangeSettings
    var storeFolder: String
    var exporter: (any CaseExporting)?
    var externalToken: MetricsToken?
    var maskedPictures: MaskedPictures

    /// - Parameters:
    ///   - settings: validated.
    ///   - storeFolder: where pictures of others are kept.
    ///   - exporter: makes bundles; nil where this program holds no evidence store.
    ///   - externalToken: whoever shows it may tell of findings; nil for nobody.
    ///   - maskedPictures: what a party may see; nothing by default.
    public init(
        settings: ExchangeSettings, storeFolder: String, exporter: (any CaseExporting)?, externalToken: MetricsToken?,
        maskedPictures: @escaping MaskedPictures = { _ in [:] }
    ) {
        self.settings = settings
        self.storeFolder = storeFolder
        self.exporter = exporter
        self.externalToken = externalToken
        self.maskedPictures = maskedPictures
    }
}
