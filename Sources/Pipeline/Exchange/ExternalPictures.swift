public import Evidence
import Foundation

/// Pictures that other patrols sent with their findings: `<store>/external/<sha256>.jpg`.
public enum ExternalPictures {
    static func folder(of root: String) -> String { root + "/external" }

    /// Keeps the picture and answers its hash, or nil if it is no JPEG. The same picture is kept once.
    public static func keep(_ bytes: [UInt8], root: String) throws -> ContentHash? {
        guard JPEGHeader(bytes) != nil else { return nil }
        let hash = ContentHash(of: bytes)
        let folder = folder(of: root)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = try DurableFile.create("\(folder)/\(hash.hex).jpg", with: bytes)
        return hash
    }

    /// nil once it was removed.
    public static func picture(_ hash: ContentHash, root: String) -> [UInt8]? {
        FileManager.default.contents(atPath: "\(folder(of: root))/\(hash.hex).jpg").map { [UInt8]($0) }
    }
}
