import Evidence
import Foundation
import Testing

/// One package with addenda, in a chain of three, is changed in hundreds of seeded ways as somebody would who has the disk but not
/// the key; each must be found and named.
@Suite struct PackageMutationTests {
    let store: TestStore
    let packages: [SealedPackage]
    let added: [SealedAddendum]

    var package: SealedPackage { packages[1] }

    init() throws {
        store = try TestStore()
        packages = try store.fill("a", count: 3, clipBytes: 400_000)
        let open = try store.open()
        added = try AddendaTests.fill(packages[1], in: open)
    }

    @Test("every one of 300 mutations is found and named, and undoing it makes the package intact again")
    func mutations() throws {
        var generator = SeededGenerator(state: 1130)
        let key = store.key.publicKey
        for index in 0..<300 {
            // A copy of the whole store for each would take longer than the checks.
            let saved = store.folder / "saved"
            try FileManager.default.copyItem(atPath: store.path(package), toPath: saved)
            let (text, name, needsStore) = try mutate(using: &generator)
            let lines: [String]
            if needsStore {
                lines = EvidenceVerifier(trustedKeys: [key]).verify(store: store.root).lines
            } else {
                lines = EvidenceVerifier(trustedKeys: [key])
                    .verify(package: store.path(package), loggedAddenda: added.map(\.logged)).problems.map(\.description)
            }
            #expect(lines.contains { $0.contains(name) }, "\(index): \(text) was reported as \(lines)")
            try? FileManager.default.removeItem(atPath: store.path(package))
            try FileManager.default.moveItem(atPath: saved, toPath: store.path(package))
        }
        #expect(store.verify().isIntact, "\(store.verify().lines)")
    }

    /// What was done, what must be named, and whether only the check of the whole store can tell.
    private func mutate(using generator: inout SeededGenerator) throws -> (text: String, name: String, needsStore: Bool) {
        let files = package.manifest.files.map(\.name) + ["manifest.json"]
        let documents = added.flatMap { one in (one.addendum.files.map(\.name) + ["addendum.json"]).map { one.folder + "/" + $0 } }
        switch Int.random(in: 0..<12, using: &generator) {
        case 0, 1:
            let name = (files + documents).randomElement(using: &generator) ?? ""
            let size = try contents(path(name)).count
            let offset = Int.random(in: 0..<size, using: &generator)
            try edit(name) { $0[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator) }
            return ("a bit of byte \(offset) of \(name)", Self.named(name), false)
        case 2:
            let name = (files + documents).randomElement(using: &generator) ?? ""
            let size = try contents(path(name)).count
            let length = Int.random(in: 0..<size, using: &generator)
            try edit(name) { $0 = Array($0.prefix(length)) }
            return ("\(name) cut to \(length)", Self.named(name), false)
        case 3:
            // Two frames of equal size change places.
            let pair = Bool.random(using: &generator)
            let (one, other) =
                pair ? ("scene-before.jpg", "after-dwell.jpg") : (added[2].folder + "/then.jpg", added[2].folder + "/now.jpg")
            let (first, second) = (try contents(path(one)), try contents(path(other)))
            try edit(one) { $0 = second }
            try edit(other) { $0 = first }
            return ("\(one) and \(other) swapped", "holds what was sealed as", false)
        case 4:
            // The clock is set back by an hour, as text, in the manifest or in a review.
            let name =
                Bool.random(using: &generator) ? "manifest.json" : added[Int.random(in: 0..<4, using: &generator)].folder + "/addendum.json"
            try edit(name) { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                let edited = text.replacing(/T(\d\d):/, maxReplacements: 1) { match in "T\(match.output.1 == "01" ? "02" : "01"):" }
                try #require(edited != text)
                bytes = Array(edited.utf8)
            }
            return ("the clock in \(name)", "was changed after it was sealed", false)
        case 5:
            let one = added[Int.random(in: 0..<4, using: &generator)]
            try FileManager.default.removeItem(atPath: path(one.folder))
            return ("\(one.folder) removed", one.folder, false)
        case 6:
            let first = Int.random(in: 0..<4, using: &generator)
            let second = (first + Int.random(in: 1..<4, using: &generator)) % 4
            let aside = store.folder / "aside"
            try FileManager.default.moveItem(atPath: path(added[first].folder), toPath: aside)
            try FileManager.default.moveItem(atPath: path(added[second].folder), toPath: path(added[first].folder))
            try FileManager.default.moveItem(atPath: aside, toPath: path(added[second].folder))
            return ("\(added[first].folder) and \(added[second].folder) changed places", "it belongs at \(added[first].folder)", false)
        case 7:
            let one = added[Int.random(in: 0..<4, using: &generator)]
            try FileManager.default.copyItem(atPath: path(one.folder), toPath: path("addenda/0005-note"))
            return ("\(one.folder) duplicated", "it belongs at \(one.folder)", false)
        case 8:
            // Everything of the manifest but its time stays, signed anew by a key of the forger's own.
            let forger = SigningKey()
            var manifest = package.manifest
            manifest.clock.wallMinusPTSMicroseconds -= 3_600_000_000
            let forged = try SignedDocument.seal(manifest, with: forger)
            try edit("manifest.json") { $0 = forged }
            return ("the manifest signed anew", "signed by key \(forger.keyID), which is not trusted", false)
        case 9:
            let forger = SigningKey()
            let one = added[Int.random(in: 0..<4, using: &generator)]
            var addendum = one.addendum
            addendum.record = ["decision": "rejected"]
            let forged = try SignedDocument.seal(addendum, with: forger)
            try edit(one.folder + "/addendum.json") { $0 = forged }
            return ("\(one.folder) signed anew", "signed by key \(forger.keyID), which is not trusted", false)
        case 10:
            try FileManager.default.removeItem(atPath: store.path(package))
            return ("the package removed from its chain", "package 2 is missing from the chain", true)
        default:
            let extra = "addenda/\(["notes.txt", "0009-note", "0002-review-copy"].randomElement(using: &generator) ?? "")"
            if Bool.random(using: &generator) {
                try overwrite(path(extra), [1, 2, 3])
            } else {
                try FileManager.default.createDirectory(atPath: path(extra), withIntermediateDirectories: false)
            }
            return ("\(extra) added", extra, false)
        }
    }

    /// A document of an addendum is named by its folder.
    private static func named(_ name: String) -> String {
        name.hasSuffix("/addendum.json")
            ? String(name.dropLast("/addendum.json".count)) : name.split(separator: "/").last.map(String.init) ?? name
    }

    private func path(_ name: String) -> String { store.path(package, name) }

    private func edit(_ name: String, _ change: (inout [UInt8]) throws -> Void) throws {
        var bytes = try contents(path(name))
        try change(&bytes)
        try overwrite(path(name), bytes)
    }
}
