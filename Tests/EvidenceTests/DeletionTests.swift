import Evidence
import Foundation
import Testing

@Suite("Packages that retention removed")
struct DeletionTests {
    private static let ground = DeletionCertificate.Ground(
        rule: "false-alarm", article: "第十七条", state: "false-alarm",
        settledAt: WallTime(millisecondsSince1970: 1_795_464_000_000, utcOffsetMinutes: 480), minimumDays: 30, maximumDays: 30,
        deletedAt: WallTime(millisecondsSince1970: 1_799_000_000_000, utcOffsetMinutes: 480), deletedBy: "machine")

    private static func delete(_ package: SealedPackage, in store: EvidenceStore) throws {
        let (_, document) = try store.certify(package: package.relativePath, ground: ground, program: "test")
        try store.keep(certificate: document)
        try store.discard(package.packageID)
    }

    @Test(
        "certified gaps anywhere in a chain are no problem, and the chain goes on",
        arguments: [[0], [1], [3], [0, 1], [2, 3], [0, 1, 2, 3]])
    func gaps(_ gone: [Int]) throws {
        let store = try TestStore()
        let packages = try store.fill("a", "b", count: 4)
        let ofA = packages.filter { $0.manifest.channel.id == "a" }
        do {
            let open = try store.open()
            _ = try open.recover()
            for index in gone { try Self.delete(ofA[index], in: open) }
        }
        let report = store.verify()
        #expect(report.isIntact, "\(report.lines)")
        #expect(report.certifiedCount == gone.count && report.packageCount == 8 - gone.count)
        do {
            let recovery = try store.open().recover()
            #expect(recovery.chainProblems.isEmpty && recovery.damaged.isEmpty, "\(recovery.chainProblems)")
        }
        #expect(try store.fill("a", count: 1, seed: 9)[0].manifest.chain.sequence == 5)
        #expect(store.verify().isIntact)
    }

    @Test("a package removed without its certificate, or with one that was tampered with, is a problem")
    func uncertified() throws {
        let store = try TestStore()
        let packages = try store.fill("a", count: 3)
        do { try Self.delete(packages[1], in: store.open()) }
        let path = "\(store.root)/deletions/\(packages[1].packageID).json"
        let document = try contents(path)
        try FileManager.default.removeItem(atPath: path)
        #expect(store.verify().problems.contains { if case .gap = $0 { true } else { false } })
        var generator = SeededGenerator(state: 3)
        for _ in 0..<40 {
            var changed = document
            changed[Int.random(in: 0..<changed.count, using: &generator)] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            try overwrite(path, changed)
            let report = store.verify()
            #expect(report.problems.contains { if case .certificateDamaged = $0 { true } else { false } })
            #expect(report.problems.contains { if case .gap = $0 { true } else { false } })
        }
        // Another store's key, and a certificate that is this store's but lies under another name.
        let other = try TestStore()
        let foreign = try other.fill("a", count: 2)[1]
        let forged = try other.open().certify(package: foreign.relativePath, ground: Self.ground, program: "test").document
        try overwrite(path, forged)
        #expect(!store.verify().isIntact)
        try overwrite("\(store.root)/deletions/\(packages[0].packageID).json", document)
        try FileManager.default.removeItem(atPath: path)
        #expect(!store.verify().isIntact)
    }

    @Test("a certificate whose package is still there says nothing; nothing goes without one")
    func steps() throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 2)[0]
        let open = try store.open()
        #expect(throws: EvidenceError.self) { try open.discard(package.packageID) }
        let (certificate, document) = try open.certify(package: package.relativePath, ground: Self.ground, program: "test")
        #expect(certificate.files.map(\.name) == package.manifest.files.map(\.name))
        try open.keep(certificate: document)
        #expect(store.verify().isIntact && exists(store.path(package)))
        try open.withdraw(certificateOf: package.packageID)
        #expect(try open.certificateDocument(of: package.packageID) == nil)
        try open.keep(certificate: document)
        // A crash between moving and removing.
        try FileManager.default.moveItem(atPath: store.path(package), toPath: "\(store.root)/staging/deleted-\(package.packageID)")
        try open.discard(package.packageID)
        try open.discard(package.packageID)
        #expect(try FileManager.default.contentsOfDirectory(atPath: store.root + "/staging").isEmpty)
        #expect(store.verify().isIntact && !exists(store.path(package)))
        #expect(throws: EvidenceError.self) { try open.certify(package: package.relativePath, ground: Self.ground, program: "test") }
    }
}
