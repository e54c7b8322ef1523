public import Evidence
public import Foundation

/// What a manifest tells that the recording channel does not know itself; each is asked when a package is sealed.
public struct EvidenceSurroundings: Sendable {
    /// What a camera's pictures may be, by the ledger of devices.
    public struct Standing: Sendable {
        public var mode: EvidenceManifest.Mode
        public var references: DeviceReferences?

        public init(mode: EvidenceManifest.Mode = .lead, references: DeviceReferences? = nil) {
            self.mode = mode
            self.references = references
        }
    }

    public var quality: EvidenceSettings.Quality
    /// Of a channel's id at the moment of capture; blocks. A lead without references as long as nobody says otherwise.
    public var standing: @Sendable (String, Date) -> Standing
    /// The catalogue's codes of a violation.
    public var codes: @Sendable (String) -> [String]
    /// See `MachineClock.error`.
    public var machineClock: @Sendable () -> EvidenceManifest.ErrorMilliseconds
    /// Called when a package is sealed and its case was tried to be added; must not block for long.
    public var sealed: @Sendable (SealedPackage) -> Void

    public init(
        quality: EvidenceSettings.Quality = EvidenceSettings.Quality(),
        standing: @escaping @Sendable (String, Date) -> Standing = { _, _ in Standing() },
        codes: @escaping @Sendable (String) -> [String] = { _ in [] },
        machineClock: @escaping @Sendable () -> EvidenceManifest.ErrorMilliseconds = { .unknown },
        sealed: @escaping @Sendable (SealedPackage) -> Void = { _ in }
    ) {
        self.quality = quality
        self.standing = standing
        self.codes = codes
        self.machineClock = machineClock
        self.sealed = sealed
    }
}
