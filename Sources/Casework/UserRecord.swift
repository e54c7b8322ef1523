public import Foundation

/// Who may log in.
public struct UserRecord: Codable, Sendable, Identifiable, Hashable {
    public enum Role: String, Codable, Sendable, CaseIterable {
        /// Sorts candidates beforehand; releases nothing (business environment regulation art. 64).
        case screener
        /// Reviews, reminds, orders, re-checks; needs a certificate.
        case officer
        /// Reviews too, and gives the second opinion; needs a certificate.
        case secondOfficer = "second-officer"
        /// Re-examines objections; puts legal holds.
        case legalReview = "legal-review"
        /// Settles disagreements; needs a certificate.
        case head
        /// Adds and edits channels.
        case `operator`
        /// Reads everything, the access log too; changes nothing.
        case auditor
        /// Channels, ledgers and users; decides no case.
        case administrator
    }

    public var id: String
    public var login: String
    public var displayName: String
    public var role: Role
    /// Self-describing: `scrypt$N$r$p$salt$key` in base64.
    public var passwordHash: String
    public var enabled: Bool
    public var createdAt: Date
    /// Needed by whoever decides.
    public var certificate: OfficerCertificate?
    /// Groups of cameras, by their ids in the ledger, that this user may see; empty for all.
    public var cameraGroups: [String]
    /// The user's unit, which the access log names; nil for the one of `Config/access.yaml`.
    public var unit: String?

    public init(
        id: String, login: String, displayName: String, role: Role, passwordHash: String, enabled: Bool = true,
        createdAt: Date, certificate: OfficerCertificate? = nil, cameraGroups: [String] = [], unit: String? = nil
    ) {
        self.id = id
        self.login = login
        self.displayName = displayName
        self.role = role
        self.passwordHash = passwordHash
        self.enabled = enabled
        self.createdAt = createdAt
        self.certificate = certificate
        self.cameraGroups = cameraGroups
        self.unit = unit
    }
}

/// A logged-in browser or API client. Only the token's hash is kept.
public struct SessionRecord: Codable, Sendable, Hashable {
    /// SHA-256 of the token, lower-case hex.
    public var tokenSHA256: String
    public var userID: String
    public var createdAt: Date
    public var expiresAt: Date

    public init(tokenSHA256: String, userID: String, createdAt: Date, expiresAt: Date) {
        self.tokenSHA256 = tokenSHA256
        self.userID = userID
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}
