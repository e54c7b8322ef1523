import FFmpegIO
import Foundation
import FrameCore
import Synchronization
import Testing

/// Real servers on loopback; the streams run in real time, so this takes some seconds.
@Suite("Network")
struct NetworkTests {
    private func reads(_ url: MediaURL, _ options: InputOptions, packets: Int) throws -> DecodedSummary {
        var demuxer = try Demuxer(url, options: options)
        var decoder = try Decoder(demuxer.video)
        var frame = DecodedFrame()
        var summary = DecodedSummary()
        while summary.packets < packets, let packet = try demuxer.next() {
            summary.packets += 1
            if packet.streamChanged { summary.changes += 1 }
            try decoder.send(packet)
            while try decoder.receive(into: &frame) == .frame {
                summary.times.append(frame.pts)
                summary.sizes.append(frame.size)
                if frame.isCorrupt { summary.corrupt += 1 }
            }
        }
        return summary
    }

    private func clip(_ folder: Folder, codec: String, seconds: Double = 8) throws -> String {
        try folder.video("street.mp4", seconds: seconds, codec: codec == "h264" ? ["libx264", "-g", "10", "-bf", "0"] : ["libx265"])
    }

    @Test("RTSP gives decodable frames", arguments: [("h264", RTSPTransport.tcp), ("h264", .udp), ("hevc", .tcp)])
    func rtsp(codec: String, transport: RTSPTransport) throws {
        let folder = try Folder()
        let server = try Server.rtsp(folder, clip: clip(folder, codec: codec), codec: codec)
        let url = try MediaURL("rtsp://127.0.0.1:\(server.port)/cam")
        let summary = try reads(url, InputOptions(transport: transport), packets: 40)
        #expect(summary.packets == 40)
        #expect(summary.times.count >= 30)
        #expect(summary.changes == 0)
        #expect(summary.sizes.allSatisfy { $0 == PixelSize(width: 320, height: 240) })
        let times = summary.times.compactMap { $0?.seconds }
        #expect(times.count == summary.times.count)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 > $0 && $1 - $0 < 0.5 })
    }

    @Test("a clip written from an RTSP stream plays", arguments: ["h264", "hevc"])
    func rtspClip(codec: String) throws {
        let folder = try Folder()
        let server = try Server.rtsp(folder, clip: clip(folder, codec: codec), codec: codec)
        var demuxer = try Demuxer(MediaURL("rtsp://127.0.0.1:\(server.port)/cam"))
        var writer: ClipWriter?
        var count = 0
        while count < 50, let packet = try demuxer.next() {
            if writer == nil && packet.isKey { writer = try ClipWriter(path: folder.file("clip.mp4"), stream: demuxer.video) }
            if writer != nil {
                try writer?.append(packet.share())
                count += 1
            }
        }
        let summary = try writer?.finish()
        #expect(summary?.packets == 50)
        #expect(summary.map { abs($0.duration.inSeconds - 2) < 0.2 } == true)
        let decoded = try decodeAll(folder.file("clip.mp4"))
        #expect(decoded.times.count == 50 && decoded.errors == 0 && decoded.corrupt == 0)
    }

    @Test("a live probe measures rate, GOP and still")
    func rtspProbe() throws {
        let folder = try Folder()
        let server = try Server.rtsp(folder, clip: clip(folder, codec: "h264"), codec: "h264")
        let report = try Probe.run(MediaURL("rtsp://127.0.0.1:\(server.port)/cam"), seconds: 1)
        #expect(report.container == "rtsp" && report.codecName == "h264")
        #expect(report.frameRate.map { abs($0 - 25) < 2.5 } == true, "\(String(describing: report.frameRate))")
        #expect(report.gopSeconds.map { abs($0 - 0.4) < 0.05 } == true)
        #expect(report.still.size == PixelSize(width: 320, height: 240))
    }

    @Test("a wrong password is refused and named, and is not in the text; the right one opens")
    func password() throws {
        let folder = try Folder()
        let server = try Server.rtsp(folder, clip: clip(folder, codec: "h264"), codec: "h264", user: "viewer", password: "right-0ne")
        let wrong = try #require(openError(MediaURL("rtsp://viewer:wr0ng-one@127.0.0.1:\(server.port)/cam")))
        #expect(wrong.code == .unauthorized)
        #expect(wrong.description.contains("wrong user name or password"))
        #expect(wrong.description.contains("viewer:***@127.0.0.1"))
        #expect(!wrong.description.contains("wr0ng") && !String(reflecting: wrong).contains("wr0ng"))
        #expect(openError(try MediaURL("rtsp://127.0.0.1:\(server.port)/cam"))?.code == .unauthorized)
        #expect(openError(try MediaURL("rtsp://viewer:right-0ne@127.0.0.1:\(server.port)/cam")) == nil)
        #expect(openError(try MediaURL("rtsp://viewer:right-0ne@127.0.0.1:\(server.port)/other"))?.code == .notFound)
    }

