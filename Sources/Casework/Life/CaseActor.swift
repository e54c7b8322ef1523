/// Who acts on a case, as the store knows them at that moment.
public struct CaseActor: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// This program.
        case machine
        /// The person or shop that the case is about, by the query page.
        case party
        case user(UserRecord.Role)
    }

    /// A user's id, `machine` or `party`.
    public var id: String
    public var kind: Kind
    public var certificate: OfficerCertificate?

    public init(id: String, kind: Kind, certificate: OfficerCertificate? = nil) {
        self.id = id
        self.kind = kind
        self.certificate = certificate
    }

    public init(_ user: UserRecord) {
        self.init(id: user.id, kind: .user(user.role), certificate: user.certificate)
    }

    public static let machine = CaseActor(id: "machine", kind: .machine)
    public static let party = CaseActor(id: "party", kind: .party)
}

/// The certificate by which an officer may enforce (administrative penalty law art. 42: qualified officers).
public struct OfficerCertificate: Codable, Sendable, Hashable {
    /// As printed on it, 1…40 characters.
    public var number: String
    /// The first day on which it holds.
    public var validFrom: LocalDay
    /// The last day on which it holds.
    public var validUntil: LocalDay

    public init(number: String, validFrom: LocalDay, validUntil: LocalDay) {
        self.number = number
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    public func holds(on day: LocalDay) -> Bool { !number.isEmpty && validFrom <= day && day <= validUntil }
}
