import CFFmpeg
import Glibc

/// Tells video by a file's first bytes, whatever its name says.
public enum ContainerSniff {
    /// What was found, and how sure it is.
    public struct Verdict: Sendable, Hashable {
        /// FFmpeg's short name.
        public var container: String
        /// More than the look of a few bytes: a file that begins so and cannot be read is damaged.
        public var isCertain: Bool
    }

    /// As much as FFmpeg's probe of program streams wants to see a few packs.
    private static let probeBytes = 262_144

    /// Containers of pictures in motion that hold their own bytes.
    private static let containers: Set<String> = [
        "mov", "mp4", "matroska", "webm", "mpegts", "mpeg", "flv", "live_flv", "h264", "hevc", "avi", "asf", "mxf", "nut", "dhav", "dv",
        "ivf", "obu", "mpegvideo", "m4v", "rm", "wtv",
    ]

    /// nil for what is no video, cannot be read or is empty.
    public static func video(_ path: String) -> Verdict? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let padding = Int(AVPROBE_PADDING_SIZE)
        var bytes = [UInt8](repeating: 0, count: probeBytes + padding)
        let count = read(descriptor, &bytes, probeBytes)
        guard count > 0 else { return nil }
        for index in count..<count + padding { bytes[index] = 0 }
        return bytes.withUnsafeMutableBufferPointer { buffer in
            // SAFETY: av_probe_input_format3 reads `buf_size` bytes and the padding after them, and keeps nothing.
            var probe = AVProbeData(filename: nil, buf: buffer.baseAddress, buf_size: Int32(count), mime_type: nil)
            var score: Int32 = 0
            guard let format = av_probe_input_format3(&probe, 1, &score), let name = format.pointee.name else { return nil }
            let names = String(cString: name).split(separator: ",").map(String.init)
            guard score > AVPROBE_SCORE_MAX / 4, let container = names.first(where: containers.contains) else { return nil }
            return Verdict(container: container, isCertain: score >= AVPROBE_SCORE_MAX / 2)
        }
    }
}
