import Evidence
import Foundation
import FrameCore
import Testing

@Suite struct EvidenceStoreTests {
    @Test("a sealed package lies at its place by local date, complete, private and verified")
    func sealing() throws {
        let store = try TestStore()
        let packages = try store.fill("north-gate", count: 2, clipBytes: 600_000)
        let first = packages[0]
        #expect(first.relativePath == "north-gate/2026/11/24/\(first.packageID)")
        #expect(first.manifest.relativePath == first.relativePath)
        let names = try FileManager.default.contentsOfDirectory(atPath: store.path(first))
        #expect(
            names.sorted() == ["after-dwell.jpg", "annotated.jpg", "clip.mp4", "manifest.json", "scene-before.jpg"])
        #expect(ContentHash(of: try contents(store.path(first, "manifest.json"))) == first.manifestSHA256)
        #expect(first.manifest.chain.sequence == 1 && first.manifest.chain.previousSHA256 == .zero)
        #expect(
            packages[1].manifest.chain.sequence == 2
                && packages[1].manifest.chain.previousSHA256 == first.manifestSHA256)
        let clip = try #require(first.manifest.files.first { $0.role == .clip })
        #expect(clip.bytes == 600_000 && clip.blockSHA256.count == 3 && clip.original)
        #expect(clip.sha256 == ContentHash(of: try contents(store.path(first, "clip.mp4"))))
        let annotated = try #require(first.manifest.files.first { $0.role == .annotated })
        #expect(!annotated.original && annotated.derivedFrom == "after-dwell.jpg")
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.root + "/staging").isEmpty)
        for (path, mode) in [(store.path(first), 0o700), (store.path(first, "clip.mp4"), 0o400)] as [(String, mode_t)] {
            var status = stat()
            #expect(lstat(path, &status) == 0 && status.st_mode & 0o777 == mode)
        }
        let report = store.verify()
        #expect(report.isIntact, "\(report.lines)")
        #expect(report.packageCount == 2 && report.packagesByKeyID == [store.key.keyID: 2])
    }

    @Test("the manifest on disk reads as plain JSON with the signature as its last member")
    func manifestForm() throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1)[0]
        let bytes = try contents(store.path(package, "manifest.json"))
        #expect(try JSONDecoder().decode(EvidenceManifest.self, from: Data(bytes)) == package.manifest)
        let text = String(decoding: bytes, as: UTF8.self)
        let marker = try #require(text.range(of: ",\n  \"signature\" : {"))
        #expect(text[marker.upperBound...].hasSuffix("\n  }\n}\n"))
        #expect(text.contains("\"box\" : [\n    400,\n    500,\n    320,\n    180\n  ]"))
        #expect(text.contains("T04:00:00.000+08:00"))
        // Anybody can check it with openssl: cut the member out, and verify what is left.
        let member =
            try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])["signature"]
            as? [String: String]
        let signature = try #require(member.flatMap { $0["value"] }.flatMap { Data(base64Encoded: $0) })
        let folder = try TestFolder()
        try Data((text[..<marker.lowerBound] + "\n}\n").utf8).write(to: URL(fileURLWithPath: folder / "body"))
        try signature.write(to: URL(fileURLWithPath: folder / "signature"))
        let answer = try run(
            "openssl", "pkeyutl", "-verify", "-pubin", "-inkey", store.root + "/key.pub", "-rawin", "-in",
            folder / "body",
            "-sigfile", folder / "signature")
        #expect(String(decoding: answer, as: UTF8.self).contains("Verified Successfully"))
    }

    @Test("eight threads sealing on three channels make three perfect chains")
    func threads() throws {
        let store = try TestStore()
        let open = try store.open()
        let group = DispatchGroup()
        for worker in 0..<8 {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                var generator = SeededGenerator(state: UInt64(worker))
                for index in 0..<9 {
                    do {
                        _ = try TestStore.seal(
                            in: open, channel: "channel-\((worker + index) % 3)", hour: index, using: &generator)
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        #expect(group.wait(timeout: .now() + 120) == .success)
        let packages = try open.recover().packages
        #expect(packages.count == 72)
        for channel in ["channel-0", "channel-1", "channel-2"] {
            let sequences = packages.filter { $0.manifest.channel.id == channel }.map(\.manifest.chain.sequence)
            #expect(sequences.sorted() == Array(1...24))
        }
        let report = store.verify()
        #expect(report.isIntact, "\(report.lines)")
    }

    @Test("a package that is dropped, abandoned or refused leaves nothing behind")
    func abandoning() throws {
        let store = try TestStore()
        let open = try store.open()
        var generator = SeededGenerator(state: 1)
        func id() -> PackageID { PackageID(milliseconds: 1_795_464_000_000, using: &generator) }
        func isEmpty() throws -> Bool {
            try FileManager.default.contentsOfDirectory(atPath: store.root + "/staging").isEmpty
        }
        do {
            let staged = try open.begin(id())
            try staged.add("at-start.jpg", role: .atStart, bytes: [1, 2, 3])
            #expect(try !isEmpty())
        }
        #expect(try isEmpty(), "dropped")
        let staged = try open.begin(id())
        #expect(throws: EvidenceError.exists(path: staged.path)) { try open.begin(staged.packageID) }
        #expect(throws: EvidenceError.self) { try staged.add("../escape", role: .atStart, bytes: []) }
        #expect(throws: EvidenceError.self) { try staged.add("manifest.json", role: .atStart, bytes: []) }
        #expect(throws: EvidenceError.self) { try staged.adopt("clip.mp4", role: .clip) }
        try staged.add("at-start.jpg", role: .atStart, bytes: [1])
        #expect(throws: EvidenceError.exists(path: staged.path(for: "at-start.jpg"))) {
            try staged.add("at-start.jpg", role: .atStart, bytes: [2])
        }
        try staged.abandon()
        #expect(throws: EvidenceError.self) { try staged.add("clip.mp4", role: .clip, bytes: []) }
        #expect(throws: EvidenceError.self) {
            try open.seal(staged, manifest: TestStore.draft(staged.packageID, channel: "a"))
        }

        let wrongID = try open.begin(id())
        let otherDraft = try TestStore.draft(id(), channel: "a")
        #expect(throws: EvidenceError.self) { try open.seal(wrongID, manifest: otherDraft) }
        let wrongChannel = try open.begin(id())
        #expect(throws: EvidenceError.self) {
            try open.seal(wrongChannel, manifest: TestStore.draft(wrongChannel.packageID, channel: "../a"))
        }
        let leftover = try open.begin(id())
        try Data([1]).write(to: URL(fileURLWithPath: leftover.path(for: "clip.mp4.part")))
        #expect(throws: EvidenceError.self) {
            try open.seal(leftover, manifest: TestStore.draft(leftover.packageID, channel: "a"))
        }
        let notFinite = try open.begin(id())
        var draft = try TestStore.draft(notFinite.packageID, channel: "a")
        draft.rule.measurements["areaPart"] = .nan
        #expect(throws: EvidenceError.self) { try open.seal(notFinite, manifest: draft) }
        let linked = try open.begin(id())
        symlink("/etc/passwd", linked.path(for: "clip.mp4"))
        #expect(throws: EvidenceError.self) { try linked.adopt("clip.mp4", role: .clip) }
        try linked.abandon()
        #expect(try isEmpty())
        let first = try TestStore.seal(in: open, channel: "a", using: &generator)
        #expect(first.manifest.chain.sequence == 1, "no refused package took a place in the chain")
    }

    @Test("sealing a package again answers the one that stands, and the chain stays as it is")
    func again() throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1)[0]
        do {
            let open = try store.open()
            let staged = try open.begin(package.packageID)
            try staged.add("at-start.jpg", role: .atStart, bytes: [1])
            let draft = try TestStore.draft(package.packageID, channel: "a")
            #expect(try open.seal(staged, manifest: draft) == package)
            #expect(!exists(staged.path))
        }
        #expect(try store.fill("a", count: 1, seed: 2)[0].manifest.chain.sequence == 2)
        #expect(store.verify().isIntact)
    }

    @Test("a store that is open is refused to a second one until it is closed")
    func locking() throws {
        let store = try TestStore()
        do {
            let first = try store.open()
            #expect(throws: EvidenceError.locked(path: first.root)) { try store.open() }
        }
        _ = try store.open()
    }

    @Test("recovery removes what was never sealed, lists what was, and heals a chain head that is missing or behind")
    func recovery() throws {
        let store = try TestStore()
        let packages = try store.fill("a", "b", count: 3)
        let leftover = store.root + "/staging/01a20a1c-1234-7abc-8def-0123456789ab"
        try FileManager.default.createDirectory(atPath: leftover, withIntermediateDirectories: true)
        try Data([1, 2]).write(to: URL(fileURLWithPath: leftover + "/clip.mp4"))
        let headA = store.root + "/evidence/a/chain.json"
        let old = try contents(headA)
        try store.fill("a", count: 1, seed: 9)
        try overwrite(headA, old)
        try FileManager.default.removeItem(atPath: store.root + "/evidence/b/chain.json")
        do {
            let report = try store.open().recover()
            #expect(report.removedFromStaging == ["01a20a1c-1234-7abc-8def-0123456789ab"])
            #expect(report.packages.count == 7)
            #expect(Set(report.packages).isSuperset(of: packages))
            #expect(report.healedChains == ["a", "b"])
            #expect(report.damaged.isEmpty && report.chainProblems.isEmpty)
            #expect(!exists(leftover))
        }
        #expect(try store.open().recover().healedChains.isEmpty)
        #expect(try store.fill("a", "b", count: 1, seed: 10).map(\.manifest.chain.sequence) == [5, 4])
        #expect(store.verify().isIntact)
    }

    @Test("a store opened without recovery still goes on from the newest package")
    func lazyHead() throws {
        let store = try TestStore()
        try store.fill("a", count: 2)
        try FileManager.default.removeItem(atPath: store.root + "/evidence/a/chain.json")
        #expect(try store.fill("a", count: 1, seed: 4)[0].manifest.chain.sequence == 3)
        #expect(store.verify().isIntact)
    }

    @Test("packages lost from the end are told, and the chain goes on behind them so that the gap stays")
    func lostEnd() throws {
        let store = try TestStore()
        let packages = try store.fill("a", count: 3)
        try FileManager.default.removeItem(atPath: store.path(packages[2]))
        do {
            let report = try store.open().recover()
            #expect(report.chainProblems == [.newestMissing(channel: "a", found: 2, known: 3)])
        }
        #expect(try store.fill("a", count: 1, seed: 5)[0].manifest.chain.sequence == 4)
        let report = store.verify()
        guard case .gap("a", 3...3, _, _, 0) = report.problems.first else {
            Issue.record("\(report.lines)")
            return
        }
    }

    @Test("recovery names a package whose manifest was changed, and does not list it")
    func damagedPackage() throws {
        let store = try TestStore()
        let packages = try store.fill("a", count: 2)
        let path = store.path(packages[0], "manifest.json")
        let text = String(decoding: try contents(path), as: UTF8.self)
        try overwrite(path, Array(text.replacing("fruit shop", with: "fruit shoq").utf8))
        let report = try store.open().recover()
        #expect(report.packages == [packages[1]])
        #expect(report.damaged.map(\.relativePath) == [packages[0].relativePath])
        #expect(report.damaged.first?.problems == [.manifestChanged(keyID: store.key.keyID)])
    }
}
