import Evidence
import Foundation
import Testing

@Suite struct AddendaTests {
    let store: TestStore
    let package: SealedPackage

    init() throws {
        store = try TestStore()
        package = try store.fill("a", count: 1)[0]
    }

    static func draft(_ kind: Addendum.Kind, hour: Int64 = 0, token: String? = nil, files: [AddendumDraft.File] = []) -> AddendumDraft {
        AddendumDraft(
            kind: kind, createdAt: WallTime(millisecondsSince1970: 1_795_500_000_000 + hour * 3_600_000, utcOffsetMinutes: 480),
            author: "wang", token: token, record: ["decision": "confirmed", "ticks": ["真实", "清晰"], "score": 0.5], files: files)
    }

    /// Four addenda of different kinds, two with files.
    @discardableResult
    static func fill(_ package: SealedPackage, in open: EvidenceStore) throws -> [SealedAddendum] {
        var generator = SeededGenerator(state: 7)
        let drafts = [
            draft(.review),
            draft(.notice, hour: 1, files: [.init(name: "letter.txt", role: "text", bytes: generator.bytes(300))]),
            draft(
                .secondLook, hour: 2,
                files: [
                    .init(name: "then.jpg", role: "then", bytes: generator.bytes(500)),
                    .init(name: "now.jpg", role: "now", bytes: generator.bytes(500)),
                ]), draft(.note, hour: 3),
        ]
        return try drafts.map { try open.append($0, to: package.relativePath) }
    }

    func report(logged: [SealedAddendum] = []) -> PackageReport {
        EvidenceVerifier(trustedKeys: [store.key.publicKey]).verify(package: store.path(package), loggedAddenda: logged.map(\.logged))
    }

    @Test("what is added is chained to the manifest, verifies, and leaves the package as it was")
    func append() throws {
        let before = try contents(store.path(package, "manifest.json"))
        let added = try Self.fill(package, in: store.open())
        #expect(added.map(\.folder) == ["addenda/0001-review", "addenda/0002-notice", "addenda/0003-second-look", "addenda/0004-note"])
        #expect(added[0].addendum.previousSHA256 == package.manifestSHA256)
        for (earlier, later) in zip(added, added.dropFirst()) { #expect(later.addendum.previousSHA256 == earlier.sha256) }
        #expect(try contents(store.path(package, "manifest.json")) == before)
        let found = report(logged: added)
        #expect(found.isIntact, "\(found.problems)")
        #expect(found.addendaSHA256 == added.map(\.sha256))
        #expect(try SealedAddendum.all(inPackage: store.path(package)) == added)
        #expect(try store.open().addenda(of: package.relativePath) == added)
        #expect(store.verify().isIntact)
    }

    @Test("asking again with the same token answers what stands")
    func token() throws {
        let open = try store.open()
        let first = try open.append(Self.draft(.notice, token: "n-1"), to: package.relativePath)
        #expect(try open.append(Self.draft(.notice, hour: 9, token: "n-1"), to: package.relativePath) == first)
        #expect(try open.append(Self.draft(.notice, token: "n-2"), to: package.relativePath).addendum.sequence == 2)
    }

    @Test("nothing is added to a package or behind an addendum that was changed")
    func damaged() throws {
        let open = try store.open()
        let added = try Self.fill(package, in: open)
        let path = store.path(package, added[1].folder + "/addendum.json")
        var bytes = try contents(path)
        bytes[20] ^= 1
        try overwrite(path, bytes)
        #expect(throws: EvidenceError.self) { try open.append(Self.draft(.note), to: package.relativePath) }
        #expect(!exists(store.path(package, "addenda/0005-note")))
    }

    @Test(
        "names and paths that lead elsewhere are refused",
        arguments: ["../x", "addendum.json", "manifest.json", ".hidden", "a/b", "", "A.jpg"])
    func names(name: String) throws {
        let open = try store.open()
        let draft = Self.draft(.note, files: [.init(name: name, role: "x", bytes: [1])])
        #expect(throws: EvidenceError.self) { try open.append(draft, to: package.relativePath) }
        #expect(throws: EvidenceError.self) { try open.append(Self.draft(.note), to: "a/../" + package.relativePath) }
        #expect(!exists(store.path(package, "addenda")))
    }

    @Test("that the newest were removed, only the case's log tells, and it names them")
    func tail() throws {
        let added = try Self.fill(package, in: store.open())
        try FileManager.default.removeItem(atPath: store.path(package, added[3].folder))
        #expect(report().isIntact)
        #expect(
            report(logged: added).problems == [
                .addendum(folder: "addenda/0004-note", .loggedButMissing(sha256: added[3].sha256))
            ])
        let path = package.relativePath
        #expect(EvidenceVerifier().verify(store: store.root, loggedAddenda: [path: [added[2].logged]]).isIntact)
        #expect(
            EvidenceVerifier().verify(store: store.root, loggedAddenda: [path: [added[3].logged]]).damaged.map(\.path) == [path])
    }

    @Test("two addenda that change places are named", arguments: [false, true])
    func reordered(renamesWhole: Bool) throws {
        let added = try Self.fill(package, in: store.open())
        let (first, second) = (store.path(package, added[0].folder), store.path(package, added[1].folder))
        let aside = store.folder / "aside"
        // By their whole folders, or by numbers alone.
        let (toFirst, toSecond) =
            renamesWhole
            ? (first, second) : (store.path(package, "addenda/0001-notice"), store.path(package, "addenda/0002-review"))
        try FileManager.default.moveItem(atPath: first, toPath: aside)
        try FileManager.default.moveItem(atPath: second, toPath: toFirst)
        try FileManager.default.moveItem(atPath: aside, toPath: toSecond)
        let misplaced = report().problems.filter { if case .addendum(_, .misplaced) = $0 { true } else { false } }
        #expect(misplaced.count == 2)
    }

    @Test("an addendum of another package, or signed by another key, is named")
    func foreign() throws {
        let other = try store.fill("b", count: 1, seed: 9)[0]
        let open = try store.open()
        _ = try open.append(Self.draft(.note), to: other.relativePath)
        try FileManager.default.copyItem(atPath: store.path(other, "addenda"), toPath: store.path(package, "addenda"))
        #expect(report().problems.contains(.addendum(folder: "addenda/0001-note", .otherPackage(other.packageID))))
        let stranger = SigningKey()
        let known = EvidenceVerifier(trustedKeys: [stranger.publicKey]).verify(package: store.path(other))
        #expect(
            known.problems.contains(
                .addendum(
                    folder: "addenda/0001-note", .foreignKey(keyID: store.key.keyID, trusted: [stranger.keyID]))))
    }
}

extension SealedAddendum {
    /// As the case's log would name it.
    var logged: LoggedAddendum { LoggedAddendum(folder: folder, sha256: sha256) }
}
