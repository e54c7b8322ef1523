import Evidence
import Foundation
import Testing

@Suite("A case's bundle")
struct CaseBundleTests {
    /// A store with one package, and a log of two lines for it between those of other cases.
    private struct Bench {
        let store: TestStore
        let package: SealedPackage
        let log: [BundleLogLine]

        init(seed: UInt64 = 1) throws {
            store = try TestStore()
            package = try store.fill("a", count: 1, seed: seed, clipBytes: 700_000)[0]
            let id = package.manifest.caseID
            log = [
                Self.line(
                    4, id, "sealed", "{\"manifest_sha256\":\"\(package.manifestSHA256.hex)\"}", previous: String(repeating: "3", count: 64)),
                Self.line(9, id, "decided", "{\"kind\":\"confirm\",\"note\":\"是\"}", previous: String(repeating: "8", count: 64)),
            ]
        }

        static func line(_ sequence: Int64, _ id: String, _ kind: String, _ detail: String, previous: String) -> BundleLogLine {
            var line = BundleLogLine(
                sequence: sequence, caseID: id, at: 1_795_464_000_000 + sequence, actor: "wang", kind: kind, detail: detail,
                previousHash: previous, hash: "")
            line.hash = line.expectedHash
            return line
        }

        @discardableResult
        func write(_ name: String = "case.tar", log: [BundleLogLine]? = nil) throws -> String {
            let evidence = try store.open()
            let stream = try evidence.bundle(draft, package: package.relativePath, log: log ?? self.log, standing: Array("{}\n".utf8))
            let path = store.folder / "out/\(name)"
            try stream.write(to: path, makingFolder: store.folder / "out")
            return path
        }

        var draft: CaseBundle {
            CaseBundle(
                caseID: package.manifest.caseID, state: "confirmed", manifestSHA256: package.manifestSHA256, exporter: "wang",
                reason: "上级调取", madeAt: WallTime(millisecondsSince1970: 1_795_464_500_000, utcOffsetMinutes: 480), program: "xunjie test")
        }

        func check(_ path: String, _ keys: [VerifyingKey]? = nil) -> BundleReport {
            CaseBundleVerifier(trustedKeys: keys ?? [store.key.publicKey]).verify(bundle: path, temporaryFolder: store.folder.path)
        }
    }

    @Test("is whole as it was written, is read by tar, and leaves nothing behind where it was checked")
    func whole() throws {
        let bench = try Bench()
        let path = try bench.write()
        let report = bench.check(path)
        #expect(report.isIntact, "\(report.problems)")
        #expect(report.signer == .trusted(keyID: bench.store.key.keyID) && report.bundle?.reason == "上级调取")
        #expect(CaseBundleVerifier.isBundle(path) && !CaseBundleVerifier.isBundle(bench.store.path(bench.package, "clip.mp4")))
        #expect(bench.check(path, []).signer == .unchecked(keyID: bench.store.key.keyID))
        let names = String(decoding: try run("tar", "-tf", path), as: UTF8.self).split(separator: "\n").map(String.init)
        let id = bench.package.manifest.caseID
        #expect(names.first == "\(id)/package/after-dwell.jpg" && names.last == "\(id)/bundle.json" && names.contains("\(id)/log.jsonl"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.store.folder.path).sorted() == ["out", "store"])
        let again = try bench.write("again.tar")
        #expect(try contents(path) == contents(again))
    }

    @Test("no bit of it can change unseen: in headers, contents, padding, lists, signature or end")
    func everyPart() throws {
        let bench = try Bench()
        let path = try bench.write()
        let bytes = try contents(path)
        var generator = SeededGenerator(state: 5)
        // The small files lie at the end; the clip fills the middle.
        var places = Set((0..<40).map { _ in Int.random(in: 0..<bytes.count, using: &generator) })
        places.formUnion((0..<60).map { _ in Int.random(in: bytes.count - 12_000..<bytes.count, using: &generator) })
        places.formUnion([0, 100, 124, 136, 148, 155, 156, 257, 329, 345, 500, 511, bytes.count - 1, bytes.count - 513, bytes.count - 1024])
        for place in places.sorted() {
            var changed = bytes
            changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try overwrite(path, changed)
            #expect(!bench.check(path).isIntact, "byte \(place)")
        }
        for cut in [1, 512, 1024, 1025, 5000, bytes.count - 100] {
            try overwrite(path, Array(bytes.dropLast(cut)))
            #expect(!bench.check(path).isIntact, "cut \(cut)")
        }
        try overwrite(path, bytes + [0])
        #expect(!bench.check(path).isIntact)
    }

