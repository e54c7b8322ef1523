/// What ends a walk that is no fault of the footage.
enum WalkError: Error, Sendable, CustomStringConvertible {
    case still(any Error)

    var description: String {
        switch self {
        case .still(let error): "\(error)"
        }
    }
}
