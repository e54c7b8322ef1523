import FFmpegIO
import Foundation
import FrameCore
import Testing

@Suite("Files")
struct FileInputTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        let codec: [String]
        let pixelFormat: String
        let name: String
        let depth: Int
        var testDescription: String { "\(file) \(pixelFormat)" }
    }

    static let cases = [
        Case(file: "a.mp4", codec: ["libx264", "-g", "10"], pixelFormat: "yuv420p", name: "h264", depth: 8),
        Case(file: "a.mkv", codec: ["libx264", "-g", "10"], pixelFormat: "yuv420p10le", name: "h264", depth: 10),
        Case(file: "a.ts", codec: ["libx264", "-g", "10"], pixelFormat: "yuv422p", name: "h264", depth: 8),
        Case(file: "a.flv", codec: ["libx264", "-g", "10"], pixelFormat: "yuv420p", name: "h264", depth: 8),
        Case(file: "b.mp4", codec: ["libx264", "-g", "10"], pixelFormat: "yuv444p", name: "h264", depth: 8),
        Case(file: "c.mp4", codec: ["libx264", "-g", "10"], pixelFormat: "yuvj420p", name: "h264", depth: 8),
        Case(file: "d.mkv", codec: ["libx264", "-g", "10"], pixelFormat: "gray", name: "h264", depth: 8),
        Case(file: "e.mp4", codec: ["libx265"], pixelFormat: "yuv420p", name: "hevc", depth: 8),
        Case(file: "e.ts", codec: ["libx265"], pixelFormat: "yuv420p10le", name: "hevc", depth: 10),
        Case(file: "f.mkv", codec: ["libx265"], pixelFormat: "yuv422p10le", name: "hevc", depth: 10),
        Case(file: "g.avi", codec: ["mjpeg", "-q:v", "3"], pixelFormat: "yuvj420p", name: "mjpeg", depth: 8),
    ]

    @Test("every codec, depth and container gives all its frames, in order, as 8-bit 4:2:0", arguments: cases)
    func formats(of test: Case) throws {
        let folder = try Folder()
        let path = try folder.video(test.file, codec: test.codec, pixelFormat: test.pixelFormat)
        let demuxer = try Demuxer(MediaURL(path))
        #expect(demuxer.video.codecName == test.name)
        #expect(demuxer.video.size == PixelSize(width: 320, height: 240))
        #expect(demuxer.video.bitDepth == test.depth)
        #expect(demuxer.video.averageFrameRate.map { abs($0 - 25) < 0.5 } == true)

        let all = try decodeAll(path, keepLast: true)
        #expect(all.packets == 50)
        #expect(all.times.count == 50)
        #expect(all.errors == 0 && all.corrupt == 0 && all.changes == 0)
        let times = all.times.compactMap { $0?.microseconds }
        #expect(times.count == 50)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 38_000 && $1 - $0 < 42_000 })

        // The same frame by the ffmpeg tool, as 8-bit 4:2:0 of the same range.
        let last = try #require(all.last)
        let raw = [UInt8](
            try Tool.ffmpeg().run(
                [
                    "-v", "error", "-i", path, "-vf", "select=eq(n\\,49)", "-frames:v", "1", "-f", "rawvideo", "-pix_fmt",
                    last.range == .full ? "yuvj420p" : "yuv420p", "-",
                ]))
        #expect(raw.count == 320 * 240 * 3 / 2)
        let luma = meanDifference(raw[0..<76_800], last.luma.bytes)
        let chroma = meanDifference(raw[76_800...], last.cb.bytes + last.cr.bytes)
        let exact = test.pixelFormat == "yuv420p" || test.pixelFormat == "yuvj420p"
        #expect(exact ? luma == 0 && chroma == 0 : luma < 0.6 && chroma < 1.5, "luma off by \(luma), chroma by \(chroma)")
    }

    private func meanDifference(_ one: ArraySlice<UInt8>, _ other: [UInt8]) -> Double {
        guard one.count == other.count else { return .infinity }
        return Double(zip(one, other).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }) / Double(max(1, other.count))
    }

    @Test("frames that B-frames hold back come out at the end", arguments: [1, 7, 23])
    func drainsReorderedFrames(frames: Int) throws {
        let folder = try Folder()
        let path = try folder.video(
            "b.mp4", seconds: Double(frames) / 25, codec: ["libx264", "-bf", "3", "-b_strategy", "0"], more: ["-preset", "medium"])
        let all = try decodeAll(path)
        #expect(all.packets == frames)
        #expect(all.times.count == frames)
        let times = all.times.compactMap { $0 }
        #expect(times == times.sorted())
    }

    @Test("a raw H.264 stream without time stamps is read to its last frame")
    func rawStream() throws {
        let folder = try Folder()
        let path = try folder.video("raw.h264")
        let all = try decodeAll(path)
        #expect(all.packets == 50)
        #expect(all.times.count == 50)
    }

    @Test("a file cut off at 70 % gives what is in it", arguments: ["cut.ts", "cut.mkv", "cut.flv"])
    func truncated(name: String) throws {
        let folder = try Folder()
        _ = try folder.video(name, seconds: 4)
        let whole = try folder.read(name)
        let path = try folder.write("short-\(name)", whole.prefix(whole.count * 7 / 10))
        let all = try decodeAll(path)
        #expect((50...85).contains(all.packets), "\(all.packets)")
        #expect(all.times.count >= all.packets - 2)
    }

    @Test("a file with a video stream and no frame ends at once")
    func zeroFrames() throws {
        let folder = try Folder()
        let (stream, all) = try packets(of: folder.video("v.mp4"))
        var writer = try ClipWriter(path: folder.file("clip.mp4"), stream: stream)
        for packet in all { try writer.append(packet) }
        _ = try writer.finish()
        let bytes = try folder.read("clip.mp4")
        let fragment = try #require(bytes.range(of: Data("moof".utf8)))
        let path = try folder.write("none.mp4", bytes.prefix(fragment.lowerBound - 4))
        do {
            var demuxer = try Demuxer(MediaURL(path))
            let isEmpty = try demuxer.next() == nil
            #expect(isEmpty)
        }
        let error = avError { () throws(AVError) in _ = try Probe.run(url(path)) }
        #expect(error?.code == .endOfStream)
        #expect(error?.description.contains("ended before any video came") == true)
    }

    private func url(_ path: String) throws(AVError) -> MediaURL {
        do { return try MediaURL(path) } catch { throw AVError(.invalidArgument, .open, path) }
    }

    @Test("what is no video is refused with a text that says what it is")
    func refusals() throws {
        let folder = try Folder()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.video("whole.mp4")))
        try Tool.ffmpeg().run(["-v", "error", "-f", "lavfi", "-i", "sine=duration=1", folder.file("audio.mp4")])
        try Tool.ffmpeg().run(["-v", "error", "-f", "lavfi", "-i", "sine=duration=1", folder.file("audio.wav")])
        let cases: [(String, AVError.Code, String)] = [
            (try folder.write("text.mp4", String(repeating: "This is a shopping list.\n", count: 200)), .invalidData, "no media file"),
            (try folder.write("zero.mp4", ""), .emptyFile, "empty"),
            (try folder.write("no-index.mp4", whole.prefix(whole.count * 7 / 10)), .invalidData, "cut off"),
            (folder.file("audio.mp4"), .noVideo, "audio only"),
            (folder.file("audio.wav"), .noVideo, "audio only"),
            (folder.file("missing.mp4"), .noSuchFile, "no such file"),
            (folder.path, .isDirectory, "folder"),
            ("/dev/zero", .notRegularFile, "device"),
        ]
        for (path, code, words) in cases {
            let error = try #require(openError(MediaURL(path)), "\(path)")
            #expect(error.code == code, "\(path): \(error)")
            #expect("\(error)".contains(words) && "\(error)".contains(path), "\(error)")
        }
    }

    @Test("playlists and scripts on disk are refused: they could name any other file", arguments: ["m3u8", "mp4"])
    func playlists(suffix: String) throws {
        let folder = try Folder()
        let video = try folder.video("v.ts")
        let texts = [
            "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n\(video)\n#EXT-X-ENDLIST\n", "ffconcat version 1.0\nfile '\(video)'\n",
            "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
        ]
        for text in texts {
            let path = try folder.write("list.\(suffix)", text)
            let error = try #require(openError(MediaURL(path)))
            #expect(error.code == .refersElsewhere, "\(error)")
            #expect("\(error)".contains("refers to other files"))
        }
    }

    @Test("a change of size in mid-stream is told with the packet that begins it", arguments: ["ts", "h264"])
    func sizeChange(suffix: String) throws {
        let folder = try Folder()
        let first = try folder.video("1.\(suffix)", seconds: 1)
        let second = try folder.video("2.\(suffix)", seconds: 1, size: "640x360")
        let both = try Data(contentsOf: URL(fileURLWithPath: first)) + Data(contentsOf: URL(fileURLWithPath: second))
        let path = try folder.write("both.\(suffix)", both)
        var demuxer = try Demuxer(MediaURL(path))
        var index = 0
        var changes: [Int] = []
        #expect(demuxer.video.size == PixelSize(width: 320, height: 240))
        while let packet = try demuxer.next() {
            if packet.streamChanged {
                changes.append(index)
                let (isKey, size) = (packet.isKey, demuxer.video.size)
                #expect(isKey)
                #expect(size == PixelSize(width: 640, height: 360))
            }
            index += 1
        }
        #expect(changes == [25])
        let all = try decodeAll(path)
        #expect(all.sizes.filter { $0.width == 320 }.count == 25)
        #expect(all.sizes.filter { $0.width == 640 }.count == 25)
    }

    @Test("a change from H.264 to H.265 in mid-stream is told, and decoding goes on")
    func codecChange() throws {
        let folder = try Folder()
        let first = try folder.video("1.ts", seconds: 1)
        let second = try folder.video("2.ts", seconds: 1, codec: ["libx265"], more: ["-mpegts_start_pid", "0x120"])
        let path = try folder.write(
            "both.ts", Data(contentsOf: URL(fileURLWithPath: first)) + Data(contentsOf: URL(fileURLWithPath: second)))
        let all = try decodeAll(path)
        #expect(all.changes == 1)
        // The old stream must be seen to be silent first, then comes the next key frame.
        #expect((33...50).contains(all.times.count), "\(all.times.count)")
    }

    @Test("a second video in the same file is left alone, also when it is longer", arguments: ["two.ts", "two.mkv", "two.mp4"])
    func secondVideo(name: String) throws {
        let folder = try Folder()
        let main = try folder.video("main.mp4", seconds: 2, size: "640x360")
        let sub = try folder.video("sub.mp4", seconds: 4, codec: ["libx264", "-g", "5", "-bf", "0"])
        try Tool.ffmpeg().run(["-v", "error", "-i", main, "-i", sub, "-map", "0:v", "-map", "1:v", "-c", "copy", folder.file(name)])
        let all = try decodeAll(folder.file(name))
        #expect(all.times.count == 50 && all.changes == 0)
        #expect(all.sizes.allSatisfy { $0 == PixelSize(width: 640, height: 360) })
    }

    @Test("a seek lands on the last key frame at or before the time", arguments: ["s.mp4", "s.mkv", "s.ts", "s.flv"])
    func seek(name: String) throws {
        let folder = try Folder()
        let path = try folder.video(
            name, seconds: 6, codec: ["libx264", "-g", "25", "-bf", "2"], more: ["-preset", "medium", "-sc_threshold", "0"])
        let (_, all) = try packets(of: path)
        let keys = all.filter(\.isKey).compactMap(\.pts)
        #expect(keys.count == 6)
        var demuxer = try Demuxer(MediaURL(path))
        let first = try #require(keys.first)
        for offset in [0.0, 0.5, 3.9, 2.0, 5.99, 100] {
            let time = first + .microseconds(Int64(offset * 1_000_000))
            try demuxer.seek(to: time)
            var landing: FrameTime?
            if let packet = try demuxer.next(), packet.isKey { landing = packet.pts }
            #expect(landing == keys.last { $0 <= time }, "offset \(offset)")
        }
        try demuxer.seek(to: FrameTime(microseconds: first.microseconds - 5_000_000))
        let start = try demuxer.next()?.pts
        #expect(start == first)
        var count = 1
        while try demuxer.next() != nil { count += 1 }
        #expect(count == 150)
    }
}
