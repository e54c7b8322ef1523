/// What is wrong with one addendum of a package, or between them.
public enum AddendumProblem: Error, Hashable, Sendable, CustomStringConvertible {
    case documentMissing
    case documentMalformed(String)
    case documentNewer(schema: Int)
    case documentUnsigned
    /// The signature does not fit the document's bytes.
    case documentChanged(keyID: String)
    case foreignKey(keyID: String, trusted: [String])
    /// It belongs to another package.
    case otherPackage(PackageID)
    /// The folder's name is not the one that its document belongs into: it was moved, copied or put in another order.
    case misplaced(expected: String)
    /// No addendum has this place, though later ones are there.
    case missing(sequence: Int)
    /// Several folders claim one place.
    case claimed(sequence: Int, folders: [String])
    /// It does not point to what stands before it.
    case brokenLink(to: String)
    /// Neither an addendum nor a part of one.
    case stray
    /// A file of it.
    indirect case file(EvidenceProblem)
    /// The time-stamp in it is none of this package's manifest.
    case timeStamp(String)
    /// The case's log names an addendum that is not there.
    case loggedButMissing(sha256: ContentHash)

    public var description: String {
        switch self {
        case .documentMissing: "addendum.json is missing"
        case .documentMalformed(let reason): "addendum.json is malformed: \(reason)"
        case .documentNewer(let schema): "addendum.json has schema \(schema), made by a newer version of this program"
        case .documentUnsigned: "addendum.json has no signature"
        case .documentChanged(let keyID):
            "addendum.json was changed after it was sealed: the signature of key \(keyID) does not fit"
        case .foreignKey(let keyID, let trusted):
            "addendum.json is signed by key \(keyID), which is not trusted (trusted: \(trusted.joined(separator: ", ")))"
        case .otherPackage(let id): "it belongs to package \(id)"
        case .misplaced(let expected): "it belongs at \(expected)"
        case .missing(let sequence): "addendum \(sequence) was removed"
        case .claimed(let sequence, let folders):
            "several folders claim to be addendum \(sequence): \(folders.joined(separator: ", "))"
        case .brokenLink(let to): "the chain of addenda is broken: it does not point to \(to)"
        case .stray: "does not belong into the folder of addenda"
        case .file(let problem): problem.description
        case .timeStamp(let reason): "the time-stamp does not hold: \(reason)"
        case .loggedButMissing(let sha256): "it, which the case's log names with hash \(sha256) was removed or replaced"
        }
    }
}
