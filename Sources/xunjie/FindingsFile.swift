import Foundation
import Pipeline

/// Writes findings, one JSON object a line.
enum FindingsFile {
    static func write(_ findings: [Finding], to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var text = Data()
        for finding in findings {
            text += try encoder.encode(finding)
            text.append(UInt8(ascii: "\n"))
        }
        if path == "-" {
            FileHandle.standardOutput.write(text)
        } else {
            try text.write(to: URL(fileURLWithPath: path), options: .atomic)
        }
    }
}
