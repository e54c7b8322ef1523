import Casework
import Evidence
import Foundation
import FrameCore

/// What a case's package shows of the place: the scene before, the scene with the object, and where it is.
struct SealedScene: Sendable {
    /// Why a package tells nothing of its place.
    struct Flaw: Error, CustomStringConvertible {
        var description: String
    }

    /// More than a thousand times what a package needs.
    private static let manifestLimitBytes = 4 << 20
    private static let pictureLimitBytes = 64 << 20

    let manifest: EvidenceManifest
    /// nil if the package has none.
    let before: Frame?
    let object: Frame
    /// In pixels of `object`.
    let box: PixelRect

    /// Reads pictures whose hashes are those of the manifest that the case was made with. Blocks for some 100 ms.
    init(_ record: CaseRecord, evidencePath: String) throws {
        let folder = evidencePath + "/" + record.packagePath
        let document = try Self.bytes(of: folder + "/" + PackageClip.manifestName, limit: Self.manifestLimitBytes)
        guard ContentHash(of: document).hex == record.manifestSHA256 else {
            throw Flaw(description: "the package's manifest is not the one that the case was made with")
        }
        let manifest = try JSONDecoder().decode(EvidenceManifest.self, from: Data(document))
        func picture(_ role: EvidenceManifest.Role) throws -> Frame? {
            guard let file = manifest.files.first(where: { $0.role == role }) else { return nil }
            let bytes = try Self.bytes(of: folder + "/" + (file.name as NSString).lastPathComponent, limit: Self.pictureLimitBytes)
            guard ContentHash(of: bytes) == file.sha256 else { throw Flaw(description: "\(file.name) was changed after it was sealed") }
            return try JPEGDecoder.decode(bytes)
        }
        guard let object = try picture(.afterDwell) else { throw Flaw(description: "the package has no picture of the object") }
        let size = PixelSize(width: manifest.channel.width, height: manifest.channel.height)
        self.manifest = manifest
        self.object = object
        before = try picture(.sceneBefore)
        box = size.area > 0 ? manifest.box.rect.scaled(from: size, to: object.size) : manifest.box.rect
    }

    private static func bytes(of path: String, limit: Int) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        let bytes = try handle.read(upToCount: limit + 1) ?? Data()
        guard bytes.count <= limit else { throw Flaw(description: "\((path as NSString).lastPathComponent) is larger than any of ours") }
        return [UInt8](bytes)
    }
}
