import Foundation

/// A program of this machine that a test needs; a missing one is an error that names its Debian package.
struct Tool {
    struct Missing: Error, CustomStringConvertible {
        let name: String
        let package: String
        var description: String { "\(name) is not installed: sudo apt-get install \(package)" }
    }

    struct Failure: Error, CustomStringConvertible {
        let command: String
        let status: Int32
        let messages: String
        var description: String { "\(command) ended with \(status): \(messages)" }
    }

    let path: String

    init(_ name: String, package: String, first: Substring? = nil) throws {
        let folders = (first.map { [$0] } ?? []) + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        guard let path = folders.map({ "\($0)/\(name)" }).first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(name: name, package: package)
        }
        self.path = path
    }

    static func ffmpeg() throws -> Tool { try Tool("ffmpeg", package: "ffmpeg") }
    static func ffprobe() throws -> Tool { try Tool("ffprobe", package: "ffmpeg") }
    /// Debian's own, which sees Debian's modules (python3-gi); another one may come first in PATH.
    static func python() throws -> Tool { try Tool("python3", package: "python3", first: "/usr/bin") }

    /// Runs to the end and returns what it printed.
    @discardableResult
    func run(_ arguments: [String]) throws -> Data {
        let scratch = try Folder()
        let child = try Child(path, arguments, output: scratch.file("output"), messages: scratch.file("messages"))
        let status = child.wait()
        guard status == 0 else {
            let messages = String(decoding: try scratch.read("messages"), as: UTF8.self)
            throw Failure(command: "\(path) \(arguments.joined(separator: " "))", status: status, messages: messages)
        }
        return try scratch.read("output")
    }

    func lines(_ arguments: [String]) throws -> [String] {
        String(decoding: try run(arguments), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
