import Casework
import Foundation

/// Who is asking, once the session is known.
struct Visit: Sendable {
    var user: UserRecord
    var token: SessionToken
    var expiresAt: Date
    /// Whether the token came by cookie, which browsers send on their own: changes then need the CSRF token too.
    var isByCookie: Bool
}

/// What a role is needed for.
enum Permission: Sendable {
    /// Seeing cases and channels.
    case look
    case decide
    case editChannels
    case administer
}

extension UserRecord.Role {
    func may(_ permission: Permission) -> Bool {
        switch permission {
        case .look: true
        case .decide: self == .officer || self == .administrator
        case .editChannels: self == .operator || self == .administrator
        case .administer: self == .administrator
        }
    }
}
