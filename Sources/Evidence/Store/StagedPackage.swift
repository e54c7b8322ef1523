import Foundation
import Synchronization

/// A package while it is being filled, in the store's staging folder; nobody sees it until it is sealed.
///
/// Safe from any thread. One that is neither sealed nor abandoned is removed with its last reference.
public final class StagedPackage: Sendable {
    public let packageID: PackageID
    /// The staging folder of this package.
    public let path: String
    private let state = Mutex(State.open([]))

    private enum State {
        case open([Entry])
        case closed
    }

    struct Entry {
        var name: String
        var role: EvidenceManifest.Role
        var derivedFrom: String?
    }

    init(packageID: PackageID, path: String) throws(EvidenceError) {
        try Folder.makeNew(path)
        self.packageID = packageID
        self.path = path
    }

    deinit {
        try? abandon()  // a folder that cannot be removed now is removed by the store's next recovery
    }

    /// Writes a file. It is on the disk when the package is sealed. On failure the whole package is abandoned.
    ///
    /// - Parameter derivedFrom: the file that this one was made from, for a copy that was drawn on.
    public func add(_ name: String, role: EvidenceManifest.Role, bytes: [UInt8], derivedFrom: String? = nil)
        throws(EvidenceError)
    {
        try register(Entry(name: name, role: role, derivedFrom: derivedFrom))
        do {
            try OpenFile(creating: path(for: name), mode: 0o600).write(bytes)
        } catch {
            try? abandon()  // the first error is the one to tell
            throw error
        }
    }

    /// Where somebody else may write a file, to be taken in by `adopt` when it is complete and closed.
    public func path(for name: String) -> String { path + "/" + name }

    /// Takes in a file that somebody else wrote at `path(for:)`.
    public func adopt(_ name: String, role: EvidenceManifest.Role, derivedFrom: String? = nil) throws(EvidenceError) {
        guard StoreLayout.isFileName(name) else { throw Self.badName(name) }
        guard try FileStatus.of(path(for: name))?.kind == .file else {
            throw .invalid("\(path(for: name)): there is no such file to take in")
        }
        try register(Entry(name: name, role: role, derivedFrom: derivedFrom))
    }

    /// Removes the package with all that was added; does nothing once it is sealed or abandoned.
    public func abandon() throws(EvidenceError) {
        guard close() != nil else { return }
        try Folder.remove(path)
    }

    /// Ends the filling and answers what was added; nil if it had ended before.
    func close() -> [Entry]? {
        state.withLock { state in
            guard case .open(let entries) = state else { return nil }
            state = .closed
            return entries
        }
    }

    private func register(_ entry: Entry) throws(EvidenceError) {
        guard StoreLayout.isFileName(entry.name) else { throw Self.badName(entry.name) }
        try state.withLock { state throws(EvidenceError) in
            guard case .open(var entries) = state else {
                throw .invalid("\(path): the package was sealed or abandoned already")
            }
            guard !entries.contains(where: { $0.name == entry.name }) else {
                throw .exists(path: path(for: entry.name))
            }
            entries.append(entry)
            state = .open(entries)
        }
    }

    private static func badName(_ name: String) -> EvidenceError {
        .invalid(
            "“\(name.prefix(80))” cannot name a file of a package: 1 to 64 of a–z, 0–9, “-”, “_”, “.”, no leading dot")
    }
}
