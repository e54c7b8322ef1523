import Casework
import Evidence
import Foundation
import NIOPosix
import Synchronization

/// The runs on the disk, for reading. What was read last is kept as long as its files stay as they are.
final class FindingShelf: Sendable {
    /// One run as it stands.
    struct Run: Sendable {
        var folder: RunFolder
        var record: RunRecord
        var progress: RunProgress?
        /// In the order of channel and time; nil until the run is done.
        var findings: [RunFinding]?
    }

    private struct Kept {
        var stamp: Date
        var findings: [RunFinding]
    }

    private static let limit = 4

    /// `<store>/runs`.
    let folder: String
    private let kept = Mutex<[String: Kept]>([:])
    private let sizes = Mutex<[String: [Int]]>([:])

    init(folder: String) {
        self.folder = folder
    }

    /// Newest first.
    func list() async throws -> [Run] {
        let runs = try await NIOThreadPool.singleton.runIfActive { [folder] in
            RunFolder.list(in: folder).filter { $0.folder.id == $0.record.id }.map { run, record in
                Run(folder: run, record: record, progress: try? run.progress(), findings: nil)
            }
        }
        return runs.filter { ScopedRuns.isSeen($0.record) }
    }

    /// - Throws: `Refusal.notFound` for an id that names no run's folder.
    func run(_ id: String) async throws -> Run {
        // Nothing else names a run's folder; above all nothing that leads out of it.
        guard PackageID(id) != nil else { throw Refusal.notFound }
        let found = try await NIOThreadPool.singleton.runIfActive {
            let run = RunFolder(path: self.folder + "/" + id)
            guard let record = try? run.record() else { throw Refusal.notFound }
            return Run(folder: run, record: record, progress: try? run.progress(), findings: try self.findings(of: run))
        }
        guard ScopedRuns.isSeen(found.record) else { throw Refusal.notFound }
        return found
    }

    private func findings(of run: RunFolder) throws -> [RunFinding]? {
        let path = run.path + "/findings.jsonl"
        guard let stamp = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date else { return nil }
        if let known = kept.withLock({ $0[run.id] }), known.stamp == stamp { return known.findings }
        let findings = try run.findings()
        kept.withLock { kept in
            if kept.count >= Self.limit { kept.removeAll() }
            kept[run.id] = Kept(stamp: stamp, findings: findings)
        }
        return findings
    }

    /// The path of a finding's still with its size; nil for one that has none, or none that lies in its run's folder.
    func still(of finding: RunFinding, in run: Run) async throws -> (path: String, size: Int)? {
        guard let name = finding.still else { return nil }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...2).contains(parts.count), parts.allSatisfy({ Self.isSafeName($0) }), name.hasSuffix(".jpg") else { return nil }
        let paths = [run.folder.path + "/" + name, run.folder.stillsPath + "/" + name]
        return try await NIOThreadPool.singleton.runIfActive {
            for path in paths {
                guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                    attributes[.type] as? FileAttributeType == .typeRegular, let size = attributes[.size] as? NSNumber
                else { continue }
                return (path, size.intValue)
            }
            return nil
        }
    }

    /// What is known already of the picture of a case, whose package never changes.
    func pictureSize(of record: CaseRecord, _ read: () -> [Int]) -> [Int] {
        if let known = sizes.withLock({ $0[record.id] }) { return known }
        let size = read()
        sizes.withLock { sizes in
            if sizes.count > 100_000 { sizes.removeAll() }
            sizes[record.id] = size
        }
        return size
    }

    private static func isSafeName(_ name: String) -> Bool {
        guard (1...128).contains(name.utf8.count), !name.hasPrefix(".") else { return false }
        return name.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte) || "-_.".utf8.contains(byte)
        }
    }
}
