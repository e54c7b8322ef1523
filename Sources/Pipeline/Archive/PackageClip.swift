import Evidence
import Foundation

/// The clip of a sealed evidence package, with what its manifest says of channel and time.
struct PackageClip {
    enum Flaw: Error {
        /// Another program's `manifest.json`.
        case notOurs
        case unreadable(String)
    }

    static let manifestName = "manifest.json"
    /// More than a thousand times what a package needs.
    private static let manifestLimitBytes = 4 << 20

    var path: String
    var channelID: String
    /// Of the clip's first picture; nil in a manifest without that moment.
    var startsAt: Date?

    /// nil for a package without a clip. The seal is not checked here: `xunjie verify` does, and it reads every byte.
    init?(folder: String) throws(Flaw) {
        let bytes: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder + "/" + Self.manifestName))
            defer { try? handle.close() }
            bytes = try handle.read(upToCount: Self.manifestLimitBytes + 1) ?? Data()
        } catch {
            throw .unreadable(error.localizedDescription)
        }
        guard bytes.count <= Self.manifestLimitBytes, let schema = try? JSONDecoder().decode(Schema.self, from: bytes) else {
            throw .notOurs
        }
        guard schema.schema <= EvidenceManifest.currentSchema else {
            throw .unreadable("a newer program wrote it (schema \(schema.schema))")
        }
        guard let manifest = try? JSONDecoder().decode(EvidenceManifest.self, from: bytes) else { throw .unreadable("it is damaged") }
        guard let clip = manifest.files.first(where: { $0.role == .clip }) else { return nil }
        // The name is a file's of the package, whatever somebody wrote into the manifest.
        path = folder + "/" + (clip.name as NSString).lastPathComponent
        guard let channel = ChannelName.clean(manifest.channel.id) else { throw .unreadable("it names no channel") }
        channelID = channel
        startsAt = manifest.times.first { $0.name == "clip-start" }.map {
            Date(timeIntervalSince1970: Double($0.wall.millisecondsSince1970) / 1000)
        }
    }

    private struct Schema: Decodable {
        var schema: Int
        var packageID: PackageID
    }
}
