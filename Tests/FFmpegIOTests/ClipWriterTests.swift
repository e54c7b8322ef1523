import FFmpegIO
import Foundation
import FrameCore
import Testing

@Suite("ClipWriter")
struct ClipWriterTests {
    private func countFrames(_ path: String) throws -> Int {
        let lines = try Tool.ffprobe().lines(
            ["-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path])
        return lines.first.flatMap { Int($0.filter(\.isNumber)) } ?? -1
    }

    private func write(_ path: String, stream: VideoStream, _ packets: some Sequence<SharedPacket>) throws -> ClipSummary {
        var writer = try ClipWriter(path: path, stream: stream)
        for packet in packets { try writer.append(packet) }
        return try writer.finish()
    }

    /// The NAL units of a file without its parameter sets and delimiters, which containers add and leave out.
    private func payload(_ path: String, codec: String, in folder: Folder) throws -> [Data] {
        let raw = folder.file("payload-\(UUID().uuidString)")
        try Tool.ffmpeg().run(["-v", "error", "-i", path, "-map", "0:v", "-c", "copy", "-f", codec, raw])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: raw))
        var units: [Data] = []
        var position = bytes.startIndex
        let startCode = Data([0, 0, 1])
        while let begin = bytes.range(of: startCode, in: position..<bytes.endIndex) {
            let end = bytes.range(of: startCode, in: begin.upperBound..<bytes.endIndex)?.lowerBound ?? bytes.endIndex
            var unit = bytes[begin.upperBound..<end]
            while unit.last == 0 { unit.removeLast() }
            if let first = unit.first {
                let isExtra = codec == "h264" ? (7...9).contains(first & 0x1F) : (32...35).contains((first >> 1) & 0x3F)
                if !isExtra { units.append(Data(unit)) }
            }
            position = end
        }
        return units
    }

    @Test(
        "a clip holds the camera's own packets byte for byte, plays whole, and plays cut off",
        arguments: [("mp4", "h264"), ("ts", "h264"), ("flv", "h264"), ("mkv", "hevc"), ("ts", "hevc"), ("mp4", "hevc")])
    func copies(container: String, codec: String) throws {
        let folder = try Folder()
        let source = try folder.video(
            "source.\(container)", seconds: 6, codec: codec == "h264" ? ["libx264", "-g", "25", "-bf", "0"] : ["libx265"])
        let (stream, all) = try packets(of: source)
        #expect(all.count == 150)
        let path = folder.file("clip.mp4")
        let summary = try write(path, stream: stream, all)
        #expect(summary.packets == 150)
        #expect(abs(summary.duration.inSeconds - 6) < 0.05)
        #expect(summary.start == all.first?.pts)
        let bytes = try folder.read("clip.mp4")
        #expect(summary.bytes == Int64(bytes.count))
        #expect(try countFrames(path) == 150)
        let units = try payload(source, codec: codec, in: folder)
        #expect(units.count >= 150)
        #expect(try payload(path, codec: codec, in: folder) == units)
        let tag = try Tool.ffprobe().lines(["-v", "error", "-show_entries", "stream=codec_tag_string", "-of", "csv=p=0", path])
        #expect(tag == [codec == "h264" ? "avc1" : "hvc1"])

        let decoded = try decodeAll(path)
        #expect(decoded.times.count == 150 && decoded.errors == 0)
        #expect(decoded.times.first == .some(.zero))

        _ = try folder.write("cut.mp4", bytes.prefix(bytes.count * 7 / 10))
        let cut = try decodeAll(folder.file("cut.mp4"))
        #expect(cut.times.count >= 75, "\(cut.times.count) of 150 frames in 70 % of the file")
    }

    @Test("a clip that is never finished plays up to its last second")
    func unfinished() throws {
        let folder = try Folder()
        let (stream, all) = try packets(of: folder.video("s.ts", seconds: 6, codec: ["libx264", "-g", "250", "-bf", "0"]))
        let path = folder.file("clip.mp4")
        var writer = try ClipWriter(path: path, stream: stream)
        for packet in all { try writer.append(packet) }
        // What a power cut would leave: the file as it is now, before finish.
        let copy = try folder.write("crash.mp4", folder.read("clip.mp4"))
        #expect(try countFrames(copy) >= 120)
        _ = try writer.finish()
    }

