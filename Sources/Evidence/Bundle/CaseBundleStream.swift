import Crypto
import Synchronization

/// Writes a bundle piece by piece, reading each file once; nothing larger than a piece is held in memory.
///
/// Safe from any thread, one piece after the other. Blocks on the disk.
public final class CaseBundleStream: Sendable {
    enum Source: Sendable {
        case bytes([UInt8])
        case file(path: String, bytes: Int64)
    }

    struct Part: Sendable {
        /// Within the case's folder.
        var name: String
        var source: Source
    }

    private struct State: ~Copyable {
        var bundle: CaseBundle
        var index = 0
        var reading: Reading?
        var isOver = false
    }

    private struct Reading: ~Copyable {
        var file: OpenFile
        var path: String
        var header: TarHeader
        var left: Int64
        var sha256 = SHA256()
    }

    private static let pieceBytes = 256 << 10

    private let parts: [Part]
    private let key: SigningKey
    private let state: Mutex<State>

    init(_ draft: CaseBundle, parts: [Part], key: SigningKey) {
        self.parts = parts
        self.key = key
        state = Mutex(State(bundle: draft))
    }

    /// The next piece; nil after the last.
    /// - Throws: `EvidenceError.damaged` for a file that changed its size meanwhile: what was written so far is no bundle.
    public func next() throws(EvidenceError) -> [UInt8]? {
        try state.withLock { state throws(EvidenceError) in
            if state.reading != nil { return try self.piece(&state) }
            guard state.index < self.parts.count else { return try self.last(&state) }
            let part = self.parts[state.index]
            state.index += 1
            switch part.source {
            case .bytes(let bytes):
                state.bundle.members.append(
                    CaseBundle.Member(name: part.name, bytes: Int64(bytes.count), sha256: ContentHash(of: bytes)))
                return try self.whole(part.name, bytes, of: state.bundle.caseID)
            case .file(let path, let bytes):
                let header = try self.header(part.name, bytes, of: state.bundle.caseID)
                state.reading = Reading(file: try OpenFile(reading: path), path: path, header: header, left: bytes)
                return header.block
            }
        }
    }

    private func header(_ name: String, _ bytes: Int64, of caseID: String) throws(EvidenceError) -> TarHeader {
        guard let header = TarHeader(name: "\(caseID)/\(name)", bytes: bytes) else {
            throw .invalid("\(caseID)/\(name): its name or its size of \(bytes) bytes does not fit into a bundle")
        }
        return header
    }

    private func whole(_ name: String, _ bytes: [UInt8], of caseID: String) throws(EvidenceError) -> [UInt8] {
        let header = try header(name, Int64(bytes.count), of: caseID)
        return header.block + bytes + [UInt8](repeating: 0, count: header.padding)
    }

    private func piece(_ state: inout State) throws(EvidenceError) -> [UInt8]? {
        guard var reading = state.reading.take() else { return nil }
        var piece = [UInt8](repeating: 0, count: Int(min(reading.left, Int64(Self.pieceBytes))))
        var filled = 0
        while filled < piece.count {
            let count = try piece.withUnsafeMutableBytes { buffer in
                reading.file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
            }.get()
            guard count > 0 else { throw .damaged(path: reading.path, reason: "became shorter while it was exported") }
            filled += count
        }
        piece.withUnsafeBytes { reading.sha256.update(bufferPointer: $0) }
        reading.left -= Int64(filled)
        guard reading.left == 0 else {
            state.reading = consume reading
            return piece
        }
        var more: [UInt8] = [0]
        guard try more.withUnsafeMutableBytes({ reading.file.read(into: $0) }).get() == 0 else {
            throw .damaged(path: reading.path, reason: "became longer while it was exported")
        }
        state.bundle.members.append(
            CaseBundle.Member(
                name: String(reading.header.name.dropFirst(state.bundle.caseID.count + 1)), bytes: reading.header.bytes,
                sha256: ContentHash(reading.sha256.finalize())))
        return piece + [UInt8](repeating: 0, count: reading.header.padding)
    }

    private func last(_ state: inout State) throws(EvidenceError) -> [UInt8]? {
        guard !state.isOver else { return nil }
        state.isOver = true
        let document = try SignedDocument.seal(state.bundle, with: key)
        return try whole(CaseBundle.documentName, document, of: state.bundle.caseID) + TarHeader.end
    }
}

extension EvidenceStore {
    /// A bundle of the case whose package lies at `relativePath`, signed with the store's key.
    ///
    /// - Parameters:
    ///   - log: the case's lines, oldest first.
    ///   - standing: JSON of what they come to.
    public func bundle(
        _ draft: CaseBundle, package relativePath: String, log: [BundleLogLine], standing: [UInt8]
    ) throws(EvidenceError) -> CaseBundleStream {
        let folder = evidencePath + "/" + relativePath
        guard relativePath.split(separator: "/", omittingEmptySubsequences: false).allSatisfy({ StoreLayout.isSafeName(String($0)) })
        else { throw .invalid("“\(relativePath.prefix(200))” is no path within the store") }
        var parts = try Self.parts(in: folder, below: CaseBundle.packageFolder)
        parts.append(.init(name: CaseBundle.logName, source: .bytes(try BundleLogLine.text(of: log))))
        parts.append(.init(name: CaseBundle.standingName, source: .bytes(standing)))
        var keys: [VerifyingKey] = []
        for key in trusted where !keys.contains(key) { keys.append(key) }
        parts.append(.init(name: CaseBundle.keyName, source: .bytes(Array(keys.map(\.pem).joined().utf8))))
        return CaseBundleStream(draft, parts: parts, key: key)
    }

    private static func parts(in folder: String, below name: String) throws(EvidenceError) -> [CaseBundleStream.Part] {
        var parts: [CaseBundleStream.Part] = []
        for child in try Folder.names(in: folder) {
            let path = folder + "/" + child
            guard let status = try FileStatus.of(path) else { continue }
            switch status.kind {
            case .file: parts.append(.init(name: "\(name)/\(child)", source: .file(path: path, bytes: status.byteCount)))
            case .folder: parts += try Self.parts(in: path, below: "\(name)/\(child)")
            case .symbolicLink, .other: throw .damaged(path: path, reason: "is no regular file")
            }
        }
        return parts
    }
}

extension CaseBundleStream {
    /// Writes all of it to a new file, which is there whole and on the disk when this returns, or not at all.
    public func write(to path: String, makingFolder folder: String) throws(EvidenceError) {
        try Folder.make(folder)
        let temporary = path + ".new"
        // Left by a crash.
        try Folder.remove(temporary)
        do {
            let file = try OpenFile(creating: temporary, named: path, mode: 0o600)
            while let piece = try next() { try file.write(piece) }
            try file.synchronize()
            try DurableFile.rename(temporary, to: path)
        } catch {
            try? Folder.remove(temporary)
            throw error
        }
        try DurableFile.synchronizeFolder(folder)
    }
}
