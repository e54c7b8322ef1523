/// What the check of a whole store found.
public struct StoreReport: Sendable {
    /// Where the trusted keys came from.
    public enum KeySource: Hashable, Sendable, CustomStringConvertible {
        case given
        case store(path: String)
        case none

        public var description: String {
            switch self {
            case .given: "checked against the given key"
            case .store(let path): "checked against \(path), which lies in the store itself"
            case .none: "not checked against a trusted key: give one, or put key.pub into the store"
            }
        }
    }

    public var path: String
    public var keySource: KeySource = .none
    /// Keys whose good signatures were found, with the number of packages.
    public var packagesByKeyID: [String: Int] = [:]
    public var packageCount = 0
    public var packageCountByChannel: [String: Int] = [:]
    public var bytesRead: Int64 = 0
    /// Packages that retention removed, each with its certificate.
    public var certifiedCount = 0
    /// Only the packages with problems, by path.
    public var damaged: [PackageReport] = []
    public var problems: [ChainProblem] = []
    /// What a package says it is of.
    public struct Identity: Hashable, Sendable {
        public var manifestSHA256: ContentHash
        public var caseID: String
        public var incidentID: String
        public var channelID: String
        public var violation: String
    }

    /// All packages whose manifest could be read, by path, for whoever compares them with the cases.
    public var packages: [String: Identity] = [:]
    /// Paths of those whose manifest could not be read.
    public var unreadable: Set<String> = []

    public var isIntact: Bool { damaged.isEmpty && problems.isEmpty }

    /// All problems, one line each.
    public var lines: [String] {
        damaged.flatMap { report in report.problems.map { "\(report.path): \($0)" } } + problems.map(\.description)
    }
}

/// How far the check of a store has come.
public struct VerificationProgress: Hashable, Sendable {
    public var packagesDone: Int
    public var packageCount: Int
    public var bytesRead: Int64
}