    @Test("time stamps that are missing, jump or go back give a clip whose times rise from zero")
    func repairsTimes() throws {
        let folder = try Folder()
        let raw = try packets(of: folder.video("raw.h264"))
        #expect(raw.packets.contains { $0.pts == nil })
        _ = try write(folder.file("raw.mp4"), stream: raw.stream, raw.packets)
        let fromRaw = try decodeAll(folder.file("raw.mp4"))
        #expect(fromRaw.times.count == 50)
        checkRising(fromRaw.times, longest: 0.2)

        // A ring across a reconnection: the second half begins again at an earlier time.
        let timed = try packets(of: folder.video("t.ts", seconds: 4))
        let keys = timed.packets.indices.filter { timed.packets[$0].isKey }
        let middle = keys[keys.count / 2]
        let joined = timed.packets[middle...] + timed.packets[..<middle]
        let summary = try write(folder.file("joined.mp4"), stream: timed.stream, joined)
        #expect(abs(summary.duration.inSeconds - 4) < 0.1)
        let fromJoined = try decodeAll(folder.file("joined.mp4"))
        #expect(fromJoined.times.count == 100)
        checkRising(fromJoined.times, longest: 0.2)
    }

    private func checkRising(_ times: [FrameTime?], longest: Double) {
        let known = times.compactMap { $0?.seconds }
        #expect(known.count == times.count)
        #expect(known.first == 0)
        #expect(zip(known, known.dropFirst()).allSatisfy { $1 > $0 && $1 - $0 < longest })
    }

    @Test("B-frames keep their order in a clip")
    func reordered() throws {
        let folder = try Folder()
        let source = try folder.video("b.mkv", seconds: 4, codec: ["libx264", "-g", "25", "-bf", "2"], more: ["-preset", "medium"])
        let (stream, all) = try packets(of: source)
        _ = try write(folder.file("clip.mp4"), stream: stream, all)
        let decoded = try decodeAll(folder.file("clip.mp4"))
        let times = decoded.times.compactMap { $0?.seconds }
        #expect(times.count == 100)
        #expect(zip(times, times.dropFirst()).allSatisfy { abs($1 - $0 - 0.04) < 0.002 })
    }

    @Test("a clip must begin with a key frame, and an empty one is an error")
    func refusals() throws {
        let folder = try Folder()
        let (stream, all) = try packets(of: folder.video("s.mp4"))
        var writer = try ClipWriter(path: folder.file("clip.mp4"), stream: stream)
        let early = avError { () throws(AVError) in try writer.append(all[1]) }
        #expect(early?.code == .needsKeyFrame)
        let empty = avError { () throws(AVError) in _ = try writer.finish() }
        #expect(empty?.code == .nothingWritten)
        try writer.append(all[0])
        #expect(try writer.finish().packets == 1)
    }

    @Test("a full disk, a missing folder and a folder in the way are named")
    func disk() throws {
        let folder = try Folder()
        let (stream, all) = try packets(of: folder.video("s.mp4"))
        let full = avError { () throws(AVError) in
            var writer = try ClipWriter(path: "/dev/full", stream: stream)
            for packet in all { try writer.append(packet) }
            _ = try writer.finish()
        }
        #expect(full?.code == .diskFull)
        #expect(full?.description.contains("disk is full") == true)
        let missing = avError { () throws(AVError) in _ = try ClipWriter(path: folder.file("none/clip.mp4"), stream: stream) }
        #expect(missing?.code == .noSuchFile)
        let directory = avError { () throws(AVError) in _ = try ClipWriter(path: folder.path, stream: stream) }
        #expect(directory?.code == .isDirectory)
    }

    @Test("the same packets give the same bytes")
    func deterministic() throws {
        let folder = try Folder()
        let (stream, all) = try packets(of: folder.video("s.mp4"))
        _ = try write(folder.file("1.mp4"), stream: stream, all)
        _ = try write(folder.file("2.mp4"), stream: stream, all)
        #expect(try folder.read("1.mp4") == folder.read("2.mp4"))
    }
}
