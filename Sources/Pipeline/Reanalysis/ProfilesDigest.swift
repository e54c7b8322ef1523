import Evidence
import Foundation

/// Tells two sets of profiles apart, whatever versions they name.
public enum ProfilesDigest {
    /// SHA-256 over names and contents of all files of the folder, as lower-case hex.
    public static func of(folder: String) throws -> String {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".yaml") }
        var text = ""
        for name in names.sorted() {
            guard let hash = try ContentHash(ofFile: "\(folder)/\(name)", while: { true }) else { continue }
            text += "\(hash.hex)  \(name)\n"
        }
        return ContentHash(of: Array(text.utf8)).hex
    }
}
