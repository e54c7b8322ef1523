/// The package folders of a channel, found by their depth, and what does not belong there.
struct StoreTree {
    /// Relative to the evidence folder, sorted.
    var places: [String] = []
    /// Paths relative to the evidence folder of what is neither a package nor a folder on the way to one.
    var strays: [String] = []

    init(evidence: String, channel: String) throws(EvidenceError) {
        guard let status = try FileStatus.of(evidence + "/" + channel), status.kind == .folder else { return }
        try descend(evidence: evidence, into: channel, digitCounts: [4, 2, 2])
    }

    /// The folders that can be a channel's, and what else lies among them.
    static func channels(evidence: String) throws(EvidenceError) -> (channels: [String], strays: [String]) {
        var channels: [String] = []
        var strays: [String] = []
        for name in try Folder.names(in: evidence) {
            let isFolder = try FileStatus.of(evidence + "/" + name)?.kind == .folder
            if isFolder && StoreLayout.isSafeName(name) { channels.append(name) } else { strays.append(name) }
        }
        return (channels, strays)
    }

    private mutating func descend(evidence: String, into path: String, digitCounts: [Int]) throws(EvidenceError) {
        for name in try Folder.names(in: evidence + "/" + path) {
            let inner = path + "/" + name
            let isFolder = try FileStatus.of(evidence + "/" + inner)?.kind == .folder
            if digitCounts.count == 3 && name == StoreLayout.headName && !isFolder { continue }
            guard isFolder else {
                strays.append(inner)
                continue
            }
            if let count = digitCounts.first {
                if name.utf8.count == count && name.utf8.allSatisfy({ (48...57).contains($0) }) {
                    try descend(evidence: evidence, into: inner, digitCounts: Array(digitCounts.dropFirst()))
                } else {
                    strays.append(inner)
                }
            } else {
                places.append(inner)
            }
        }
    }
}
