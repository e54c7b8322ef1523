import Evidence
import Foundation
import Testing

@Suite struct SigningKeyTests {
    func mode(_ path: String) -> UInt32 {
        var status = stat()
        return lstat(path, &status) == 0 ? UInt32(status.st_mode) & 0o7777 : 0
    }

    @Test("the first start makes a key that only its owner can read, the next one reads it")
    func creation() throws {
        let folder = try TestFolder()
        let first = try SigningKey.loadOrCreate(at: folder / "key.pem")
        let second = try SigningKey.loadOrCreate(at: folder / "key.pem")
        #expect(first.keyID == second.keyID)
        #expect(first.keyID.count == 16)
        #expect(mode(folder / "key.pem") == 0o600)
        #expect(try VerifyingKey.load(from: folder / "key.pub") == [first.publicKey])
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["key.pem", "key.pub"])
        #expect(try SigningKey.loadOrCreate(at: folder / "other.pem").keyID != first.keyID)
    }

    @Test("openssl reads the key, and the program reads one that openssl made")
    func openssl() throws {
        let folder = try TestFolder()
        let own = try SigningKey.loadOrCreate(at: folder / "key.pem")
        #expect(
            String(decoding: try run("openssl", "pkey", "-in", folder / "key.pem", "-pubout"), as: UTF8.self)
                == own.publicKeyPEM)
        try run("openssl", "genpkey", "-algorithm", "ed25519", "-out", folder / "theirs.pem")
        chmod(folder / "theirs.pem", 0o600)
        let theirs = try SigningKey.loadOrCreate(at: folder / "theirs.pem")
        #expect(
            String(decoding: try run("openssl", "pkey", "-in", folder / "theirs.pem", "-pubout"), as: UTF8.self)
                == theirs.publicKeyPEM)
    }

    @Test(
        "a key that others can read is refused with the command that helps",
        arguments: [0o640, 0o604, 0o644, 0o660] as [mode_t])
    func exposure(mode: mode_t) throws {
        let folder = try TestFolder()
        _ = try SigningKey.loadOrCreate(at: folder / "key.pem")
        chmod(folder / "key.pem", mode)
        let error = #expect(throws: EvidenceError.self) { try SigningKey.loadOrCreate(at: folder / "key.pem") }
        #expect(error == .keyExposed(path: folder / "key.pem", mode: UInt32(mode)))
        #expect(try #require(error).description.contains("chmod 600"))
    }

    @Test("a key file that holds no Ed25519 key is refused and left as it is", arguments: ["", "not a key", "rsa"])
    func malformed(text: String) throws {
        let folder = try TestFolder()
        if text == "rsa" {
            try run("openssl", "genrsa", "-out", folder / "key.pem", "2048")
        } else {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder / "key.pem"))
        }
        chmod(folder / "key.pem", 0o600)
        let before = try contents(folder / "key.pem")
        let error = #expect(throws: EvidenceError.self) { try SigningKey.loadOrCreate(at: folder / "key.pem") }
        guard case .keyMalformed = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try contents(folder / "key.pem") == before)
    }

    @Test("a public key file of another key is refused; one that holds both is taken")
    func changedKey() throws {
        let folder = try TestFolder()
        let old = try SigningKey.loadOrCreate(at: folder / "key.pem")
        try FileManager.default.removeItem(atPath: folder / "key.pem")
        let error = #expect(throws: EvidenceError.self) { try SigningKey.loadOrCreate(at: folder / "key.pem") }
        guard case .publicKeyDiffers = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let fresh = try run("openssl", "pkey", "-in", folder / "key.pem", "-pubout")
        try overwrite(folder / "key.pub", try contents(folder / "key.pub") + fresh)
        let new = try SigningKey.loadOrCreate(at: folder / "key.pem")
        #expect(try VerifyingKey.load(from: folder / "key.pub") == [old.publicKey, new.publicKey])
    }

    @Test("eight threads at the first start all get the same key")
    func race() async throws {
        let folder = try TestFolder()
        let path = folder / "key.pem"
        let ids = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { try SigningKey.loadOrCreate(at: path).keyID } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
    }
}
