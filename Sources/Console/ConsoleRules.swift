public import Casework

/// What `Config/` says of the work, each part validated: the console reads none of it from the disk.
public struct ConsoleRules: Sendable {
    /// Names the violations and the bodies.
    public var catalogue: ViolationCatalogue
    /// What an officer picks from when deciding.
    public var reasons: DecisionReasons
    /// Why evidence may be looked at.
    public var access: AccessRules
    /// Periods and defaults of the ledgers.
    public var ledgers: LedgerSettings

    public init(catalogue: ViolationCatalogue, reasons: DecisionReasons, access: AccessRules, ledgers: LedgerSettings) {
        self.catalogue = catalogue
        self.reasons = reasons
        self.access = access
        self.ledgers = ledgers
    }
}
