import FFmpegIO
import Foundation
import FrameCore
import Synchronization

/// The program `tesseract` (Debian's tesseract-ocr), which reads text in pictures; run once for each picture.
package struct TextReader: Sendable {
    /// How text lies in a picture, by the program's page segmentation modes.
    enum Layout: String, CaseIterable {
        /// One block of lines.
        case block = "6"
        /// Anywhere, in no order.
        case sparse = "11"
    }

    /// A strip takes it a fraction of a second; many at a time on few cores more.
    private static let longest = DispatchTimeInterval.seconds(30)

    private let program: String
    /// Reads 年, 月 and 日 too: Debian's tesseract-ocr-chi-sim.
    let knowsChinese: Bool

    /// nil where it is not installed.
    package static let installed: TextReader? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        guard let path = folders.map({ "\($0)/tesseract" }).first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
            return nil
        }
        let languages = output(path, ["--list-langs"])?.split(whereSeparator: \.isNewline) ?? []
        return TextReader(program: path, knowsChinese: languages.contains("chi_sim"))
    }()

    /// The text in a strip; nil where the program failed.
    /// - Parameter chinese: any characters, otherwise figures and their separators alone.
    func read(_ strip: Plane, chinese: Bool, layout: Layout) -> String? {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("clock-\(UUID().uuidString).pgm").path
        // Portable grey map (netpbm pgm(5)): a header and the bytes.
        let image = Data("P5 \(strip.width) \(strip.height) 255\n".utf8) + Data(strip.bytes)
        guard FileManager.default.createFile(atPath: path, contents: image) else { return nil }
        defer { try? FileManager.default.removeItem(atPath: path) }
        let alphabet = chinese ? ["-l", "chi_sim+eng"] : ["-l", "eng", "-c", "tessedit_char_whitelist=0123456789-/.: "]
        return Self.output(program, [path, "stdout", "--psm", layout.rawValue, "--dpi", "150"] + alphabet)
    }

    private static func output(_ program: String, _ arguments: [String]) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        // Its own threads slow it down where several run.
        process.environment = ProcessInfo.processInfo.environment.merging(["OMP_THREAD_LIMIT": "1"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do { try process.run() } catch { return nil }
        // A street's worth of text fits into the pipe, so nobody needs to read before the end.
        guard ended.wait(timeout: .now() + longest) == .success else {
            process.terminate()
            return nil
        }
        guard process.terminationStatus == 0 else { return nil }
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }
}
