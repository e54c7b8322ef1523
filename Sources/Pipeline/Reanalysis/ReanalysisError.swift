/// Why a run cannot begin or go on. What is wrong with single files stands among its problems instead.
public enum ReanalysisError: Error, Sendable, CustomStringConvertible {
    case inputChanged(String)
    case isRunning(String)
    case otherProfiles(of: String, is: String)
    case otherProgram(of: String, is: String)
    case zones(channelID: String, reason: String)
    case folder(String, reason: String)

    public var description: String {
        switch self {
        case .inputChanged(let path):
            "\(path) has changed since this run first read it: its findings would be of two recordings; begin a new run"
        case .isRunning(let path): "another process works on this run (\(path)/lock): wait for it, or pause it"
        case .otherProfiles(let made, let present):
            "this run was begun with other profiles (\(made.prefix(12))…) than these (\(present.prefix(12))…): "
                + "give it those with --models, or begin a new run"
        case .otherProgram(let made, let present): "this run was begun by \(made), this is \(present): begin a new run"
        case .zones(let channelID, let reason): "the zones of channel \(channelID): \(reason)"
        case .folder(let path, let reason): "\(path): \(reason)"
        }
    }
}
