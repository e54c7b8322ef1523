import Casework

/// `/users/{login}`: one user, to be changed. For administrators.
struct UserPage: Sendable {
    var user: UserRecord
    var failure: String?
}
