import Casework
import Foundation

/// `/users`: who may log in. For administrators.
struct UsersPage: Sendable {
    struct User: Sendable {
        var login: String
        var displayName: String
        var role: UserRecord.Role
        var enabled: Bool
        var createdAt: Date
        var certificate: OfficerCertificate?
    }

    var users: [User]
    /// What was typed before, shown again (never the password). Form fields: login, name, role, password.
    var login = ""
    var name = ""
    var role = UserRecord.Role.officer
    var failure: String?
    /// Login of the user who was just added.
    var added: String?
    /// Login of the user who was just changed.
    var changed: String?
}
