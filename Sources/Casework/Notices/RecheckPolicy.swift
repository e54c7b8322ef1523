/// How long after a message the view is looked at again: `recheck` of `Config/casework.yaml`.
public struct RecheckPolicy: Codable, Sendable, Hashable {
    /// Minutes by violation; `default` for all others.
    public var minutes: [String: Int]
    /// For how long after its time a case waits for a camera that cannot be reached, before the look says so.
    public var patienceMinutes: Double
    /// Between two pictures of one look, seconds: a passer-by is gone by then.
    public var pictureSeconds: Double
    /// Pictures of one look.
    public var pictures: Int

    public static let defaultKey = "default"

    public init(minutes: [String: Int] = [defaultKey: 30], patienceMinutes: Double = 10, pictureSeconds: Double = 20, pictures: Int = 5) {
        self.minutes = minutes
        self.patienceMinutes = patienceMinutes
        self.pictureSeconds = pictureSeconds
        self.pictures = pictures
    }

    private enum CodingKeys: String, CodingKey {
        case minutes
        case patienceMinutes = "patience_min"
        case pictureSeconds = "picture_s"
        case pictures
    }

    public func minutes(for violation: String) -> Int { minutes[violation] ?? minutes[Self.defaultKey] ?? 30 }

    /// Everything that is wrong, in words.
    /// - Parameter violations: the ids that there are.
    public func problems(violations: Set<String>) -> [String] {
        var problems: [String] = []
        if minutes[Self.defaultKey] == nil { problems.append("minutes: “default” is missing") }
        for (violation, value) in minutes.sorted(by: { $0.key < $1.key }) {
            if violation != Self.defaultKey, !violations.contains(violation) {
                problems.append("minutes: “\(violation)” is no violation of violations.yaml")
            }
            if !(1...10_080).contains(value) { problems.append("minutes: \(violation) is \(value); from 1 to 10080, a week") }
        }
        if !(1...1_440).contains(patienceMinutes) { problems.append("patience_min must be from 1 to 1440") }
        if !(0.2...120).contains(pictureSeconds) { problems.append("picture_s must be from 0.2 to 120") }
        if !(3...15).contains(pictures) { problems.append("pictures must be from 3 to 15: the median of fewer is no majority") }
        return problems
    }
}
