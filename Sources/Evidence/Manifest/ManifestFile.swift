import Foundation

/// A `manifest.json` as it was read: its bytes' hash, its contents, and what is wrong with it.
struct ManifestFile {
    enum Flaw: Error, Hashable, Sendable {
        case missing
        case notRegularFile
        case unreadable(String)
        case tooLarge(bytes: Int64)
        case malformed(reason: String)
        case newer(schema: Int)
        case unsigned
        case malformedSignature(reason: String)
        case changed(keyID: String)
    }

    /// Of the whole file; nil if it could not be read.
    var sha256: ContentHash?
    /// nil if it could not be decoded.
    var manifest: EvidenceManifest?
    /// Whose signature it carries; nil if it carries none.
    var key: VerifyingKey?
    /// In the order in which they were found; empty if the manifest is as it was sealed by `key`.
    var flaws: [Flaw] = []

    /// Never throws for what is wrong with the file.
    init(inPackage folder: String) {
        do {
            decode(try Self.bytes(at: folder + "/" + StoreLayout.manifestName))
        } catch {
            flaws = [error]
        }
    }

    private static func bytes(at path: String) throws(Flaw) -> [UInt8] {
        do {
            guard let status = try FileStatus.of(path) else { throw Flaw.missing }
            guard status.kind == .file else { throw Flaw.notRegularFile }
            guard let bytes = try OpenFile(reading: path).readAll(limit: StoreLayout.manifestLimitBytes) else {
                throw Flaw.tooLarge(bytes: status.byteCount)
            }
            return bytes
        } catch let flaw as Flaw {
            throw flaw
        } catch {
            throw .unreadable("\(error)")
        }
    }

    private mutating func decode(_ bytes: [UInt8]) {
        sha256 = ContentHash(of: bytes)
        var body = bytes
        do {
            let document = try SignedDocument(bytes)
            key = document.key
            body = document.body
            if !document.isIntact { flaws.append(.changed(keyID: document.key.keyID)) }
        } catch {
            switch error {
            case .unsigned: flaws.append(.unsigned)
            case .malformed(let reason): flaws.append(.malformedSignature(reason: reason))
            }
        }
        do {
            let schema = try JSONDecoder().decode(SchemaOnly.self, from: Data(body)).schema
            guard schema <= EvidenceManifest.currentSchema else { return flaws.append(.newer(schema: schema)) }
            let manifest = try JSONDecoder().decode(EvidenceManifest.self, from: Data(body))
            try Self.check(manifest)
            self.manifest = manifest
        } catch let error as Contradiction {
            flaws.append(.malformed(reason: error.reason))
        } catch {
            flaws.append(.malformed(reason: MalformedJSON.reason(for: error, in: body)))
        }
    }

    private struct SchemaOnly: Decodable {
        var schema: Int
    }

    private struct Contradiction: Error {
        var reason: String
    }

    /// What decoding alone lets through. File names are left to the check of the folder, which names them.
    private static func check(_ manifest: EvidenceManifest) throws(Contradiction) {
        guard StoreLayout.isSafeName(manifest.channel.id) else {
            throw Contradiction(reason: "channel.id: “\(manifest.channel.id.prefix(80))” cannot be a channel's id")
        }
        guard manifest.chain.channel == manifest.channel.id else {
            throw Contradiction(reason: "chain.channel: differs from channel.id")
        }
        guard manifest.chain.sequence >= 1 else { throw Contradiction(reason: "chain.sequence: counts from 1") }
        guard (-1439...1439).contains(manifest.clock.utcOffsetMinutes) else {
            throw Contradiction(reason: "clock.utcOffsetMinutes: over a day")
        }
        var names: Set<String> = []
        for (index, file) in manifest.files.enumerated() {
            guard names.insert(file.name).inserted else {
                throw Contradiction(reason: "files[\(index)].name: “\(file.name.prefix(80))” is listed twice")
            }
            guard manifest.schema < 2 || file.sm3 != nil else {
                throw Contradiction(reason: "files[\(index)].sm3: is missing")
            }
            let block = EvidenceManifest.File.blockBytes
            guard file.blockBytes == block else {
                throw Contradiction(reason: "files[\(index)].blockBytes: must be \(block)")
            }
            guard file.bytes >= 0,
                Int64(file.blockSHA256.count) == (file.bytes / Int64(block)) + (file.bytes % Int64(block) > 0 ? 1 : 0)
            else {
                throw Contradiction(reason: "files[\(index)].blockSHA256: the number of blocks does not fit to bytes")
            }
        }
    }
}
