import Foundation

/// A new folder that goes away with its test.
final class Folder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("ffmpegio-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ bytes: Data) throws -> String {
        try bytes.write(to: URL(fileURLWithPath: file(name)))
        return file(name)
    }

    func write(_ name: String, _ text: String) throws -> String { try write(name, Data(text.utf8)) }

    func read(_ name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: file(name))) }

    /// A moving test picture, 320×240 at 25 Hz unless said otherwise, made by the ffmpeg tool.
    func video(
        _ name: String, seconds: Double = 2, size: String = "320x240", rate: Int = 25,
        codec: [String] = ["libx264", "-g", "10", "-bf", "0"],
        pixelFormat: String = "yuv420p", source: String = "testsrc2", more: [String] = []
    ) throws -> String {
        let path = file(name)
        let quiet = codec[0] == "libx265" ? ["-x265-params", "log-level=none:keyint=10:min-keyint=10:bframes=0"] : []
        try Tool.ffmpeg().run(
            ["-v", "error", "-y", "-f", "lavfi", "-i", "\(source)=size=\(size):rate=\(rate):duration=\(seconds)", "-threads", "1", "-c:v"]
                + codec + quiet + ["-preset", "ultrafast", "-pix_fmt", pixelFormat] + more + [path])
        return path
    }
}
