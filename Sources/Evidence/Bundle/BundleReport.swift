/// What is wrong with a bundle, each in one line.
public enum BundleProblem: Hashable, Sendable, CustomStringConvertible {
    case unreadable(reason: String)
    /// The archive itself: a header, padding or its end.
    case archive(byte: Int64, reason: String)
    case documentMissing
    case document(reason: String)
    case documentNewer(schema: Int)
    case documentChanged(keyID: String)
    case foreignKey(keyID: String, trusted: [String])
    case memberMissing(name: String)
    case memberExtra(name: String)
    case memberChanged(name: String)
    case membersReordered
    case log(line: Int?, reason: String)
    case package(EvidenceProblem)
    /// Parts that are each whole but do not belong together.
    case mismatch(String)

    public var description: String {
        switch self {
        case .unreadable(let reason): "cannot be read: \(reason)"
        case .archive(let byte, let reason): "at byte \(byte): \(reason)"
        case .documentMissing: "bundle.json is missing"
        case .document(let reason): "bundle.json cannot be relied on: \(reason)"
        case .documentNewer(let schema):
            "bundle.json has schema \(schema), made by a newer version of this program: check it with that version"
        case .documentChanged(let keyID): "bundle.json was changed after it was signed: the signature of key \(keyID) does not fit"
        case .foreignKey(let keyID, let trusted):
            "signed by key \(keyID), which is not trusted (trusted: \(trusted.joined(separator: ", ")))"
        case .memberMissing(let name): "\(name) is missing"
        case .memberExtra(let name): "\(name) does not belong to it"
        case .memberChanged(let name): "\(name) is not as it was exported"
        case .membersReordered: "the files do not stand in the order of bundle.json"
        case .log(let line, let reason): "log.jsonl\(line.map { " line \($0)" } ?? ""): \(reason)"
        case .package(let problem): "package: \(problem)"
        case .mismatch(let what): what
        }
    }
}

/// What the check of a bundle found.
public struct BundleReport: Sendable {
    public var path: String
    /// nil if it could not be decoded; not to be relied on unless `problems` is empty.
    public var bundle: CaseBundle?
    public var signer = PackageReport.Signer.none
    public var problems: [BundleProblem] = []

    public var isIntact: Bool { problems.isEmpty }
}
