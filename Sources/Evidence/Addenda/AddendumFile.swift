import Foundation

/// An `addendum.json` as it was read: its bytes' hash, its contents, and what is wrong with it.
struct AddendumFile {
    /// nil if it could not be read.
    var sha256: ContentHash?
    /// nil if it could not be decoded.
    var addendum: Addendum?
    /// Whose signature it carries; nil if it carries none.
    var key: VerifyingKey?
    var problems: [AddendumProblem] = []

    /// Names in a package's `addenda` folder, sorted; none where there is no such folder.
    static func names(inPackage folder: String) throws(EvidenceError) -> [String] {
        let addenda = folder + "/" + StoreLayout.addendaName
        guard let status = try FileStatus.of(addenda) else { return [] }
        guard status.kind == .folder else { throw .damaged(path: addenda, reason: "it is not a folder") }
        return try Folder.names(in: addenda)
    }

    /// Never throws for what is wrong with the file.
    init(inPackage folder: String, name: String) {
        let path = "\(folder)/\(StoreLayout.addendaName)/\(name)/\(StoreLayout.addendumName)"
        do {
            decode(try Self.bytes(at: path))
        } catch {
            problems = [error]
        }
    }

    private static func bytes(at path: String) throws(AddendumProblem) -> [UInt8] {
        do {
            guard let status = try FileStatus.of(path) else { throw AddendumProblem.documentMissing }
            guard status.kind == .file else { throw AddendumProblem.documentMalformed("it is not a regular file") }
            guard let bytes = try OpenFile(reading: path).readAll(limit: StoreLayout.manifestLimitBytes) else {
                throw AddendumProblem.documentMalformed("it has more than 4 MiB")
            }
            return bytes
        } catch let problem as AddendumProblem {
            throw problem
        } catch {
            throw .documentMalformed("\(error)")
        }
    }

    private mutating func decode(_ bytes: [UInt8]) {
        sha256 = ContentHash(of: bytes)
        var body = bytes
        do {
            let document = try SignedDocument(bytes)
            key = document.key
            body = document.body
            if !document.isIntact { problems.append(.documentChanged(keyID: document.key.keyID)) }
        } catch {
            switch error {
            case .unsigned: problems.append(.documentUnsigned)
            case .malformed(let reason): problems.append(.documentMalformed("signature: \(reason)"))
            }
        }
        do {
            let schema = try JSONDecoder().decode(SchemaOnly.self, from: Data(body)).schema
            guard schema <= Addendum.currentSchema else { return problems.append(.documentNewer(schema: schema)) }
            let addendum = try JSONDecoder().decode(Addendum.self, from: Data(body))
            if let flaw = Self.flaw(of: addendum) { return problems.append(.documentMalformed(flaw)) }
            self.addendum = addendum
        } catch {
            problems.append(.documentMalformed(MalformedJSON.reason(for: error, in: body)))
        }
    }

    private struct SchemaOnly: Decodable {
        var schema: Int
    }

    /// What decoding alone lets through.
    private static func flaw(of addendum: Addendum) -> String? {
        if addendum.sequence < 1 { return "sequence: counts from 1" }
        if case .object = addendum.record {} else { return "record: is no object" }
        var names: Set<String> = []
        for (index, file) in addendum.files.enumerated() {
            if !names.insert(file.name).inserted { return "files[\(index)].name: “\(file.name.prefix(80))” is listed twice" }
            let block = EvidenceManifest.File.blockBytes
            guard file.blockBytes == block, file.bytes >= 0,
                Int64(file.blockSHA256.count) == file.bytes / Int64(block) + (file.bytes % Int64(block) > 0 ? 1 : 0)
            else { return "files[\(index)].blockSHA256: the number of blocks does not fit to bytes" }
        }
        return nil
    }
}
