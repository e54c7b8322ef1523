/// `/login`.
struct LoginPage: Sendable {
    enum Failure: Sendable {
        /// Login or password is wrong; which one is not told.
        case refused
        /// Too many failures; seconds until the next try is looked at.
        case tooMany(retryAfterSeconds: Int)
        /// The form was too old: its token did not match.
        case stale
    }

    /// What was typed before, shown again.
    var login = ""
    var failure: Failure?
}
