import Casework

/// `/users/{login}`: one user, to be changed. For administrators.
struct UserPage: Sendable {
    var user: UserRecord
    /// The groups of cameras in use, by id.
    var groups: [String: CameraGroup] = [:]
    var failure: String?
}
