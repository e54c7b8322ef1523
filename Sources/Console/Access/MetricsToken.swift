import Crypto
import Evidence
import Foundation

/// What a scraper from another machine shows: kept in a file of the store that only its owner can read.
public struct MetricsToken: Sendable {
    private let bytes: Data

    /// Reads the token, or makes one at the first start (mode 0600).
    /// - Throws: `ConsoleError.unusableToken` for a file that others can read, or that holds no token.
    public static func loadOrCreate(at path: String) throws -> MetricsToken {
        _ = try DurableFile.create(path, with: Array((SessionToken().text + "\n").utf8))
        let mode = (try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        guard mode & 0o077 == 0 else { throw ConsoleError.unusableToken(path: path, reason: "others can read it; set its mode to 0600") }
        let text = try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
        guard (16...200).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ConsoleError.unusableToken(path: path, reason: "a token is one line of 16 to 200 letters, digits and signs")
        }
        return MetricsToken(text)
    }

    public init(_ text: String) {
        bytes = Data(text.utf8)
    }

    /// Whether the header is `Bearer` with this token; takes the same time wherever the two differ.
    func accepts(authorization header: String?) -> Bool {
        let words = (header ?? "").split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return false }
        // Of equal length for any offer, so that not even the length shows.
        return SHA256.hash(data: Data(words[1].utf8)) == SHA256.hash(data: bytes)
    }
}
