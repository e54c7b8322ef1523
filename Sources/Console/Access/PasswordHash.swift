import Crypto
import CryptoExtras
import Foundation

/// A password as the store keeps it, by scrypt (RFC 7914): `scrypt$N$r$p$salt$key`, salt and key in base64.
///
/// Making and checking one blocks for as long as its cost demands: never on an event loop.
public struct PasswordHash: Sendable, Hashable {
    /// What a guess costs: `128 · blockSize · rounds` bytes of memory and the time to fill them.
    public struct Cost: Sendable, Hashable {
        /// N, a power of two.
        public var rounds: Int
        /// r
        public var blockSize: Int
        /// p
        public var parallelism: Int

        public init(rounds: Int, blockSize: Int, parallelism: Int) {
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelism = parallelism
        }

        /// 32 MiB and about a tenth of a second.
        public static let standard = Cost(rounds: 1 << 15, blockSize: 8, parallelism: 1)

        /// Within these bounds a stored hash is believed; beyond, a forged row could ask for all memory.
        var isUsable: Bool {
            (1 << 4...1 << 20).contains(rounds) && rounds.nonzeroBitCount == 1 && (1...32).contains(blockSize)
                && (1...16).contains(parallelism)
        }
    }

    private static let saltBytes = 16
    private static let keyBytes = 32

    let cost: Cost
    private let salt: [UInt8]
    private let key: [UInt8]

    /// The text to keep for a new password, with a fresh random salt. Blocks for about 100 ms at the standard cost.
    /// - Throws: what CryptoExtras throws when there is not enough memory.
    public static func make(_ password: String, cost: Cost = .standard) throws -> String {
        try PasswordHash(of: password, cost: cost).text
    }

    /// Whether the password is the one that the kept text was made of; false for a malformed text too. Blocks like `make`.
    public static func verify(_ password: String, against text: String) -> Bool {
        PasswordHash(text)?.accepts(password) ?? false
    }

    init(of password: String, cost: Cost = .standard) throws {
        var generator = SystemRandomNumberGenerator()
        let salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        self.cost = cost
        self.salt = salt
        key = try Self.derive(password, salt: salt, cost: cost, byteCount: Self.keyBytes).withUnsafeBytes { Array($0) }
    }

    /// nil unless the text has the form of `text` with a usable cost.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let rounds = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), let salt = Data(base64Encoded: String(parts[4])),
            let key = Data(base64Encoded: String(parts[5])), (8...64).contains(salt.count), (16...64).contains(key.count)
        else { return nil }
        cost = Cost(rounds: rounds, blockSize: blockSize, parallelism: parallelism)
        guard cost.isUsable else { return nil }
        self.salt = [UInt8](salt)
        self.key = [UInt8](key)
    }

    /// As the store keeps it.
    var text: String {
        "scrypt$\(cost.rounds)$\(cost.blockSize)$\(cost.parallelism)$\(Data(salt).base64EncodedString())$"
            + Data(key).base64EncodedString()
    }

    /// Whether this is the hash of the password; the comparison takes the same time wherever they differ.
    func accepts(_ password: String) -> Bool {
        guard let derived = try? Self.derive(password, salt: salt, cost: cost, byteCount: key.count) else { return false }
        // The equality of two keys is constant-time.
        return derived == SymmetricKey(data: key)
    }

    /// The same characters may be typed as different code points: they are composed first (NFC).
    private static func derive(_ password: String, salt: [UInt8], cost: Cost, byteCount: Int) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: Data(password.precomposedStringWithCanonicalMapping.utf8), salt: salt, outputByteCount: byteCount,
            rounds: cost.rounds, blockSize: cost.blockSize, parallelism: cost.parallelism)
    }
}
