/// A set of cameras that users may be confined to (public-security video regulation of 2025, art. 16: access control).
///
/// Its id is what `UserRecord.cameraGroups` names.
public struct CameraGroup: LedgerDocument {
    public static let ledger = LedgerKind.cameraGroup

    private static let nameLimit = 100
    /// Twenty times the street's cameras.
    private static let memberLimit = 2_000

    public var name: String
    /// Ids of channels.
    public var channelIDs: [String]
    /// Codes of the grid tree: all channels in service whose grid is one of these or lies below it (its code begins with it).
    public var grids: [String]

    public init(name: String, channelIDs: [String] = [], grids: [String] = []) {
        self.name = name
        self.channelIDs = channelIDs
        self.grids = grids
    }

    private enum CodingKeys: String, CodingKey, CaseIterable { case name, channelIDs, grids }

    public init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decode(String.self, forKey: .name)
        channelIDs = try values.decodeIfPresent([String].self, forKey: .channelIDs) ?? []
        grids = try values.decodeIfPresent([String].self, forKey: .grids) ?? []
    }

    public var problems: [LedgerProblem] {
        var problems: [LedgerProblem] = []
        func add(_ field: String, _ zh: String, _ en: String) {
            problems.append(LedgerProblem(field: field, text: BilingualText(zh: zh, en: en)))
        }
        if !(1...Self.nameLimit).contains(name.count) {
            add("name", "名称须为 1–\(Self.nameLimit) 字", "a name has 1 to \(Self.nameLimit) characters")
        }
        // A group of nothing would lock its users out without a word.
        if channelIDs.isEmpty && grids.isEmpty { add("channelIDs", "请至少列出一个通道或一个网格", "name at least one channel or one grid") }
        if channelIDs.count + grids.count > Self.memberLimit {
            add("channelIDs", "最多 \(Self.memberLimit) 项", "at most \(Self.memberLimit) entries")
        }
        if channelIDs.contains(where: \.isEmpty) { add("channelIDs", "通道编号不能为空", "an id is empty") }
        if grids.contains(where: \.isEmpty) { add("grids", "网格代码不能为空", "a grid code is empty") }
        if Set(channelIDs).count < channelIDs.count { add("channelIDs", "有重复的通道", "a channel stands there twice") }
        if Set(grids).count < grids.count { add("grids", "有重复的网格", "a grid stands there twice") }
        return problems
    }

    /// The ids of its channels; a grid counts for those that are in service.
    public func members(of channels: [ChannelRecord]) -> Set<String> {
        let byGrid = channels.filter { channel in grids.contains { !$0.isEmpty && channel.grid.hasPrefix($0) } }
        return Set(channelIDs).union(byGrid.map(\.id))
    }
}

extension CaseStore {
    /// What this user may see now. A group that was retired, or that nobody made, adds nothing: a mistake must not open all cameras.
    public func scope(of user: UserRecord) async throws -> AccessScope {
        guard !user.cameraGroups.isEmpty else { return .all }
        let groups = try await documents(CameraGroup.self)
        let channels = try await channels()
        return .only(
            user.cameraGroups.reduce(into: Set<String>()) { ids, name in ids.formUnion(groups[name]?.members(of: channels) ?? []) })
    }
}
