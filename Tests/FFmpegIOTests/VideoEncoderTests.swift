import FFmpegIO
import Foundation
import FrameCore
import Testing

@Suite("VideoEncoder")
struct VideoEncoderTests {
    private func encode(_ path: String, frames: Int, settings: VideoEncoder.Settings) throws {
        let size = PixelSize(width: 320, height: 180)
        var encoder = try VideoEncoder(path: path, size: size, settings: settings)
        for index in 0..<frames {
            var frame = Frame(size: size, range: settings.range)
            for offset in frame.luma.bytes.indices {
                frame.luma.bytes[offset] = UInt8(truncatingIfNeeded: 30 + (offset / 7 + index * 3) % 180)
            }
            // A cut, which must not place a key frame of its own.
            if index == 13 { frame = Frame(size: size, fill: 200, range: settings.range) }
            try encoder.append(frame)
        }
        try encoder.finish()
    }

    @Test("the same frames give the same bytes, with key frames exactly where they were asked for")
    func deterministic() throws {
        let folder = try Folder()
        let settings = VideoEncoder.Settings(frameRate: 12, gopFrames: 24)
        try encode(folder.file("1.mp4"), frames: 60, settings: settings)
        try encode(folder.file("2.mp4"), frames: 60, settings: settings)
        #expect(try folder.read("1.mp4") == folder.read("2.mp4"))
        let (stream, all) = try packets(of: folder.file("1.mp4"))
        #expect(all.count == 60)
        #expect(all.indices.filter { all[$0].isKey } == [0, 24, 48])
        #expect(stream.averageFrameRate == 12)
        #expect(!stream.reordersFrames)
        #expect(try decodeAll(folder.file("1.mp4")).times.count == 60)
        let index = try folder.read("1.mp4")
        let moov = try #require(index.range(of: Data("moov".utf8)))
        let mdat = try #require(index.range(of: Data("mdat".utf8)))
        #expect(moov.lowerBound < mdat.lowerBound)
    }

    @Test("a disk that is full and a folder that is missing are named")
    func disk() throws {
        let missing = avError { () throws(AVError) in
            _ = try VideoEncoder(path: "/nonexistent/v.mp4", size: PixelSize(width: 64, height: 64))
        }
        #expect(missing?.code == .noSuchFile)
        let full = avError { () throws(AVError) in
            var encoder = try VideoEncoder(path: "/dev/full", size: PixelSize(width: 64, height: 64))
            try encoder.append(Frame(size: PixelSize(width: 64, height: 64)))
            try encoder.finish()
        }
        #expect(full?.code == .diskFull)
        let folder = try Folder()
        let empty = avError { () throws(AVError) in
            var encoder = try VideoEncoder(path: folder.file("v.mp4"), size: PixelSize(width: 64, height: 64))
            try encoder.finish()
        }
        #expect(empty?.code == .nothingWritten)
    }
}
