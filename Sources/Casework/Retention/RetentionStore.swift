public import Foundation

/// What retention asks of the store.
public protocol RetentionStore: Sendable {
    /// Cases that are over and whose package is still there, the longest over first.
    func settledCases(after cursor: SettledCursor?, limit: Int) async throws -> [CaseRecord]
    /// Cases under legal hold whose package is still there, at most `limit`.
    func heldCases(limit: Int) async throws -> [CaseRecord]
    /// Says in the case's log and row that its package is gone, in one transaction; false if it may not go any more: somebody
    /// put a hold on it or moved it on since it was looked at.
    func recordDeletion(of record: CaseRecord, detail: DeletionDetail, by actor: String, at: Date) async throws -> Bool
    /// Id and package of each case that the store says is deleted.
    func deletions() async throws -> [DeletedCase]
    /// The lines of all deletions, newest first.
    func deletionEvents(before sequence: Int64?, limit: Int) async throws -> [CaseEvent]

    func retentionRuns(limit: Int) async throws -> [RetentionRun]
    func appendRetentionRun(_ kind: RetentionRun.Kind, by actor: String, at: Date, detail: String) async throws
}

/// The place after which a page of settled cases goes on.
public struct SettledCursor: Sendable, Hashable {
    public var settledAt: Date
    public var id: String

    public init(settledAt: Date, id: String) {
        self.settledAt = settledAt
        self.id = id
    }
}

/// What the line `deleted` holds.
public struct DeletionDetail: Codable, Sendable, Hashable {
    /// Id of the row of `Config/retention.yaml`.
    public var rule: String
    public var files: Int
    public var bytes: Int64
    public var manifestSHA256: String
    /// The signed certificate, whole: its file can be written again from here.
    public var certificate: String
    public var certificateSHA256: String

    public init(rule: String, files: Int, bytes: Int64, manifestSHA256: String, certificate: String, certificateSHA256: String) {
        self.rule = rule
        self.files = files
        self.bytes = bytes
        self.manifestSHA256 = manifestSHA256
        self.certificate = certificate
        self.certificateSHA256 = certificateSHA256
    }
}

public struct DeletedCase: Sendable, Hashable {
    public var id: String
    public var packagePath: String
    public var at: Date
    public var detail: DeletionDetail

    public init(id: String, packagePath: String, at: Date, detail: DeletionDetail) {
        self.id = id
        self.packagePath = packagePath
        self.at = at
        self.detail = detail
    }
}

/// One line of what retention did. Appended, never changed; each carries the hash of the one before.
public struct RetentionRun: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// It went through all cases.
        case ran
        /// It would not go on without an administrator.
        case waits
        /// An administrator let it go on.
        case confirmed
    }

    public var kind: Kind
    public var at: Date
    public var actor: String
    /// JSON object.
    public var detail: String

    public init(kind: Kind, at: Date, actor: String, detail: String) {
        self.kind = kind
        self.at = at
        self.actor = actor
        self.detail = detail
    }
}

/// Whether retention may go on by itself, or the clock has to be looked at by somebody first. A pure value.
public enum RetentionPrudence {
    /// A clock that jumps further ahead than this since the last run could make everything look old.
    public static let longestStep: TimeInterval = 2 * 86_400

    public enum Answer: Sendable, Hashable {
        case goesOn
        case waits(since: Date?)
        /// The clock stands before the last run: nothing is older than it was.
        case early
    }

    /// - Parameter runs: newest first. A run that waits does not count: its clock may have been the wrong one.
    public static func answer(runs: [RetentionRun], now: Date) -> Answer {
        guard let last = runs.first(where: { $0.kind != .waits }) else { return .waits(since: nil) }
        let step = now.timeIntervalSince(last.at)
        if step < 0 { return .early }
        return step > longestStep ? .waits(since: last.at) : .goesOn
    }
}