    @Test("HTTP-FLV, HLS and MP4 over HTTP are read, and a missing path is named")
    func http() throws {
        let folder = try Folder()
        _ = try folder.video("v.flv", seconds: 3)
        _ = try folder.video("v.mp4", seconds: 3, more: ["-movflags", "+faststart"])
        try Tool.ffmpeg().run(
            [
                "-v", "error", "-i", folder.file("v.mp4"), "-c", "copy", "-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod",
                folder.file("v.m3u8"),
            ])
        let server = try Server.http(folder)
        let base = "http://127.0.0.1:\(server.port)"
        for (name, container) in [("v.flv", "flv"), ("v.m3u8", "hls"), ("v.mp4", "mp4")] {
            let url = try MediaURL("\(base)/\(name)?token=abc")
            let demuxer = try Demuxer(url)
            #expect(demuxer.container == container)
            let summary = try reads(url, InputOptions(), packets: .max)
            #expect(summary.packets == 75, "\(name)")
            #expect(summary.times.count >= 70)
        }
        let missing = try #require(openError(MediaURL("\(base)/none.flv")))
        #expect(missing.code == .notFound && missing.description.contains("no stream at this path"))
    }

    @Test("an HLS playlist from a server cannot read a local file")
    func playlistStaysOutside() throws {
        let folder = try Folder()
        let secret = try folder.video("secret.ts")
        for line in [secret, "file://\(secret)", "concat:\(secret)", "subfile,,start,0,end,0,,:\(secret)"] {
            _ = try folder.write("evil.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n\(line)\n#EXT-X-ENDLIST\n")
            let served = try Folder()
            _ = try served.write("evil.m3u8", folder.read("evil.m3u8"))
            let server = try Server.http(served)
            #expect(openError(try MediaURL("http://127.0.0.1:\(server.port)/evil.m3u8")) != nil, "\(line)")
        }
    }

    @Test("a port where nothing listens is named")
    func refused() throws {
        let port = try SilentListener().port
        for scheme in ["rtsp", "http", "rtmp"] {
            let error = try #require(openError(MediaURL("\(scheme)://127.0.0.1:\(port)/a")))
            #expect(error.code == .connectionRefused, "\(error)")
            #expect(error.description.contains("nothing is listening"))
        }
    }

    @Test("a server that accepts and never answers is given up at the deadline", arguments: ["rtsp", "http", "rtmp"])
    func silent(scheme: String) throws {
        let listener = try SilentListener()
        let clock = ContinuousClock()
        let began = clock.now
        let error = try #require(
            openError(MediaURL("\(scheme)://admin:s3cret@127.0.0.1:\(listener.port)/a"), InputOptions(openTimeout: .milliseconds(700))))
        let spent = clock.now - began
        #expect(error.code == .timedOut, "\(error)")
        #expect(error.description.contains("0.7 s") && !error.description.contains("s3cret"))
        #expect(spent > .milliseconds(600) && spent < .milliseconds(1900), "\(spent)")
    }

    /// Throws the flag after a while, from a thread of its own.
    private func throwLater(_ stop: StopFlag, after: Duration) {
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: after.inSeconds)
            stop.stop()
        }
    }

    @Test("a stop flag ends a blocked opening in less than half a second", arguments: ["rtsp", "http"])
    func stopsOpening(scheme: String) throws {
        let listener = try SilentListener()
        let stop = StopFlag()
        let clock = ContinuousClock()
        let began = clock.now
        throwLater(stop, after: .milliseconds(300))
        let error = openError(try MediaURL("\(scheme)://127.0.0.1:\(listener.port)/a"), InputOptions(stop: stop))
        #expect(error?.code == .stopped)
        #expect(clock.now - began < .milliseconds(800))
    }

    @Test("a stop flag ends a blocked read in less than half a second, and so does the read deadline", arguments: [true, false])
    func stopsReading(byFlag: Bool) throws {
        let folder = try Folder()
        let server = try Server.rtsp(folder, clip: clip(folder, codec: "h264"), codec: "h264")
        let stop = StopFlag()
        var demuxer = try Demuxer(
            MediaURL("rtsp://127.0.0.1:\(server.port)/cam"),
            options: InputOptions(readTimeout: byFlag ? .seconds(30) : .milliseconds(600), stop: stop))
        _ = try demuxer.next()
        server.freeze()
        let clock = ContinuousClock()
        var began = clock.now
        if byFlag { throwLater(stop, after: .milliseconds(300)) }
        let error = avError { () throws(AVError) in
            while try demuxer.next() != nil { began = clock.now }
        }
        #expect(error?.code == (byFlag ? .stopped : .timedOut), "\(String(describing: error))")
        #expect(clock.now - began < .milliseconds(1100))
        #expect(byFlag || error?.description.contains("sent nothing for 0.6 s") == true)
        server.thaw()
    }

    @Test("FFmpeg's own messages are redacted before anyone sees them")
    func log() throws {
        let lines = Mutex<[String]>([])
        FFmpegLog.route(upTo: .info) { _, line in lines.withLock { $0.append(line) } }
        defer { FFmpegLog.silence() }
        let port = try SilentListener().port
        _ = openError(try MediaURL("http://admin:s3cret-pass@127.0.0.1:\(port)/a.flv?token=s3cret-token"))
        let all = lines.withLock { $0 }
        #expect(!all.isEmpty)
        #expect(all.allSatisfy { !$0.contains("s3cret") })
    }
}
