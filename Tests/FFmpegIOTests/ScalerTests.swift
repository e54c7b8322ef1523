import FFmpegIO
import FrameCore
import Testing

@Suite("Scaler")
struct ScalerTests {
    @Test(
        "the analysis size has about 640×360 pixels, even sides and the source's aspect, and never grows",
        arguments: [
            (1920, 1080, 640, 360), (3840, 2160, 640, 360), (1280, 720, 640, 360), (640, 360, 640, 360), (320, 240, 320, 240),
            (1600, 1200, 554, 416), (704, 576, 530, 434), (1080, 1920, 360, 640), (353, 287, 352, 286), (2560, 1440, 640, 360),
            (3, 3, 2, 2),
        ])
    func sizes(width: Int, height: Int, expectedWidth: Int, expectedHeight: Int) {
        let size = Scaler.analysisSize(for: PixelSize(width: width, height: height))
        #expect(size == PixelSize(width: expectedWidth, height: expectedHeight))
    }

    /// A one-frame lossless video of `frame`, decoded again.
    private func decoded<Result>(
        _ frame: Frame, _ use: (borrowing DecodedFrame) throws -> Result
    ) throws -> Result {
        let folder = try Folder()
        var encoder = try VideoEncoder(
            path: folder.file("v.mp4"), size: frame.size, settings: .init(quality: 0, preset: "ultrafast", range: frame.range))
        try encoder.append(frame)
        try encoder.finish()
        let (stream, all) = try packets(of: folder.file("v.mp4"))
        var decoder = try Decoder(stream)
        var output = DecodedFrame()
        #expect(try decoder.decodeAlone(all[0], into: &output))
        return try use(output)
    }

    @Test("stripes of one pixel become an even grey, not moiré, when a picture shrinks three times")
    func antialiasing() throws {
        let size = PixelSize(width: 1920, height: 1080)
        var frame = Frame(size: size, time: .zero)
        for y in 0..<size.height {
            for x in 0..<size.width { frame.luma.bytes[y * size.width + x] = (x + y) % 2 == 0 ? 40 : 220 }
        }
        try decoded(frame) { output in
            #expect(output.size == size)
            var scaler = Scaler()
            var small = Frame(size: PixelSize(width: 2, height: 2))
            try scaler.scale(output, time: FrameTime(microseconds: 7), into: &small)
            #expect(small.size == PixelSize(width: 640, height: 360))
            #expect(small.time == FrameTime(microseconds: 7))
            let inner = small.luma.bytes[640..<(640 * 359)]
            #expect((inner.min() ?? 0) >= 124 && (inner.max() ?? 255) <= 136, "\(inner.min() ?? 0)…\(inner.max() ?? 0)")
        }
    }

    @Test("full-range and limited-range sources give the same limited-range picture")
    func ranges() throws {
        for (range, black, white) in [(Frame.Range.full, UInt8(0), UInt8(255)), (.limited, 16, 235)] {
            var frame = Frame(size: PixelSize(width: 1280, height: 720), fill: black, range: range)
            for index in 0..<(frame.luma.bytes.count / 2) { frame.luma.bytes[index] = white }
            try decoded(frame) { output in
                #expect(output.range == range)
                #expect(try output.picture(time: .zero).luma == frame.luma)
                var scaler = Scaler()
                var small = Frame(size: PixelSize(width: 2, height: 2))
                try scaler.scale(output, time: .zero, into: &small)
                #expect(small.range == .limited)
                #expect(abs(Int(small.luma[320, 10]) - 235) <= 1 && abs(Int(small.luma[320, 350]) - 16) <= 1)
                #expect(abs(Int(small.cb[100, 100]) - 128) <= 1)
            }
        }
    }

    @Test("the planes are reused while the size stays, and follow it when it changes")
    func reuse() throws {
        let wide = Frame(size: PixelSize(width: 640, height: 360))
        let high = Frame(size: PixelSize(width: 322, height: 242))
        try decoded(wide) { first in
            try decoded(high) { second in
                var scaler = Scaler()
                var small = Frame(size: PixelSize(width: 2, height: 2))
                try scaler.scale(first, time: .zero, into: &small)
                let address = small.luma.bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
                try scaler.scale(first, time: .zero, into: &small)
                #expect(small.luma.bytes.withUnsafeBytes { Int(bitPattern: $0.baseAddress) } == address)
                try scaler.scale(second, time: .zero, into: &small)
                #expect(small.size == PixelSize(width: 322, height: 242))
                try scaler.scale(first, time: .zero, into: &small)
                #expect(small.size == PixelSize(width: 640, height: 360))
                var bounded = Scaler(bound: PixelSize(width: 160, height: 160))
                try bounded.scale(first, time: .zero, into: &small)
                #expect(small.size == PixelSize(width: 160, height: 90))
            }
        }
    }

    @Test("an empty frame is an error, not a crash")
    func empty() throws {
        let frame = DecodedFrame()
        var scaler = Scaler()
        var small = Frame(size: PixelSize(width: 2, height: 2))
        let scaled = avError { () throws(AVError) in try scaler.scale(frame, time: .zero, into: &small) }
        #expect(scaled?.code == .noPicture)
        let pictured = avError { () throws(AVError) in _ = try frame.picture(time: .zero) }
        #expect(pictured?.code == .noPicture)
    }
}
