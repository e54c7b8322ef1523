import Evidence
import Foundation
import Testing

/// A file system of a few hundred kilobytes of memory, mounted for one test.
final class SmallDisk {
    let folder: TestFolder

    /// Mounting needs root in a machine or container that allows it.
    static let isPossible: Bool = {
        let disk = try? SmallDisk(kibibytes: 64)
        disk?.unmount()
        if disk == nil {
            print("\n*** THE TESTS OF A FULL AND A READ-ONLY DISK WERE NOT RUN: mounting a tmpfs needs root ***\n")
        }
        return disk != nil
    }()

    init(kibibytes: Int) throws {
        folder = try TestFolder()
        try run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "tmpfs", folder.path)
    }

    /// Lazily, as a store that is still open may hold the disk for a moment longer.
    func unmount() {
        _ = try? run("umount", "-l", folder.path)
    }
}

@Suite(.enabled(if: SmallDisk.isPossible, "mounting a tmpfs needs root"), .serialized)
struct SmallDiskTests {
    @Test(
        "a full disk is named, nothing is left in staging, and what was sealed stays whole", arguments: [200, 230, 260])
    func fullDisk(kibibytes: Int) throws {
        let disk = try SmallDisk(kibibytes: kibibytes)
        defer { disk.unmount() }
        let root = disk.folder.path
        do {
            let store = try EvidenceStore(root: root, key: .loadOrCreate(at: root + "/key.pem"))
            var generator = SeededGenerator(state: 1)
            var sealed: [SealedPackage] = []
            let error = #expect(throws: (any Error).self) {
                for hour in 0..<100 {
                    sealed.append(
                        try TestStore.seal(in: store, channel: "a", hour: hour, clipBytes: 5000, using: &generator))
                }
            }
            // The clip is written by the test itself, with Foundation's error.
            if let error = error as? EvidenceError {
                guard case .diskFull = error else {
                    Issue.record(error)
                    return
                }
            } else {
                #expect((error as? CocoaError)?.code == .fileWriteOutOfSpace)
            }
            #expect(sealed.count > 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: root + "/staging").isEmpty)

            let staged = try store.begin(PackageID(milliseconds: 5, using: &generator))
            #expect(throws: EvidenceError.diskFull(path: staged.path(for: "clip.mp4"))) {
                try staged.add("clip.mp4", role: .clip, bytes: generator.bytes(400_000))
            }
            #expect(!exists(staged.path))
            let report = EvidenceVerifier().verify(store: root)
            #expect(report.isIntact, "\(report.lines)")
            #expect(report.packageCount == sealed.count)
        }
        try run("mount", "-o", "remount,size=2m", root)
        let store = try EvidenceStore(root: root, key: .loadOrCreate(at: root + "/key.pem"))
        let known = try store.recover().packages.count
        var generator = SeededGenerator(state: 2)
        let next = try TestStore.seal(in: store, channel: "a", using: &generator)
        #expect(next.manifest.chain.sequence == Int64(known) + 1)
        #expect(EvidenceVerifier().verify(store: root).isIntact)
    }

    @Test("a read-only disk is named, for the store, a package and the key")
    func readOnly() throws {
        let disk = try SmallDisk(kibibytes: 400)
        defer { disk.unmount() }
        let root = disk.folder.path
        var generator = SeededGenerator(state: 1)
        let key = try SigningKey.loadOrCreate(at: root + "/key.pem")
        let store = try EvidenceStore(root: root, key: key)
        _ = try TestStore.seal(in: store, channel: "a", using: &generator)
        try run("mount", "-o", "remount,ro", root)
        let id = PackageID(milliseconds: 5, using: &generator)
        #expect(throws: EvidenceError.readOnly(path: "\(root)/staging/\(id)")) { try store.begin(id) }
        #expect(throws: EvidenceError.readOnly(path: root + "/other.pem")) {
            try SigningKey.loadOrCreate(at: root + "/other.pem")
        }
        let report = EvidenceVerifier().verify(store: root)
        #expect(report.isIntact, "\(report.lines)")
    }
}
