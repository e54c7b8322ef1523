import Evidence
import Foundation
import FrameCore
import Testing

@Suite struct EvidenceVerifierTests {
    let store: TestStore
    let packages: [SealedPackage]

    init() throws {
        store = try TestStore()
        packages = try store.fill("a", count: 3, clipBytes: 600_000)
    }

    func path(_ name: String, of index: Int = 1) -> String { store.path(packages[index], name) }

    /// The problems of the second package after it was changed; the others must stay without blame.
    func problems(sourceLocation: SourceLocation = #_sourceLocation) -> [EvidenceProblem] {
        let report = store.verify()
        #expect(
            report.damaged.map(\.path) == [packages[1].relativePath], "\(report.lines)", sourceLocation: sourceLocation)
        #expect(report.problems.isEmpty, "\(report.lines)", sourceLocation: sourceLocation)
        for line in report.lines { #expect(!line.contains("\n")) }
        return report.damaged.first?.problems ?? []
    }

    func edit(_ name: String, of index: Int = 1, _ change: (inout [UInt8]) throws -> Void) throws {
        var bytes = try contents(path(name, of: index))
        try change(&bytes)
        try overwrite(path(name, of: index), bytes)
    }

    func editManifest(of index: Int = 1, _ old: String, _ new: String) throws {
        try edit("manifest.json", of: index) { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            let edited = text.replacing(old, with: new, maxReplacements: 1)
            try #require(edited != text, "\(old) must be there")
            bytes = Array(edited.utf8)
        }
    }

    // MARK: Files

    @Test(
        "a changed byte is named by its file and its range",
        arguments: [
            ("clip.mp4", 0, 0..<262_144), ("clip.mp4", 262_143, 0..<262_144), ("clip.mp4", 262_144, 262_144..<524_288),
            ("clip.mp4", 599_999, 524_288..<600_000), ("scene-before.jpg", 350, 0..<700),
            ("annotated.jpg", 719, 0..<720),
        ] as [(String, Int, Range<Int64>)])
    func changedByte(name: String, offset: Int, range: Range<Int64>) throws {
        try edit(name) { $0[offset] ^= 1 }
        #expect(problems() == [.fileChanged(name: name, ranges: [range])])
    }

