public import Foundation

/// Where a case stands. Every state but `candidate` is an officer's word.
public enum CaseState: String, Codable, Sendable, CaseIterable {
    /// Sealed by the machine, nobody has looked yet.
    case candidate
    /// An officer saw the violation and goes on with it.
    case confirmed
    case falseAlarm = "false-alarm"
    /// True, but allowed here or now (permit, hours, festival).
    case exempt
    /// Another body's matter (police, sanitation, construction …).
    case transferred
}

/// One row of the queue: an incident whose evidence is sealed.
public struct CaseRecord: Codable, Sendable, Identifiable, Hashable {
    /// Sorts by creation (UUID version 7, RFC 9562 §5.7), lower-case text.
    public var id: String
    public var incident: IncidentRecord
    public var state: CaseState
    public var createdAt: Date
    /// Folder of the sealed package, relative to the store's evidence folder.
    public var packagePath: String
    /// SHA-256 of the manifest file, lower-case hex.
    public var manifestSHA256: String
    public var decision: Decision?

    public init(
        id: String, incident: IncidentRecord, state: CaseState, createdAt: Date, packagePath: String,
        manifestSHA256: String, decision: Decision? = nil
    ) {
        self.id = id
        self.incident = incident
        self.state = state
        self.createdAt = createdAt
        self.packagePath = packagePath
        self.manifestSHA256 = manifestSHA256
        self.decision = decision
    }
}

/// One continuing violation in one zone of one channel (administrative penalty law art. 29: no two fines for one act).
public struct IncidentRecord: Codable, Sendable, Identifiable, Hashable {
    public enum Phase: String, Codable, Sendable { case opened, confirmed, cleared }

    public var id: String
    public var channelID: String
    /// Such as `storefront-encroachment`; the catalogue in `Config/violations.yaml` names it.
    public var violation: String
    public var zoneID: String
    public var zonesVersion: Int
    public var ruleVersion: String
    public var phase: Phase
    /// Wall-clock time at which the object was first still.
    public var openedAt: Date
    public var confirmedAt: Date?
    public var clearedAt: Date?
    /// The object in pixels of the main picture: x, y, width, height.
    public var box: [Int]
    /// How sure the rule is, 0…1.
    public var score: Double

    public init(
        id: String, channelID: String, violation: String, zoneID: String, zonesVersion: Int, ruleVersion: String,
        phase: Phase, openedAt: Date, confirmedAt: Date? = nil, clearedAt: Date? = nil, box: [Int], score: Double
    ) {
        self.id = id
        self.channelID = channelID
        self.violation = violation
        self.zoneID = zoneID
        self.zonesVersion = zonesVersion
        self.ruleVersion = ruleVersion
        self.phase = phase
        self.openedAt = openedAt
        self.confirmedAt = confirmedAt
        self.clearedAt = clearedAt
        self.box = box
        self.score = score
    }
}

/// What an officer said of a case, once.
public struct Decision: Codable, Sendable, Hashable {
    public enum Verdict: String, Codable, Sendable, CaseIterable {
        case confirm
        case falseAlarm = "false-alarm"
        case exempt
        case transfer

        /// The state that the verdict leads to.
        public var state: CaseState {
            switch self {
            case .confirm: .confirmed
            case .falseAlarm: .falseAlarm
            case .exempt: .exempt
            case .transfer: .transferred
            }
        }
    }

    public var verdict: Verdict
    /// Reason code from `Config/reasons.yaml`; needed for every verdict but `confirm`.
    public var reason: String?
    public var note: String
    public var userID: String
    public var at: Date

    public init(verdict: Verdict, reason: String?, note: String, userID: String, at: Date) {
        self.verdict = verdict
        self.reason = reason
        self.note = note
        self.userID = userID
        self.at = at
    }
}

/// One line of a case's life. Appended, never changed or removed; each carries the hash of the one before.
public struct CaseEvent: Codable, Sendable, Hashable {
    /// Place in the whole store's log, from 1.
    public var sequence: Int64
    public var caseID: String
    public var at: Date
    /// A user's id, or `machine`.
    public var actor: String
    /// Such as `sealed`, `decided`, `undone`, `cleared`, `noted`, `repaired`.
    public var kind: String
    /// JSON object with what the kind needs.
    public var detail: String
    /// SHA-256 over the previous event's hash and this event's fields, lower-case hex.
    public var hash: String

    public init(sequence: Int64, caseID: String, at: Date, actor: String, kind: String, detail: String, hash: String) {
        self.sequence = sequence
        self.caseID = caseID
        self.at = at
        self.actor = actor
        self.kind = kind
        self.detail = detail
        self.hash = hash
    }
}
