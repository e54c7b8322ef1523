public import FrameCore

/// Masked copies of a package's stills, for every use outside the case (国令799号 §22, PIPL): exports, the party's page, lessons.
///
/// Where the manifest knows who and what else was on a still, these regions are hidden; where it does not, everything but the
/// object. The copies name what they were made from; the originals stay untouched.
public enum MaskedDerivative {
    /// One copy.
    public struct File: Sendable {
        /// Such as `masked-after-dwell.jpg`.
        public var name: String
        /// What the original shows.
        public var role: EvidenceManifest.Role
        /// The file of the package that it was made from, and its hash as sealed.
        public var derivedFrom: String
        public var derivedFromSHA256: ContentHash
        public var bytes: [UInt8]
    }

    /// How much is hidden.
    public enum Extent: Sendable, Hashable {
        /// Known regions where they are known, everything else where they are not.
        case asKnown
        /// Everything but the object, always.
        case everythingElse
    }

    /// The object is kept with this part of its longer side around it, so that its place can be recognised.
    private static let keptMargin = 0.1
    /// Movers are found on a coarse grid of an earlier picture; this part of their longer side is added around them.
    private static let hiddenMargin = 0.25

    /// Copies of all stills of a package; of a still that cannot be read there is none, and it throws.
    ///
    /// - Parameters:
    ///   - folder: the package's.
    ///   - drawn: what a person drew to be hidden as well, in parts of the picture.
    public static func make(
        package folder: String, extent: Extent = .asKnown, drawn: [Polygon] = []
    ) throws -> [File] {
        let manifestFile = ManifestFile(inPackage: folder)
        guard manifestFile.flaws.isEmpty, let manifest = manifestFile.manifest else {
            let reason = manifestFile.flaws.map { EvidenceProblem($0).description }.joined(separator: "; ")
            throw EvidenceError.damaged(path: folder, reason: reason)
        }
        var files: [File] = []
        for entry in manifest.files where entry.original && !entry.role.isClip && entry.role != .closeUp {
            let masked = try mask(entry, of: manifest, in: folder, extent: extent, drawn: drawn)
            files.append(try file(entry, masked))
            // Cut out and drawn on again, so that no part of an unmasked copy can come along.
            guard entry.role == .afterDwell else { continue }
            let box = objectBox(of: manifest, in: masked.size)
            if let closeUp = manifest.files.first(where: { $0.role == .closeUp }) {
                let crop = box.inset(by: -max(16, max(box.width, box.height) / 4), within: masked.size)
                files.append(try file(closeUp, masked, crop: crop))
            }
            if let annotated = manifest.files.first(where: { $0.role == .annotated }) {
                let annotation = Annotation(zone: manifest.zone.polygon, box: box)
                files.append(try file(annotated, AnnotatedStill.draw(annotation, on: masked)))
            }
        }
        return files
    }

    private static func mask(
        _ entry: EvidenceManifest.File, of manifest: EvidenceManifest, in folder: String, extent: Extent, drawn: [Polygon]
    ) throws -> Frame {
        let path = folder + "/" + entry.name
        guard StoreLayout.isFileName(entry.name), let jpeg = try OpenFile(reading: path).readAll(limit: Self.stillLimitBytes) else {
            throw EvidenceError.damaged(path: path, reason: "it is no still of this program")
        }
        guard ContentHash(of: jpeg) == entry.sha256 else {
            throw EvidenceError.damaged(path: path, reason: "it is not as it was sealed; run: xunjie verify '\(folder)'")
        }
        let picture = try JPEGDecoder.decode(jpeg)
        let kept = grown(objectBox(of: manifest, in: picture.size), by: keptMargin, within: picture.size)
        var scope = PictureMask.Scope.everythingElse
        if extent == .asKnown, let others = manifest.scenes?.first(where: { $0.file == entry.name })?.others {
            scope = .regions(others.map { grown($0.rect, by: hiddenMargin, within: picture.size) })
        }
        return PictureMask(scope: scope, kept: [kept], drawn: drawn).apply(to: picture)
    }

    /// The early stills may be of the camera's smaller stream.
    private static func objectBox(of manifest: EvidenceManifest, in size: PixelSize) -> PixelRect {
        let source = PixelSize(width: max(1, manifest.channel.width), height: max(1, manifest.channel.height))
        return manifest.box.rect.scaled(from: source, to: size)
    }

    /// More than ten times what an 8K still takes.
    private static let stillLimitBytes = 256 << 20

    private static func grown(_ rect: PixelRect, by part: Double, within size: PixelSize) -> PixelRect {
        rect.inset(by: -Int((Double(max(rect.width, rect.height)) * part).rounded(.up)), within: size)
    }

    private static func file(_ entry: EvidenceManifest.File, _ frame: Frame, crop: PixelRect? = nil) throws(JPEGError) -> File {
        File(
            name: "masked-" + entry.name, role: entry.role, derivedFrom: entry.name, derivedFromSHA256: entry.sha256,
            bytes: try JPEGEncoder.encode(frame, crop: crop))
    }
}

extension AddendumDraft {
    /// Masked copies to be kept with the package.
    public init(masked files: [MaskedDerivative.File], createdAt: WallTime, author: String, token: String? = nil) {
        self.init(
            kind: .masked, createdAt: createdAt, author: author, token: token,
            record: .object([
                "originals": .object(Dictionary(files.map { ($0.derivedFrom, .string($0.derivedFromSHA256.hex)) }) { first, _ in first })
            ]),
            files: files.map { File(name: $0.name, role: $0.role.rawValue, bytes: $0.bytes, derivedFrom: $0.derivedFrom) })
    }
}
