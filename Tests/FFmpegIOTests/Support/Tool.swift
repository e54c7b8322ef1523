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

    init(_ name: String, package: String) throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        guard let path = folders.map({ "\($0)/\(name)" }).first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            throw Missing(name: name, package: package)
        }
        self.path = path
    }

    static func ffmpeg() throws -> Tool { try Tool("ffmpeg", package: "ffmpeg") }
    static func ffprobe() throws -> Tool { try Tool("ffprobe", package: "ffmpeg") }
    static func python() throws -> Tool { try Tool("python3", package: "python3") }

    /// Runs to the end and returns what it printed.
    @discardableResult
    func run(_ arguments: [String], in folder: String? = nil) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let errorFile = FileManager.default.temporaryDirectory.appendingPathComponent("messages-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: errorFile.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: errorFile) }
        let output = Pipe()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let messages = (try? String(contentsOf: errorFile, encoding: .utf8)) ?? ""
            throw Failure(command: "\(path) \(arguments.joined(separator: " "))", status: process.terminationStatus, messages: messages)
        }
        return data
    }

    func lines(_ arguments: [String]) throws -> [String] {
        String(decoding: try run(arguments), as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
