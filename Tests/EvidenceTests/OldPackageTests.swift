import Evidence
import Foundation
import Testing

/// Packages of schema 1: no SM3, none of the members that came later.
@Suite struct OldPackageTests {
    /// Writes the package's manifest again as the first version of this program did.
    func makeOld(_ package: SealedPackage, in store: TestStore, changing change: (inout EvidenceManifest) -> Void = { _ in }) throws {
        var manifest = package.manifest
        manifest.schema = 1
        for index in manifest.files.indices { manifest.files[index].sm3 = nil }
        change(&manifest)
        try overwrite(store.path(package, "manifest.json"), try SignedDocument.seal(manifest, with: store.key))
    }

    @Test("they verify, byte by byte, and take addenda")
    func old() throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1)[0]
        try makeOld(package, in: store)
        #expect(!String(decoding: try contents(store.path(package, "manifest.json")), as: UTF8.self).contains("sm3"))
        let verifier = EvidenceVerifier(trustedKeys: [store.key.publicKey])
        #expect(verifier.verify(package: store.path(package)).isIntact)
        _ = try store.open().append(AddendaTests.draft(.review), to: package.relativePath)
        #expect(verifier.verify(package: store.path(package)).isIntact)
        var clip = try contents(store.path(package, "clip.mp4"))
        clip[100] ^= 1
        try overwrite(store.path(package, "clip.mp4"), clip)
        #expect(verifier.verify(package: store.path(package)).problems == [.fileChanged(name: "clip.mp4", ranges: [0..<2000])])
    }

    @Test("leaving the SM3 out is no way around it: schema 2 must have one of every file")
    func downgraded() throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1)[0]
        try makeOld(package, in: store) { $0.schema = 2 }
        let problems = EvidenceVerifier().verify(package: store.path(package)).problems
        #expect(problems == [.manifestMalformed(reason: "files[0].sm3: is missing")])
    }

    @Test("an SM3 that does not belong to the bytes is named")
    func wrongSM3() throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1)[0]
        try makeOld(package, in: store) { manifest in
            manifest.schema = 2
            for index in manifest.files.indices { manifest.files[index].sm3 = SM3Hash(of: [UInt8(index)]) }
        }
        let problems = EvidenceVerifier().verify(package: store.path(package)).problems
        #expect(problems == package.manifest.files.map { .hashesContradict(name: $0.name) })
    }
}
