package import Casework
import Foundation

/// Who is asking, once the session is known.
struct Visit: Sendable {
    var user: UserRecord
    var token: SessionToken
    var expiresAt: Date
    /// Whether the token came by cookie, which browsers send on their own: changes then need the CSRF token too.
    var isByCookie: Bool
}

/// What a role is needed for. Which action on a case a role may take is `CaseLife`'s concern.
package enum Permission: Sendable, CaseIterable {
    /// Seeing cases and channels.
    case look
    /// Acting on cases at all.
    case casework
    /// What only enforcement officers do: making a case of a finding.
    case decide
    case editChannels
    /// Shops and permits.
    case editLedgers
    /// Reading who looked at what.
    case audit
    case administer
    /// Searching stored footage: looking for something is more than looking at what was found.
    case searchPast
    /// Taking files out of a case, masked and marked.
    case export
    /// Taking pictures out of a case that are not masked, and files as they were sealed.
    case unmask
}

extension UserRecord.Role {
    package func may(_ permission: Permission) -> Bool {
        switch permission {
        case .look: true
        case .casework: self != .operator && self != .auditor && self != .administrator
        case .decide: self == .officer || self == .secondOfficer || self == .head
        case .editChannels: self == .operator || self == .administrator
        case .editLedgers: may(.decide) || may(.editChannels)
        case .audit: self == .auditor || self == .head || self == .administrator
        case .administer: self == .administrator
        case .searchPast: self != .auditor
        case .export: may(.unmask) || self == .auditor
        case .unmask: may(.decide) || self == .legalReview
        }
    }
}
