/// What is wrong with a package, each in one line.
public enum EvidenceProblem: Hashable, Sendable, CustomStringConvertible {
    case folderUnreadable(reason: String)
    case manifestMissing
    case manifestNotRegular
    case manifestUnreadable(reason: String)
    case manifestTooLarge(bytes: Int64)
    case manifestMalformed(reason: String)
    /// Made by a newer program, so its files cannot be judged.
    case manifestNewer(schema: Int)
    case signatureMissing
    case signatureMalformed(reason: String)
    /// The signature does not fit the manifest's bytes.
    case manifestChanged(keyID: String)
    /// A good signature by a key that is not trusted.
    case foreignKey(keyID: String, trusted: [String])
    case unsafeFileName(String)
    case fileMissing(name: String)
    case fileExtra(name: String)
    /// A symbolic link, folder or device where a file should be.
    case fileNotRegular(name: String)
    case fileUnreadable(name: String, reason: String)
    case fileSize(name: String, sealed: Int64, found: Int64)
    /// Ranges of bytes, in whole blocks, that differ from what was sealed.
    case fileChanged(name: String, ranges: [Range<Int64>])
    /// The whole contents are those of another file of the package.
    case fileSwapped(name: String, holds: String)
    /// The blocks are right but the hash of the whole is not: the manifest was wrong when it was sealed.
    case hashesContradict(name: String)
    /// The package lies where another should.
    case misplaced(expected: String)
    /// Something that was added later; `folder` is relative to the package, such as `addenda/0001-review`.
    case addendum(folder: String, AddendumProblem)

    /// The file that is affected; `manifest.json` for what concerns it, nil for the folder as a whole.
    public var fileName: String? {
        switch self {
        case .folderUnreadable, .misplaced: nil
        case .manifestMissing, .manifestNotRegular, .manifestUnreadable, .manifestTooLarge, .manifestMalformed,
            .manifestNewer, .signatureMissing, .signatureMalformed, .manifestChanged, .foreignKey:
            StoreLayout.manifestName
        case .unsafeFileName(let name), .fileMissing(let name), .fileExtra(let name), .fileNotRegular(let name),
            .fileUnreadable(let name, _), .fileSize(let name, _, _), .fileChanged(let name, _),
            .fileSwapped(let name, _), .hashesContradict(let name):
            name
        case .addendum(let folder, .file(let problem)): folder + (problem.fileName.map { "/" + $0 } ?? "")
        case .addendum(let folder, _): folder
        }
    }

    public var description: String {
        switch self {
        case .folderUnreadable(let reason): "the package cannot be read: \(reason)"
        case .manifestMissing: "manifest.json is missing"
        case .manifestNotRegular: "manifest.json is not a regular file"
        case .manifestUnreadable(let reason): "manifest.json cannot be read: \(reason)"
        case .manifestTooLarge(let bytes):
            "manifest.json has \(bytes) bytes, more than 4 MiB: it was not made by this program"
        case .manifestMalformed(let reason): "manifest.json is malformed: \(reason)"
        case .manifestNewer(let schema):
            "manifest.json has schema \(schema), made by a newer version of this program: check it with that version"
        case .signatureMissing: "manifest.json has no signature"
        case .signatureMalformed(let reason): "manifest.json has a malformed signature: \(reason)"
        case .manifestChanged(let keyID):
            "manifest.json was changed after it was sealed: the signature of key \(keyID) does not fit"
        case .foreignKey(let keyID, let trusted):
            "manifest.json is signed by key \(keyID), which is not trusted (trusted: \(trusted.joined(separator: ", ")))"
        case .unsafeFileName(let name):
            "manifest.json lists \(Self.quoted(name)), which cannot name a file of a package"
        case .fileMissing(let name): "\(name) is missing"
        case .fileExtra(let name): "\(Self.quoted(name)) lies in the package but was not sealed with it"
        case .fileNotRegular(let name): "\(Self.quoted(name)) is not a regular file"
        case .fileUnreadable(let name, let reason): "\(name) cannot be read: \(reason)"
        case .fileSize(let name, let sealed, let found): "\(name) has \(found) bytes; \(sealed) were sealed"
        case .fileChanged(let name, let ranges):
            "\(name) was changed: bytes \(Self.text(ranges)) differ from what was sealed"
        case .fileSwapped(let name, let holds): "\(name) holds what was sealed as \(holds)"
        case .hashesContradict(let name): "\(name): its hashes in manifest.json contradict each other"
        case .addendum(let folder, let problem): "\(Self.quoted(folder)): \(problem)"
        case .misplaced(let expected): "the package belongs at evidence/\(expected)"
        }
    }

    init(_ flaw: ManifestFile.Flaw) {
        self =
            switch flaw {
            case .missing: .manifestMissing
            case .notRegularFile: .manifestNotRegular
            case .unreadable(let reason): .manifestUnreadable(reason: reason)
            case .tooLarge(let bytes): .manifestTooLarge(bytes: bytes)
            case .malformed(let reason): .manifestMalformed(reason: reason)
            case .newer(let schema): .manifestNewer(schema: schema)
            case .unsigned: .signatureMissing
            case .malformedSignature(let reason): .signatureMalformed(reason: reason)
            case .changed(let keyID): .manifestChanged(keyID: keyID)
            }
    }

    /// First and last byte of each range, from 0; long lists are cut.
    private static func text(_ ranges: [Range<Int64>]) -> String {
        let shown = ranges.prefix(8).map { "\($0.lowerBound)–\($0.upperBound - 1)" }.joined(separator: ", ")
        return ranges.count > 8 ? "\(shown) and \(ranges.count - 8) more ranges" : shown
    }

    /// A name from outside on one line, whatever is in it.
    private static func quoted(_ name: String) -> String {
        name.unicodeScalars.prefix(120).reduce(into: "“") { text, scalar in
            text +=
                scalar.properties.generalCategory == .control ? "\\u{\(String(scalar.value, radix: 16))}" : "\(scalar)"
        } + "”"
    }
}
