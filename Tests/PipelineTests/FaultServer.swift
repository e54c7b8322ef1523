import Foundation
import Glibc

/// The broken cameras of `Tests/Support/fault_server.py`, until it goes out of scope.
final class FaultServer {
    struct Silent: Error {}

    let port: Int
    /// Where nobody listens.
    let refusingPort: Int
    private let process = Process()

    init() throws {
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-u", ShippedSettingsTests.root.appendingPathComponent("Tests/Support/fault_server.py").path]
        process.standardOutput = pipe
        try process.run()
        var text = ""
        while text.count(where: { $0 == "\n" }) < 2 {
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Silent() }
            text += String(decoding: more, as: UTF8.self)
        }
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        guard numbers.count == 2 else { throw Silent() }
        port = numbers[0]
        refusingPort = numbers[1]
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
    }

    func url(_ fault: String) -> String { "rtsp://127.0.0.1:\(port)/\(fault)" }
}
