import Foundation

/// A secret of one line in a file that only its owner can read.
public enum SecretFile {
    /// - Throws: `EvidenceError.keyExposed` for a file that others can read, `.keyMalformed` for anything but one line of 16 to
    ///   200 printable ASCII characters without blanks.
    public static func read(_ path: String) throws(EvidenceError) -> String {
        let file = try OpenFile(readingThroughLinks: path)
        let status = try file.status()
        guard status.kind == .file else { throw .invalid("\(path): is no file") }
        guard status.mode & 0o077 == 0 else { throw .keyExposed(path: path, mode: status.mode) }
        let bytes = try file.readAll(limit: 4096) ?? []
        let text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard (16...200).contains(text.utf8.count), text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw .invalid("\(path): a secret is one line of 16 to 200 letters, digits and signs")
        }
        return text
    }
}
