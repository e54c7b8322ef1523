/// The members of a channel that people fill in, by the names that lists, the channels file and the API use.
public enum ChannelField: String, Codable, Sendable, Hashable, CaseIterable {
    case id
    case nationalID = "national_id"
    case name
    case url
    case subURL = "sub_url"
    case transport, place, longitude, latitude, grid, owner, importance, enabled, loops
}

/// What is wrong with one member of a channel, and what to do about it. Never holds an address.
public struct ChannelProblem: Error, Sendable, Hashable, CustomStringConvertible {
    public var field: ChannelField?
    public var reason: BilingualText
    /// What the operator can do.
    public var advice: BilingualText

    public init(_ field: ChannelField?, reason: BilingualText, advice: BilingualText) {
        self.field = field
        self.reason = reason
        self.advice = advice
    }

    public var description: String { [field?.rawValue, reason.en, advice.en].compactMap { $0 }.joined(separator: ": ") }
}
