public import Foundation

/// Where channels, incidents, cases, users and their logs are kept.
///
/// Every function either has its effect on disk when it returns, or throws and has none. Implementations serialise
/// writers themselves; callers may call from any task. Lists come in pages by keyset, never by offset.
public protocol CaseStore:
    ChannelRegistry,
    HealthStore,
    LedgerStore,
    CaseStatistics,
    ShopStore,
    NoticeStore,
    ExchangeStore,
    RetentionStore
{
    // MARK: Incidents and cases

    /// Inserts the incident or moves it on; never back.
    func recordIncident(_ incident: IncidentRecord) async throws
    /// Adds a case whose package is already sealed and on disk, with its incident and a `sealed` event, in one
    /// transaction. Doing it again with the same id changes nothing and answers `false`. An incident has one case, a package
    /// belongs to one case: a second one is refused.
    @discardableResult
    func addCase(_ record: CaseRecord, actor: String) async throws -> Bool
    func caseRecord(id: String) async throws -> CaseRecord?
    func cases(_ filter: CaseFilter, after cursor: CaseCursor?, limit: Int) async throws -> CasePage
    func counts() async throws -> CaseCounts
    /// Of the cases within a scope.
    func counts(within scope: AccessScope) async throws -> CaseCounts
    /// The package paths of all cases but the deleted ones, for the check at start that each row has its files.
    func packagePaths() async throws -> [String: String]

    // MARK: Decisions

    /// Moves a case on, with its line in the log, in one transaction. `CaseLife` says what is possible; who the user is, and
    /// which certificate they hold, is read in that same transaction.
    /// - Parameter userID: a user's id, `machine` or `party`.
    /// - Throws: `CaseLife.Refusal`, `NoticeRefusal` for a message that cannot go out, `CaseStoreError.notFound`.
    func act(caseID: String, _ action: CaseAction, by userID: String, at: Date) async throws -> CaseRecord
    /// Adds a line to the log (a view of the package found broken, a note); `detail` is a JSON object.
    func appendEvent(caseID: String, at: Date, actor: String, kind: String, detail: String) async throws
    func events(caseID: String) async throws -> [CaseEvent]
    /// Walks the whole event log and names the first line whose hash is wrong; nil if all stand.
    func firstBrokenEvent() async throws -> Int64?
    /// Everything in the store that is not as its logs tell: broken lines, rows that were edited behind the program's back.
    func problems() async throws -> [StoreProblem]

    // MARK: Users, sessions, access

    func users() async throws -> [UserRecord]
    /// Capital and small letters (A–Z) are the same in a login.
    func user(login: String) async throws -> UserRecord?
    func user(id: String) async throws -> UserRecord?
    func addUser(_ user: UserRecord) async throws
    /// Replaces all but `id` and `createdAt`. A user who is disabled or gets another password hash is logged out everywhere.
    func updateUser(_ user: UserRecord) async throws
    func addSession(_ session: SessionRecord) async throws
    /// nil once it has expired.
    func session(tokenSHA256: String) async throws -> SessionRecord?
    func removeSession(tokenSHA256: String) async throws
    /// Adds lines to the hash-chained access log, all in one transaction. Nothing removes any: it is kept as long as the store.
    func appendAccess(_ entries: [AccessRecord]) async throws
    /// Newest first. A page never parts entries of the same millisecond, so it may hold a few more than `limit`.
    func accessLog(before: Date?, limit: Int) async throws -> [AccessRecord]
    /// Newest first, before a line or from the end.
    func accessLines(_ filter: AccessFilter, before sequence: Int64?, limit: Int) async throws -> [AccessLine]
    /// The number of lines of the access log, and the first that does not stand; nil if all do. Reads the whole log.
    func accessChain() async throws -> AccessChainState
}

extension CaseStore {
    public func appendAccess(_ entry: AccessRecord) async throws { try await appendAccess([entry]) }
}

/// Which cases a list shows.
public struct CaseFilter: Codable, Sendable, Hashable {
    /// Any of these; none means every state.
    public var states: [CaseState]
    public var violation: String?
    public var channelID: String?
    /// Sealed at this moment or later.
    public var from: Date?
    /// Sealed before this moment.
    public var until: Date?
    /// The shop that the case is about.
    public var shopID: String?
    public var outcome: CaseAction.Outcome?
    /// Whose review stands.
    public var decidedBy: String?
    /// Whose cameras.
    public var scope: AccessScope

    public init(
        states: [CaseState] = CaseState.waiting, violation: String? = nil, channelID: String? = nil, from: Date? = nil,
        until: Date? = nil, shopID: String? = nil, outcome: CaseAction.Outcome? = nil, decidedBy: String? = nil,
        scope: AccessScope = .all
    ) {
        self.states = states
        self.violation = violation
        self.channelID = channelID
        self.from = from
        self.until = until
        self.shopID = shopID
        self.outcome = outcome
        self.decidedBy = decidedBy
        self.scope = scope
    }
}

/// The place after which a page goes on: the last row's key.
public struct CaseCursor: Codable, Sendable, Hashable {
    public var createdAt: Date
    public var id: String

    public init(createdAt: Date, id: String) {
        self.createdAt = createdAt
        self.id = id
    }
}

/// One page, newest first; `next` is nil on the last one.
public struct CasePage: Sendable {
    public var cases: [CaseRecord]
    public var next: CaseCursor?

    public init(cases: [CaseRecord], next: CaseCursor?) {
        self.cases = cases
        self.next = next
    }
}

/// How many cases stand in each state, and what was decided today.
public struct CaseCounts: Codable, Sendable, Hashable {
    public var byState: [String: Int]
    public var candidatesByViolation: [String: Int]

    public init(byState: [String: Int], candidatesByViolation: [String: Int]) {
        self.byState = byState
        self.candidatesByViolation = candidatesByViolation
    }
}

/// One thing in a store that is not as its logs tell.
public struct StoreProblem: Codable, Sendable, Hashable, CustomStringConvertible {
    /// Table and row, or log and line, such as `cases 0193…` or `case_events line 7`.
    public var subject: String
    public var what: String

    public init(subject: String, what: String) {
        self.subject = subject
        self.what = what
    }

    public var description: String { "\(subject): \(what)" }
}

/// What a store refuses.
public enum CaseStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    case notFound(String)
    case exists(String)
    /// Somebody else changed it first; holds what stands now.
    case conflict(String)
    case refused(String)
    /// The file was made by a newer program.
    case newerSchema(found: String)
    /// Another process has the store open; its id, if it could be read.
    case locked(path: String, processID: Int32? = nil)
    case readOnly(path: String)
    case diskFull(path: String)
    case damaged(path: String, reason: String)

    public var description: String {
        switch self {
        case .notFound(let what): "\(what): not found"
        case .exists(let what): "\(what): exists already"
        case .conflict(let what): "\(what): somebody else changed it first; reload to see what stands now"
        case .refused(let why): why
        case .newerSchema(let found):
            "the store was made by a newer version of this program (it holds the step “\(found)”): use that version, or restore a backup"
        case .locked(let path, let processID):
            "\(path): another process\(processID.map { " (\($0))" } ?? "") has this store open; stop it first"
        case .readOnly(let path): "\(path): cannot be written; check the permissions and whether the disk is mounted read-only"
        case .diskFull(let path): "\(path): no space left on the disk; free some, nothing acknowledged was lost"
        case .damaged(let path, let reason): "\(path): damaged (\(reason)); restore a backup or run the check with `xunjie verify`"
        }
    }
}
