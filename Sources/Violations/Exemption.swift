/// Why something that stands there is not reported, or not yet.
public enum Exemption: Sendable, Hashable {
    /// It stands where and when a permit allows it.
    case permit(zoneID: String, number: String?)
    /// It looks like a person, who may stand and wait.
    case person
    /// Several people stand side by side.
    case queue
    /// Somebody has been with it nearly all the time: it is not left.
    case attended
    /// It went away before its dwell was over: a delivery, somebody who set something down for a moment.
    case shortStay

    /// The reason's name in files and the API.
    public var id: String {
        switch self {
        case .permit: "permit"
        case .person: "person"
        case .queue: "queue"
        case .attended: "attended"
        case .shortStay: "short-stay"
        }
    }
}
