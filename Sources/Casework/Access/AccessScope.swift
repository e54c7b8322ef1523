/// Which cameras somebody may see.
///
/// Everything that hangs on a camera follows it: cases, evidence, faults, footage, runs. What lies outside does not exist for whoever
/// asks: an answer must not tell it from what is not there.
public enum AccessScope: Codable, Sendable, Hashable {
    case all
    /// Ids of channels; none of them need be in service.
    case only(Set<String>)

    /// Nothing at all: what stands until somebody says otherwise.
    public static let nothing = AccessScope.only([])

    public func holds(_ channelID: String) -> Bool {
        switch self {
        case .all: true
        case .only(let ids): ids.contains(channelID)
        }
    }

    /// What hangs on several cameras is within the scope if each of them is.
    public func holds(all channelIDs: some Sequence<String>) -> Bool { channelIDs.allSatisfy(holds) }

    public func intersection(_ other: AccessScope) -> AccessScope {
        switch (self, other) {
        case (.all, _): other
        case (_, .all): self
        case (.only(let ids), .only(let others)): .only(ids.intersection(others))
        }
    }

    /// nil for all.
    public var channelIDs: Set<String>? {
        switch self {
        case .all: nil
        case .only(let ids): ids
        }
    }

    /// Whether some cameras are kept from whoever asks.
    public var isConfined: Bool { self != .all }
}
