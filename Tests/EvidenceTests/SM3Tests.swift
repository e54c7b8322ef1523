import Evidence
import Foundation
import Testing

@Suite struct SM3Tests {
    @Test("the two examples of GB/T 32905 come out")
    func examples() {
        #expect(SM3Hash(of: Array("abc".utf8)).hex == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0")
        let long = Array(String(repeating: "abcd", count: 16).utf8)
        #expect(SM3Hash(of: long).hex == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732")
    }

    @Test("only 64 lower-case hex digits are a digest")
    func digits() {
        let hash = SM3Hash(of: [1, 2, 3])
        #expect(SM3Hash(hex: hash.hex) == hash)
        #expect(SM3Hash(hex: hash.hex.uppercased()) == nil && SM3Hash(hex: String(hash.hex.dropLast())) == nil)
    }

    @Test("both digests of a sealed file are those that other programs make", arguments: [0, 1, 65_535, 65_536, 1 << 20, (1 << 20) + 1])
    func sealed(bytes: Int) throws {
        let store = try TestStore()
        let package = try store.fill("a", count: 1, clipBytes: bytes)[0]
        let clip = try #require(package.manifest.files.first { $0.role == .clip })
        let path = store.path(package, clip.name)
        let openssl = String(decoding: try run("openssl", "dgst", "-sm3", "-r", path), as: UTF8.self)
        let coreutils = String(decoding: try run("sha256sum", path), as: UTF8.self)
        let sm3 = try #require(clip.sm3)
        #expect(openssl.hasPrefix(sm3.hex + " "))
        #expect(coreutils.hasPrefix(clip.sha256.hex + " "))
    }
}
