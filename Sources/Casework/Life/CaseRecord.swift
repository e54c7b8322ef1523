public import Foundation

/// One row of the queue: an incident whose evidence is sealed, and how far people have brought it.
public struct CaseRecord: Encodable, Sendable, Identifiable, Hashable {
    /// Sorts by creation (UUID version 7, RFC 9562 §5.7), lower-case text.
    public var id: String
    public var incident: IncidentRecord
    public var createdAt: Date
    /// Folder of the sealed package, relative to the store's evidence folder.
    public var packagePath: String
    /// SHA-256 of the manifest file, lower-case hex.
    public var manifestSHA256: String
    public var standing: CaseStanding
    /// Set once retention has removed the package; the row and its log stay.
    public var deletedAt: Date?

    public var state: CaseState { standing.state }
    /// The review that stands.
    public var decision: Decision? { standing.decision }

    public init(
        id: String, incident: IncidentRecord, createdAt: Date, packagePath: String, manifestSHA256: String,
        standing: CaseStanding = CaseStanding(), deletedAt: Date? = nil
    ) {
        self.id = id
        self.incident = incident
        self.createdAt = createdAt
        self.packagePath = packagePath
        self.manifestSHA256 = manifestSHA256
        self.standing = standing
        self.deletedAt = deletedAt
    }

    private enum CodingKeys: String, CodingKey {
        case id, incident, state, createdAt, packagePath, manifestSHA256, decision, standing, deletedAt
    }

    /// `state` and `decision` stand beside `standing` too, for clients that need no more.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(incident, forKey: .incident)
        try container.encode(state, forKey: .state)
        try container.encode(createdAt, forKey: .createdAt)
        try container.encode(packagePath, forKey: .packagePath)
        try container.encode(manifestSHA256, forKey: .manifestSHA256)
        try container.encodeIfPresent(decision, forKey: .decision)
        try container.encode(standing, forKey: .standing)
        try container.encodeIfPresent(deletedAt, forKey: .deletedAt)
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

/// What a certified officer said of a case in review.
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
    /// What the officer affirmed of the record; empty in decisions from before this was asked.
    public var ticks: Set<CaseAction.Tick>
    /// Reason code from `Config/reasons.yaml`; needed for every verdict but `confirm`.
    public var reason: String?
    public var note: String
    public var userID: String
    public var at: Date

    public init(verdict: Verdict, ticks: Set<CaseAction.Tick> = [], reason: String?, note: String, userID: String, at: Date) {
        self.verdict = verdict
        self.ticks = ticks
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
    /// Such as `sealed`, `decided`, `undone`, `remind`, `cleared`, `noted`, `repaired`.
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
