import Casework
import Evidence
import Foundation
import NIOPosix

/// The sealed packages on disk, for reading.
struct EvidenceFolder: Sendable {
    /// More than a hundred times what one holds.
    private static let manifestLimitBytes = 4 << 20

    let root: String
    let verifier: EvidenceVerifier

    /// The manifest of a case's package; nil if it is not there or cannot be read, which `verify` explains.
    func manifest(of record: CaseRecord) async throws -> EvidenceManifest? {
        guard let folder = folder(of: record) else { return nil }
        return try await NIOThreadPool.singleton.runIfActive {
            let path = folder + "/manifest.json"
            guard let size = Self.regularFileSize(path), size <= Self.manifestLimitBytes,
                let data = try? Data(contentsOf: URL(fileURLWithPath: path))
            else { return nil }
            return try? JSONDecoder().decode(EvidenceManifest.self, from: data)
        }
    }

    /// Reads every byte of the package.
    func verify(_ record: CaseRecord) async throws -> PackageReport? {
        guard let folder = folder(of: record) else { return nil }
        return try await NIOThreadPool.singleton.runIfActive { verifier.verify(package: folder) }
    }

    /// The path of a file that the manifest names (or of the manifest itself) with its size; nil for any other name, and for
    /// what is no regular file.
    func file(_ name: String, of record: CaseRecord) async throws -> (path: String, size: Int, entry: EvidenceManifest.File?)? {
        guard Self.isSafeName(name), let folder = folder(of: record) else { return nil }
        var entry: EvidenceManifest.File?
        if name != "manifest.json" {
            entry = try await manifest(of: record)?.files.first { $0.name == name }
            guard entry != nil else { return nil }
        }
        let path = folder + "/" + name
        let size = try await NIOThreadPool.singleton.runIfActive { Self.regularFileSize(path) }
        return size.map { (path, $0, entry) }
    }

    /// nil for a path that leads out of the store.
    func folder(of record: CaseRecord) -> String? {
        let parts = record.packagePath.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard !parts.isEmpty, parts.allSatisfy(Self.isSafeName) else { return nil }
        return root + "/" + record.packagePath
    }

    /// Never a path, never hidden, never a parent folder.
    private static func isSafeName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), !name.hasPrefix(".") else { return false }
        return name.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || "-_.".utf8.contains(byte)
        }
    }

    /// A symbolic link is no regular file.
    private static func regularFileSize(_ path: String) -> Int? {
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            attributes[.type] as? FileAttributeType == .typeRegular
        else { return nil }
        return (attributes[.size] as? NSNumber)?.intValue
    }
}
