/// Why the console cannot start.
public enum ConsoleError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Another program listens there.
    case portBusy(host: String, port: Int)
    /// The address cannot be listened on for another reason; holds the system's words.
    case cannotListen(host: String, port: Int, reason: String)
    /// A file that the program was built with is missing or malformed.
    case damagedResource(name: String, reason: String)
    /// The file with the token for `/metrics` cannot be used.
    case unusableToken(path: String, reason: String)

    public var description: String {
        switch self {
        case .portBusy(let host, let port):
            "the console cannot listen on \(host):\(port): another program does already; stop it, or choose another port"
        case .cannotListen(let host, let port, let reason):
            "the console cannot listen on \(host):\(port): \(reason)"
        case .damagedResource(let name, let reason):
            "the console's file \(name) cannot be used (\(reason)); build the program again"
        case .unusableToken(let path, let reason): "\(path): \(reason), or remove it to have another made"
        }
    }
}
