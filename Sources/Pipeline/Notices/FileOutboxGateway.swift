public import Casework
import Foundation

/// Puts each message into a folder as one JSON file, `notice-<id>.json`, for another program to pick up.
///
/// Written beside, fsynced and renamed, so that whoever looks finds a whole file or none. A file that is there already is
/// left as it is, and so is one that the other program has moved into `taken/` within the folder: that is how it takes one.
public struct FileOutboxGateway: NoticeGateway {
    struct Letter: Codable {
        var notice: Int64
        var template: String
        var medium: String
        var recipient: String
        var text: String
    }

    private let folder: String
    /// Called between the steps, for tests that kill the process there.
    var afterWriting: @Sendable () -> Void = {}

    /// - Parameter folder: made, with mode 0700, if it is not there.
    public init(folder: String) {
        self.folder = folder
    }

    public func send(_ notice: NoticeText, id: Int64) async throws(NoticeGatewayError) -> String {
        let name = "notice-\(id).json"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            guard !FileManager.default.fileExists(atPath: "\(folder)/\(name)"),
                !FileManager.default.fileExists(atPath: "\(folder)/taken/\(name)")
            else { return name }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            let letter = Letter(
                notice: id, template: notice.template, medium: notice.medium, recipient: notice.recipient, text: notice.text)
            try write(encoder.encode(letter), to: "\(folder)/\(name)")
            return name
        } catch {
            throw NoticeGatewayError("the outbox cannot be written (\(error.localizedDescription))")
        }
    }

    private func write(_ bytes: Data, to path: String) throws {
        let part = path + ".part"
        let descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try file.write(contentsOf: bytes)
        try file.synchronize()
        try file.close()
        afterWriting()
        guard rename(part, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let directory = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { _ = close(directory) }
        guard fsync(directory) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }
}
