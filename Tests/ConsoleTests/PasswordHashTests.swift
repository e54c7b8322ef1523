import Console
import Testing

@Suite("Password hashes")
struct PasswordHashTests {
    @Test("the standard cost is scrypt with N 2^15, r 8, p 1, and the text says so")
    func standard() throws {
        let text = try PasswordHash.make("correct horse battery")
        #expect(text.hasPrefix("scrypt$32768$8$1$"))
        #expect(PasswordHash.verify("correct horse battery", against: text))
        #expect(!PasswordHash.verify("correct horse batterY", against: text))
        #expect(!PasswordHash.verify("", against: text))
    }

    @Test("the vector of RFC 7914 §12 is accepted")
    func vector() {
        // scrypt("pleaseletmein", "SodiumChloride", 16384, 8, 1, 64)
        let key = "cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw=="
        let text = "scrypt$16384$8$1$U29kaXVtQ2hsb3JpZGU=$\(key)"
        #expect(PasswordHash.verify("pleaseletmein", against: text))
        #expect(!PasswordHash.verify("pleaseletmeout", against: text))
    }

    @Test("two hashes of one password differ")
    func salted() throws {
        let first = try PasswordHash.make("x", cost: TestConsole.cheap)
        #expect(try PasswordHash.make("x", cost: TestConsole.cheap) != first)
    }

    @Test("the same characters typed as other code points are the same password")
    func composed() throws {
        let text = try PasswordHash.make("caf\u{E9} au lait", cost: TestConsole.cheap)
        #expect(PasswordHash.verify("cafe\u{301} au lait", against: text))
    }

    @Test(
        "a text of another form, or one whose cost would take all memory, is nobody's hash",
        arguments: [
            "", "scrypt", "bcrypt$16$8$1$AAAAAAAAAAA=$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt$17$8$1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA==",
            "scrypt$1073741824$8$1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA==", "scrypt$16$8$1$$",
            "scrypt$16$0$1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA==",
            "scrypt$-16$8$1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA==",
        ])
    func malformed(text: String) {
        #expect(!PasswordHash.verify("x", against: text))
    }
}
