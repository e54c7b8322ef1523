/// An addendum as the case's log names it: without that line nobody could tell that the newest were removed.
public struct LoggedAddendum: Hashable, Sendable {
    /// Within the package, such as `addenda/0002-second-look`.
    public var folder: String
    public var sha256: ContentHash

    public init(folder: String, sha256: ContentHash) {
        self.folder = folder
        self.sha256 = sha256
    }
}
