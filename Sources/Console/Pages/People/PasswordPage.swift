/// `/password`: the viewer's own. Form fields: current, new, again.
struct PasswordPage: Sendable {
    enum Failure: Sendable {
        case currentWrong
        case notTheSame
        case tooShort(minimum: Int)
        case stale
    }

    var failure: Failure?
    var isDone = false
}
