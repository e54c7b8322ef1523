import Evidence
import Foundation
import Testing

/// Against replies of OpenSSL's own time-stamp authority, with a certificate that is made for the test.
@Suite struct TimeStampTests {
    let authority: TestAuthority
    let manifest = ContentHash(of: Array("manifest".utf8))

    init() throws {
        authority = try TestAuthority()
    }

    @Test("a request is what openssl reads as one of this hash, with nonce and certificate asked for")
    func request() throws {
        let request = try TimeStampRequest(imprint: manifest, nonce: 0x1234_5678_9abc)
        #expect(request.imprint == manifest)
        try Data(request.der).write(to: URL(fileURLWithPath: authority.folder / "q.tsq"))
        let text = String(decoding: try run("openssl", "ts", "-query", "-in", authority.folder / "q.tsq", "-text"), as: UTF8.self)
        #expect(text.contains("Hash Algorithm: sha256") && text.contains("Certificate required: yes"))
        #expect(text.contains("Nonce: 0x123456789ABC"))
    }

    @Test("its reply holds, with and without the authority's certificate")
    func reply() throws {
        let request = try TimeStampRequest(imprint: manifest, nonce: 77)
        let der = try authority.reply(to: request)
        let plain = try TimeStampReply(der: der, to: request)
        #expect(plain.time.hasSuffix("Z") && plain.time.count >= 15 && !plain.serial.isEmpty && !plain.isSignatureChecked)
        #expect(try TimeStampReply(der: der, to: request, certificates: authority.folder / "ca.pem").isSignatureChecked)
    }

    @Test("a reply to another hash, to another nonce, by another authority, changed or refused, does not hold")
    func wrong() throws {
        let request = try TimeStampRequest(imprint: manifest, nonce: 77)
        let der = try authority.reply(to: request)
        let plain = try TimeStampReply(der: der, to: request)
        let other = try TimeStampRequest(imprint: ContentHash(of: [1]), nonce: 77)
        let later = try TimeStampRequest(imprint: manifest, nonce: 78)
        #expect(throws: TimeStampError.self) { try TimeStampReply(der: der, to: other) }
        #expect(throws: TimeStampError.self) { try TimeStampReply(der: der, to: later) }
        let stranger = try TestAuthority()
        #expect(throws: TimeStampError.self) {
            try TimeStampReply(der: der, to: request, certificates: stranger.folder / "ca.pem")
        }
        #expect(throws: TimeStampError.self) { try TimeStampReply(der: Array(der.prefix(100)), to: request) }
        #expect(throws: TimeStampError.self) { try TimeStampReply(der: [], to: request) }
        // PKIStatusInfo { rejection(2) }.
        #expect(throws: TimeStampError.rejected(status: 2)) {
            try TimeStampReply(der: [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02], to: request)
        }
        for offset in stride(from: 30, to: der.count, by: 7) {
            var changed = der
            changed[offset] ^= 4
            // Certificates that come along are not signed with it, so some bytes may change; what it says must not.
            let accepted = try? TimeStampReply(der: changed, to: request, certificates: authority.folder / "ca.pem")
            if let accepted { #expect(accepted.time == plain.time && accepted.serial == plain.serial, "byte \(offset)") }
        }
    }

    @Test("kept as an addendum it verifies; one of another manifest is named")
    func kept() throws {
        let store = try TestStore()
        let packages = try store.fill("a", count: 2)
        let open = try store.open()
        for (index, package) in packages.enumerated() {
            // The second one gets a stamp of the first one's manifest.
            let request = try TimeStampRequest(imprint: packages[0].manifestSHA256, nonce: UInt64(index + 5))
            let der = try authority.reply(to: request)
            let draft = AddendumDraft(
                timeStamp: try TimeStampReply(der: der, to: request), request: request, reply: der, authority: "test",
                createdAt: WallTime(millisecondsSince1970: 1_795_500_000_000, utcOffsetMinutes: 480))
            _ = try open.append(draft, to: package.relativePath)
        }
        #expect(EvidenceVerifier().verify(package: store.path(packages[0])).isIntact)
        let problems = EvidenceVerifier().verify(package: store.path(packages[1])).problems
        #expect(problems == [.addendum(folder: "addenda/0001-time-stamp", .timeStamp("it is of another hash than the manifest's"))])
    }
}

/// A certificate authority and a time-stamp authority under it.
struct TestAuthority {
    let folder: TestFolder

    init() throws {
        folder = try TestFolder()
        let settings = """
            [tsa]
            default_tsa = one
            [one]
            serial = \(folder / "serial")
            signer_cert = \(folder / "tsa.pem")
            signer_key = \(folder / "tsa.key")
            certs = \(folder / "ca.pem")
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            [usage]
            extendedKeyUsage = critical,timeStamping
            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder / "tsa.cnf"))
        try Data("01".utf8).write(to: URL(fileURLWithPath: folder / "serial"))
        try run(
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
            "/CN=test ca \(folder.path.suffix(8))", "-keyout", folder / "ca.key", "-out", folder / "ca.pem")
        try run(
            "openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=test tsa", "-keyout",
            folder / "tsa.key", "-out", folder / "tsa.csr")
        try run(
            "openssl", "x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
            "-CAcreateserial", "-days", "30", "-extfile", folder / "tsa.cnf", "-extensions", "usage", "-out", folder / "tsa.pem")
    }

    func reply(to request: TimeStampRequest) throws -> [UInt8] {
        try Data(request.der).write(to: URL(fileURLWithPath: folder / "request.tsq"))
        try run(
            "openssl", "ts", "-reply", "-config", folder / "tsa.cnf", "-section", "one", "-queryfile", folder / "request.tsq", "-out",
            folder / "reply.tsr")
        return try contents(folder / "reply.tsr")
    }
}
