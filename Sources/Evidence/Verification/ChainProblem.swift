/// What is wrong between the packages of a store, each in one line. Paths are relative to the store's evidence folder.
public enum ChainProblem: Hashable, Sendable, CustomStringConvertible {
    /// Places in the chain that no package takes; `after` and `before` are the neighbours that are there.
    /// `unreadable` packages of the channel could be among them.
    case gap(channel: String, missing: ClosedRange<Int64>, after: String?, before: String, unreadable: Int)
    /// The package does not point to the manifest that stands before it.
    case brokenLink(channel: String, sequence: Int64, path: String, previousPath: String?)
    /// Two different packages claim one place.
    case fork(channel: String, sequence: Int64, paths: [String])
    /// The same package lies in several places.
    case copies(channel: String, sequence: Int64, paths: [String])
    /// `chain.json` knows of packages that are gone from the end.
    case newestMissing(channel: String, found: Int64, known: Int64)
    /// `chain.json` does not agree with the package that it names.
    case headDiffers(channel: String, sequence: Int64, path: String)
    case headMissing(channel: String)
    case headDamaged(channel: String, reason: String)
    /// Something that is neither a package nor a folder on the way to one.
    case stray(path: String)
    case unreadable(path: String, reason: String)
    /// A certificate that could stand for a deleted package, were it whole.
    case certificateDamaged(path: String, reason: String)

    public var description: String {
        switch self {
        case .gap(let channel, let missing, let after, let before, let unreadable):
            "channel \(channel): \(Self.text(missing)) missing from the chain, between \(after ?? "its start") and \(before)"
                + (unreadable > 0 ? " (packages with an unreadable manifest: \(unreadable))" : "")
        case .brokenLink(let channel, let sequence, let path, let previousPath):
            if let previousPath {
                "channel \(channel): the chain is broken before package \(sequence) (\(path)): "
                    + "it does not point to the manifest of \(previousPath)"
            } else {
                "channel \(channel): the first package (\(path)) points to an earlier one"
            }
        case .fork(let channel, let sequence, let paths):
            "channel \(channel): different packages claim place \(sequence) of the chain: \(paths.joined(separator: ", "))"
        case .copies(let channel, let sequence, let paths):
            "channel \(channel): package \(sequence) was copied; it lies at \(paths.joined(separator: ", "))"
        case .newestMissing(let channel, let found, let known):
            "channel \(channel): \(Self.text(found + 1...known)) missing from the end of the chain"
        case .headDiffers(let channel, let sequence, let path):
            "channel \(channel): chain.json holds another hash for package \(sequence) than the manifest of \(path) has"
        case .headMissing(let channel):
            "channel \(channel): chain.json is missing; whether the newest packages are all there cannot be told"
        case .headDamaged(let channel, let reason): "channel \(channel): chain.json cannot be relied on: \(reason)"
        case .stray(let path): "\(path): does not belong into the evidence folder"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        case .certificateDamaged(let path, let reason): "\(path): no deletion certificate that can be relied on: \(reason)"
        }
    }

    private static func text(_ places: ClosedRange<Int64>) -> String {
        places.count == 1
            ? "package \(places.lowerBound) is" : "packages \(places.lowerBound) to \(places.upperBound) are"
    }
}