    @Test("neighbouring changed blocks are one range, others their own")
    func ranges() throws {
        try edit("clip.mp4") { bytes in
            bytes[5] ^= 1
            bytes[300_000] ^= 1
        }
        #expect(problems() == [.fileChanged(name: "clip.mp4", ranges: [0..<524_288])])
        try edit("clip.mp4") { bytes in
            bytes[300_000] ^= 1
            bytes[599_999] ^= 1
        }
        let found = problems()
        #expect(found == [.fileChanged(name: "clip.mp4", ranges: [0..<262_144, 524_288..<600_000])])
        #expect(
            found.first?.description
                == "clip.mp4 was changed: bytes 0–262143, 524288–599999 differ from what was sealed")
    }

    @Test("a file cut, grown or emptied is named by its size, and by its changed blocks besides")
    func sizes() throws {
        let sealed = try contents(path("clip.mp4"))
        try edit("clip.mp4") { $0.removeLast(100_000) }
        #expect(problems() == [.fileSize(name: "clip.mp4", sealed: 600_000, found: 500_000)])
        try edit("clip.mp4") { bytes in
            bytes = sealed + [UInt8](repeating: 0, count: 100_000)
            bytes[0] ^= 1
        }
        #expect(
            problems() == [
                .fileSize(name: "clip.mp4", sealed: 600_000, found: 700_000),
                .fileChanged(name: "clip.mp4", ranges: [0..<262_144]),
            ])
        try edit("clip.mp4") { $0 = [] }
        #expect(problems() == [.fileSize(name: "clip.mp4", sealed: 600_000, found: 0)])
    }

    @Test("a missing, an extra and a linked file are each named")
    func names() throws {
        try FileManager.default.removeItem(atPath: path("annotated.jpg"))
        #expect(problems() == [.fileMissing(name: "annotated.jpg")])
        symlink(path("after-dwell.jpg"), path("annotated.jpg"))
        #expect(problems() == [.fileNotRegular(name: "annotated.jpg")])
        unlink(path("annotated.jpg"))
        mkfifo(path("annotated.jpg"), 0o600)
        #expect(problems() == [.fileNotRegular(name: "annotated.jpg")])
        unlink(path("annotated.jpg"))
        try overwrite(path("notes\n.txt"), [1])
        #expect(problems() == [.fileMissing(name: "annotated.jpg"), .fileExtra(name: "notes\n.txt")])
    }

    @Test("two files of one size that changed places are named as such")
    func swap() throws {
        let first = try contents(path("scene-before.jpg"))
        let second = try contents(path("after-dwell.jpg"))
        try overwrite(path("scene-before.jpg"), second)
        try overwrite(path("after-dwell.jpg"), first)
        #expect(
            problems() == [
                .fileSwapped(name: "scene-before.jpg", holds: "after-dwell.jpg"),
                .fileSwapped(name: "after-dwell.jpg", holds: "scene-before.jpg"),
            ])
    }

    // MARK: Manifest and signature

    @Test(
        "an edited field breaks the signature",
        arguments: [
            ("\"dwellSeconds\" : 60", "\"dwellSeconds\" : 61"), ("storefront-encroachment", "roadside-vending"),
            ("\"mode\" : \"lead\",", "\"mode\" :  \"lead\","), ("T04:", "T05:"),
        ])
    func editedField(old: String, new: String) throws {
        try editManifest(old, new)
        #expect(problems() == [.manifestChanged(keyID: store.key.keyID)])
    }

    @Test("an edited hash breaks the signature and names the file that no longer fits")
    func editedHash() throws {
        let hash = try #require(packages[1].manifest.files.last).sha256.hex
        try editManifest("\"\(hash)\"", "\"\(String(hash.reversed()))\"")
        #expect(problems() == [.manifestChanged(keyID: store.key.keyID), .hashesContradict(name: "clip.mp4")])
    }

    @Test("a signature that is removed, cut or spelt otherwise is named")
    func signature() throws {
        let sealed = try contents(path("manifest.json"))
        let text = String(decoding: sealed, as: UTF8.self)
        let start = try #require(text.range(of: ",\n  \"signature\"")).lowerBound
        try overwrite(path("manifest.json"), Array((text[..<start] + "\n}\n").utf8))
        #expect(problems() == [.signatureMissing])
        for (old, new) in [
            ("\"Ed25519\"", "\"none\""), ("\"keyID\" : \"", "\"keyID\" : \"0"), ("\"value\" : \"", "\"value\" : \"A"),
            ("\"algorithm\"", "\"extra\" : 1, \"algorithm\""), ("\n  }\n}\n", "\n  }\n}"),
            ("\n  }\n}\n", "\n  }\n}\n\n"),
            ("\n  }\n}\n", "\n  },\n  \"x\" : 1\n}\n"),
        ] {
            try overwrite(path("manifest.json"), sealed)
            try editManifest(old, new)
            guard case .signatureMalformed = problems().first else {
                Issue.record("\(old) → \(new): \(problems())")
                continue
            }
        }
    }

    @Test("a manifest that is missing, empty, no JSON, too large or a link is named")
    func malformed() throws {
        func only() -> [EvidenceProblem] { EvidenceVerifier().verify(package: store.path(packages[1])).problems }
        let sealed = try contents(path("manifest.json"))
        try FileManager.default.removeItem(atPath: path("manifest.json"))
        #expect(only() == [.manifestMissing])
        symlink(path("clip.mp4"), path("manifest.json"))
        #expect(only() == [.manifestNotRegular])
        unlink(path("manifest.json"))
        try overwrite(path("manifest.json"), [UInt8](repeating: 0x20, count: 4 << 20 | 1))
        #expect(only() == [.manifestTooLarge(bytes: 4 << 20 | 1)])
        try overwrite(path("manifest.json"), [])
        #expect(only().first == .signatureMissing)
        try overwrite(path("manifest.json"), sealed)
        try editManifest("\"mode\" : ", "\"mode\" ; ")
        guard case .manifestMalformed(let reason) = only().last else {
            Issue.record("\(only())")
            return
        }
        #expect(reason.hasPrefix("line 80: "), "\(reason)")
        try overwrite(path("manifest.json"), sealed)
        try editManifest("\"sequence\" : 2", "\"sequence\" : \"2\"")
        #expect(only().last == .manifestMalformed(reason: "chain.sequence: Int64 expected"), "\(only())")
        #expect(EvidenceVerifier().verify(package: "/nowhere/at/all").problems.count == 1)
    }

    @Test("a signed manifest that contradicts itself or names unsafe files is refused, each by name")
    func contradictions() throws {
        func problems(_ change: (inout EvidenceManifest) -> Void) throws -> [EvidenceProblem] {
            var manifest = packages[1].manifest
            change(&manifest)
            try overwrite(path("manifest.json"), try SignedDocument.seal(manifest, with: store.key))
            return EvidenceVerifier(trustedKeys: [store.key.publicKey]).verify(package: store.path(packages[1]))
                .problems
        }
        #expect(try problems { _ in }.isEmpty)
        for name in ["../a/chain.json", "/etc/passwd", "..", "", "sub/file.jpg", ".hidden", "manifest.json"] {
            let found = try problems { $0.files[0].name = name }
            #expect(found == [.unsafeFileName(name), .fileExtra(name: "scene-before.jpg")], "\(name): \(found)")
        }
        #expect(try problems { $0.schema = 3 } == [.manifestNewer(schema: 3)])
        for change: (inout EvidenceManifest) -> Void in [
            { $0.channel.id = "../x" }, { $0.chain.channel = "b" }, { $0.chain.sequence = 0 },
            { $0.files[1].name = $0.files[0].name },
            { $0.files[0].blockBytes = 1 }, { $0.files[0].blockSHA256 = [] }, { $0.files[0].bytes = -1 },
            { $0.files[0].bytes = .max }, { $0.clock.utcOffsetMinutes = .max },
        ] {
            guard case .manifestMalformed = try problems(change).first else {
                Issue.record("\(try problems(change))")
                continue
            }
        }
    }

    // MARK: Keys

    @Test("without a trusted key the report says so; with one it says that it is trusted")
    func signer() throws {
        #expect(
            EvidenceVerifier().verify(package: store.path(packages[1])).signer == .unchecked(keyID: store.key.keyID))
        #expect(
            EvidenceVerifier(trustedKeys: [store.key.publicKey]).verify(package: store.path(packages[1])).signer
                == .trusted(keyID: store.key.keyID))
        #expect(store.verify().keySource == .store(path: store.root + "/key.pub"))
        try FileManager.default.removeItem(atPath: store.root + "/key.pub")
        #expect(store.verify().keySource == .none)
        #expect(store.verify().isIntact)
    }

    @Test("a package or store signed by another key is named with both keys")
    func foreignKey() throws {
        let other = SigningKey()
        let verifier = EvidenceVerifier(trustedKeys: [other.publicKey])
        let expected = EvidenceProblem.foreignKey(keyID: store.key.keyID, trusted: [other.keyID])
        #expect(verifier.verify(package: store.path(packages[1])).problems == [expected])
        let report = verifier.verify(store: store.root)
        #expect(report.damaged.map(\.problems) == [[expected], [expected], [expected]])
        // One package sealed anew by somebody else's key, with a good signature.
        try overwrite(path("manifest.json"), try SignedDocument.seal(packages[1].manifest, with: other))
        #expect(problems() == [.foreignKey(keyID: other.keyID, trusted: [store.key.keyID])])
    }

    // MARK: Chain

    @Test("a package removed from the middle, the start or the end is told by its place")
    func removed() throws {
        let aside = store.folder / "aside"
        for (index, expected) in [
            ChainProblem.gap(channel: "a", missing: 1...1, after: nil, before: packages[1].relativePath, unreadable: 0),
            .gap(
                channel: "a", missing: 2...2, after: packages[0].relativePath, before: packages[2].relativePath,
                unreadable: 0),
            .newestMissing(channel: "a", found: 2, known: 3),
        ].enumerated() {
            try FileManager.default.moveItem(atPath: store.path(packages[index]), toPath: aside)
            let report = store.verify()
            #expect(report.damaged.isEmpty)
            #expect(report.problems == [expected])
            try FileManager.default.moveItem(atPath: aside, toPath: store.path(packages[index]))
        }
        #expect(store.verify().isIntact)
    }

    @Test("a copy, a package in the wrong place and two that changed places are told")
    func misplaced() throws {
        let day = "\(store.root)/evidence/a/2026/11/25"
        let copy = "a/2026/11/25/\(packages[1].packageID)"
        try FileManager.default.createDirectory(atPath: day, withIntermediateDirectories: true)
        try FileManager.default.copyItem(atPath: store.path(packages[1]), toPath: "\(store.root)/evidence/\(copy)")
        var report = store.verify()
        #expect(report.problems == [.copies(channel: "a", sequence: 2, paths: [packages[1].relativePath, copy])])
        #expect(report.damaged.map(\.problems) == [[.misplaced(expected: packages[1].relativePath)]])
        try FileManager.default.removeItem(atPath: "\(store.root)/evidence/\(copy)")

        try FileManager.default.moveItem(atPath: store.path(packages[1]), toPath: store.folder / "aside")
        try FileManager.default.moveItem(atPath: store.path(packages[2]), toPath: store.path(packages[1]))
        try FileManager.default.moveItem(atPath: store.folder / "aside", toPath: store.path(packages[2]))
        report = store.verify()
        #expect(
            report.damaged.map(\.problems) == [
                [.misplaced(expected: packages[2].relativePath)], [.misplaced(expected: packages[1].relativePath)],
            ])
    }

    @Test("a package sealed anew with the store's own key breaks the link of the next")
    func resealed() throws {
        var manifest = packages[0].manifest
        manifest.violation = "piled-goods"
        try overwrite(path("manifest.json", of: 0), try SignedDocument.seal(manifest, with: store.key))
        let report = store.verify()
        #expect(report.damaged.isEmpty)
        #expect(
            report.problems == [
                .brokenLink(
                    channel: "a", sequence: 2, path: packages[1].relativePath, previousPath: packages[0].relativePath)
            ])
        try overwrite(path("manifest.json", of: 2), try SignedDocument.seal(packages[2].manifest, with: store.key))
        manifest = packages[2].manifest
        manifest.violation = "piled-goods"
        try overwrite(path("manifest.json", of: 2), try SignedDocument.seal(manifest, with: store.key))
        #expect(store.verify().problems.last == .headDiffers(channel: "a", sequence: 3, path: packages[2].relativePath))
    }

    @Test("packages renumbered with the store's own key, and two for one place, are told")
    func reordered() throws {
        var second = packages[1].manifest
        var third = packages[2].manifest
        (second.chain, third.chain) = (third.chain, second.chain)
        try overwrite(path("manifest.json"), try SignedDocument.seal(second, with: store.key))
        try overwrite(path("manifest.json", of: 2), try SignedDocument.seal(third, with: store.key))
        var report = store.verify()
        #expect(
            report.problems.contains {
                if case .brokenLink("a", 3, packages[1].relativePath, _) = $0 { true } else { false }
            })
        third.chain = second.chain
        try overwrite(path("manifest.json", of: 2), try SignedDocument.seal(third, with: store.key))
        report = store.verify()
        #expect(report.problems.contains { if case .fork("a", 3, _) = $0 { true } else { false } })
        #expect(report.problems.contains { if case .gap("a", 2...2, _, _, _) = $0 { true } else { false } })
    }

    @Test("a chain head that is missing, changed or another channel's is told, and strays are")
    func heads() throws {
        let head = store.root + "/evidence/a/chain.json"
        let sealed = try contents(head)
        try FileManager.default.removeItem(atPath: head)
        #expect(store.verify().problems == [.headMissing(channel: "a")])
        for edited in [
            Array(String(decoding: sealed, as: UTF8.self).replacing(" 3", with: " 2").utf8), Array(sealed.dropLast(9)),
            [],
        ] {
            try overwrite(head, edited)
            let report = store.verify()
            #expect(report.problems.count == 1)
            guard case .headDamaged("a", _) = report.problems.first else {
                Issue.record("\(report.lines)")
                continue
            }
        }
        try store.fill("b", count: 1)
        try overwrite(head, try contents(store.root + "/evidence/b/chain.json"))
        #expect(store.verify().lines.contains { $0.contains("belongs to channel") })
        try overwrite(head, sealed)
        try overwrite(store.root + "/evidence/a/2026/notes.txt", [1])
        symlink("/etc", store.root + "/evidence/c")
        #expect(store.verify().problems == [.stray(path: "c"), .stray(path: "a/2026/notes.txt")])
    }

    @Test("a store that is being written to is verified without blame")
    func liveStore() throws {
        let open = try store.open()
        let group = DispatchGroup()
        group.enter()
        Thread.detachNewThread {
            defer { group.leave() }
            var generator = SeededGenerator(state: 77)
            for hour in 0..<25 {
                do {
                    _ = try TestStore.seal(
                        in: open, channel: hour.isMultiple(of: 2) ? "a" : "new", hour: hour, using: &generator)
                } catch {
                    Issue.record(error)
                }
            }
        }
        repeat {
            let report = store.verify()
            #expect(report.isIntact, "\(report.lines)")
        } while group.wait(timeout: .now()) == .timedOut
        #expect(store.verify().packageCount == 28)
    }

    @Test("progress counts every package up to the last")
    func progress() throws {
        var steps: [VerificationProgress] = []
        let report = EvidenceVerifier().verify(store: store.root) { steps.append($0) }
        #expect(steps.map(\.packagesDone) == [1, 2, 3])
        #expect(steps.allSatisfy { $0.packageCount == 3 })
        #expect(steps.last?.bytesRead == report.bytesRead)
        #expect(report.bytesRead == 3 * (700 + 700 + 720 + 600_000))
    }

    @Test("a path is told to be a package, a store or neither")
    func target() throws {
        #expect(EvidenceVerifier.target(at: store.path(packages[1])) == .package)
        #expect(EvidenceVerifier.target(at: store.root) == .store)
        #expect(EvidenceVerifier.target(at: store.root + "/staging") == nil)
        #expect(EvidenceVerifier.target(at: "/nowhere/at/all") == nil)
    }
}
