import Crypto
import Foundation

/// Reads the ustar files that `CaseBundleStream` writes, and nothing else: one folder, regular files, safe names, no spare bytes.
struct BundleArchive: ~Copyable {
    struct Contents {
        /// The one folder that everything lies in.
        var top: String
        /// As they stand in the archive, named within that folder.
        var members: [CaseBundle.Member]
    }

    /// A package has some ten files, and a few for each addition.
    private static let mostMembers = 10_000
    private static let deepest = 5
    private static let pieceBytes = 256 << 10

    private let file: OpenFile
    private var position: Int64 = 0

    init(file: consuming OpenFile) {
        self.file = file
    }

    /// The next file's header; nil at the archive's end.
    mutating func header() -> Result<TarHeader?, BundleProblem> {
        let start = position
        switch read(TarHeader.blockBytes) {
        case .failure(let problem): return .failure(problem)
        case .success(let block):
            if block.allSatisfy({ $0 == 0 }), block.count == TarHeader.blockBytes { return end(from: start) }
            guard let header = TarHeader(block: block) else {
                return .failure(.archive(byte: start, reason: block.isEmpty ? "the end is missing" : "is no header of a bundle's file"))
            }
            return .success(header)
        }
    }

    /// Unpacks everything; the folder must be empty.
    mutating func unpack(into folder: String) throws -> Contents {
        var contents = Contents(top: "", members: [])
        while let header = try header().get() {
            let parts = header.name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard (2...Self.deepest).contains(parts.count), parts.allSatisfy(StoreLayout.isSafeName) else {
                throw BundleProblem.archive(byte: position, reason: "a file's name is unsafe")
            }
            if contents.members.isEmpty { contents.top = parts[0] }
            let name = parts.dropFirst().joined(separator: "/")
            guard parts[0] == contents.top, contents.members.count < Self.mostMembers,
                !contents.members.contains(where: { $0.name == name })
            else { throw BundleProblem.archive(byte: position, reason: "\(header.name) is in no bundle, or twice in this one") }
            let path = ([folder] + parts).joined(separator: "/")
            try Folder.make(Folder.parent(of: path))
            contents.members.append(
                CaseBundle.Member(name: name, bytes: header.bytes, sha256: try copy(header, to: path)))
        }
        return contents
    }

    private mutating func copy(_ header: TarHeader, to path: String) throws -> ContentHash {
        let target = try OpenFile(creating: path, mode: 0o600)
        var sha256 = SHA256()
        var left = header.bytes
        while left > 0 {
            let wanted = Int(min(left, Int64(Self.pieceBytes)))
            let piece = try read(wanted).get()
            guard piece.count == wanted else { throw BundleProblem.archive(byte: position, reason: "ends within \(header.name)") }
            piece.withUnsafeBytes { sha256.update(bufferPointer: $0) }
            try target.write(piece)
            left -= Int64(wanted)
        }
        let padding = try read(header.padding).get()
        guard padding.count == header.padding, padding.allSatisfy({ $0 == 0 }) else {
            throw BundleProblem.archive(byte: position, reason: "there is something between the files")
        }
        return ContentHash(sha256.finalize())
    }

    /// The second block of zeros, and nothing after it.
    private mutating func end(from start: Int64) -> Result<TarHeader?, BundleProblem> {
        switch read(TarHeader.blockBytes + 1) {
        case .failure(let problem): .failure(problem)
        case .success(let rest):
            rest.count == TarHeader.blockBytes && rest.allSatisfy { $0 == 0 }
                ? .success(nil) : .failure(.archive(byte: start, reason: "the end is not as it was written"))
        }
    }

    /// Fewer bytes only at the end of the file.
    private mutating func read(_ count: Int) -> Result<[UInt8], BundleProblem> {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let answer = bytes.withUnsafeMutableBytes { buffer in
                file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            }
            switch answer {
            case .failure(let error): return .failure(.unreadable(reason: "\(error)"))
            case .success(0):
                position += Int64(filled)
                return .success(Array(bytes.prefix(filled)))
            case .success(let count): filled += count
            }
        }
        position += Int64(filled)
        return .success(bytes)
    }
}

extension BundleProblem: Error {}