    @Test("a member that is taken out, put in, doubled or moved is named")
    func members() throws {
        let bench = try Bench()
        let path = try bench.write()
        let members = try Self.split(contents(path))
        func problems(_ order: [[UInt8]]) throws -> [String] {
            try overwrite(path, order.flatMap { $0 } + [UInt8](repeating: 0, count: 1024))
            return bench.check(path).problems.map(\.description)
        }
        #expect(try problems(members).isEmpty)
        var taken = members
        taken.remove(at: 1)
        #expect(try problems(taken).contains { $0.contains("is missing") })
        #expect(try problems([members[1], members[0]] + members.dropFirst(2)).contains { $0.contains("order") })
        #expect(try problems([members[0]] + members).contains { $0.contains("twice") })
        #expect(try problems(Array(members.dropLast())) == ["bundle.json is missing"])
        let other = try Bench(seed: 77)
        let foreign = try Self.split(contents(other.write()))
        #expect(try problems([foreign[0]] + members.dropFirst()).contains { $0.contains("is in no bundle") })
    }

    @Test("a bundle by another key is refused where the key is known")
    func otherKey() throws {
        let bench = try Bench()
        let path = try bench.write()
        let report = bench.check(path, [SigningKey().publicKey])
        #expect(report.signer == .none)
        #expect(report.problems.contains { if case .foreignKey = $0 { true } else { false } })
        #expect(report.problems.contains { if case .package(.foreignKey) = $0 { true } else { false } })
    }

    @Test("a log whose lines were reordered, changed, or belong elsewhere is named even if the list was signed again")
    func log() throws {
        let bench = try Bench()
        func problems(_ log: [BundleLogLine]) throws -> [String] { try bench.check(bench.write(log: log)).problems.map(\.description) }
        #expect(try problems(bench.log.reversed()).contains { $0.contains("is not later") })
        var changed = bench.log
        changed[1].detail = "{\"kind\":\"false-alarm\"}"
        #expect(try problems(changed).contains { $0.contains("line 2") && $0.contains("hash does not follow") })
        #expect(try problems([bench.log[1]]).contains { $0.contains("no line tells of the sealing") })
        let next = Bench.line(10, bench.package.manifest.caseID, "remind", "{}", previous: String(repeating: "0", count: 64))
        #expect(try problems(bench.log + [next]).contains { $0.contains("line 3") && $0.contains("line before") })
        #expect(
            try problems(bench.log + [Bench.line(11, "another", "remind", "{}", previous: "")]).contains { $0.contains("another case") })
    }

    @Test("a file that changes its size while it is exported ends the export, and no file is left")
    func changing() throws {
        let bench = try Bench()
        let evidence = try bench.store.open()
        let stream = try evidence.bundle(bench.draft, package: bench.package.relativePath, log: bench.log, standing: [])
        let clip = bench.store.path(bench.package, "clip.mp4")
        try overwrite(clip, Array(contents(clip).dropLast()))
        let path = bench.store.folder / "out/broken.tar"
        #expect(throws: EvidenceError.self) { try stream.write(to: path, makingFolder: bench.store.folder / "out") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.store.folder / "out").isEmpty)
        #expect(throws: EvidenceError.self) { try evidence.bundle(bench.draft, package: "../key.pem", log: [], standing: []) }
    }

    /// Each file with its header and padding.
    private static func split(_ bytes: [UInt8]) -> [[UInt8]] {
        var members: [[UInt8]] = []
        var place = 0
        while place < bytes.count, bytes[place] != 0 {
            let size = bytes[place + 124..<place + 135].reduce(0) { $0 * 8 + Int($1 - 48) }
            let end = place + 512 + (size + 511) / 512 * 512
            members.append(Array(bytes[place..<end]))
            place = end
        }
        return members
    }
}
