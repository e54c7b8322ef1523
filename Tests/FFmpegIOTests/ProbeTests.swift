import FFmpegIO
import FrameCore
import Testing

@Suite("Probe")
struct ProbeTests {
    @Test("a file's codec, size, rate, GOP length, bit rate and still are measured")
    func file() throws {
        let folder = try Folder()
        let path = try folder.video(
            "v.mp4", seconds: 8, rate: 20, codec: ["libx264", "-g", "30", "-bf", "0"], more: ["-sc_threshold", "0"])
        let report = try Probe.run(MediaURL(path))
        #expect(report.codecName == "h264")
        #expect(report.container == "mp4")
        #expect(report.size == PixelSize(width: 320, height: 240))
        #expect(report.frameRate.map { abs($0 - 20) < 0.2 } == true)
        #expect(report.gopSeconds.map { abs($0 - 1.5) < 0.01 } == true)
        #expect(report.keyFramesSeen >= 3)
        #expect(!report.hasBFrames)
        let bytes = Double(try folder.read("v.mp4").count)
        #expect(report.bitRate.map { abs($0 - bytes) < bytes * 0.3 } == true)
        #expect(report.still.size == report.size)
        #expect(Set(report.still.luma.bytes).count > 50)
    }

    @Test("B-frames are seen, and one key frame gives no GOP length")
    func long() throws {
        let folder = try Folder()
        let path = try folder.video("v.mkv", seconds: 4, codec: ["libx265"], more: ["-x265-params", "log-level=none:keyint=500:bframes=2"])
        let report = try Probe.run(MediaURL(path))
        #expect(report.codecName == "hevc")
        #expect(report.hasBFrames)
        #expect(report.keyFramesSeen == 1)
        #expect(report.gopSeconds == nil)
    }

    @Test("a raw stream without times is measured by the rate that it claims")
    func raw() throws {
        let folder = try Folder()
        let report = try Probe.run(MediaURL(folder.video("v.h264", seconds: 2)))
        #expect(report.frameRate != nil && report.bitRate != nil)
        #expect(report.gopSeconds.map { abs($0 - 0.4) < 0.05 } == true, "\(String(describing: report.gopSeconds))")
    }
}
