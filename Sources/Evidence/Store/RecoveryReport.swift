/// What a store found when it was opened.
public struct RecoveryReport: Sendable {
    /// A folder among the packages whose manifest cannot be relied on.
    public struct Damaged: Hashable, Sendable {
        /// Relative to the store's evidence folder.
        public var relativePath: String
        public var problems: [EvidenceProblem]
    }

    /// Every package with an intact manifest, signed by one of the store's keys, sorted by path. Their files were not
    /// read; `EvidenceVerifier` does that.
    public var packages: [SealedPackage] = []
    /// Names of what was never sealed, removed from the staging folder.
    public var removedFromStaging: [String] = []
    public var damaged: [Damaged] = []
    /// Channels whose `chain.json` was missing or behind and is right again, as after a crash.
    public var healedChains: [String] = []
    /// What a crash does not explain: packages missing at the end of a chain, a changed `chain.json`.
    public var chainProblems: [ChainProblem] = []
}
