import Evidence
import Foundation
import FrameCore
import Testing

@Suite struct JPEGEncoderTests {
    /// A picture with slopes in every plane, so that a shifted or swapped plane shows.
    static func slopes(_ size: PixelSize, range: Frame.Range) -> Frame {
        var frame = Frame(size: size, range: range)
        let (low, span) = range == .limited ? (16, 219) : (0, 255)
        for y in 0..<size.height {
            for x in 0..<size.width {
                frame.luma[x, y] = UInt8(low + span * (x + y) / max(1, size.width + size.height - 2))
            }
        }
        let half = frame.cb.size
        for y in 0..<half.height {
            for x in 0..<half.width {
                frame.cb[x, y] = UInt8(64 + 128 * x / max(1, half.width - 1))
                frame.cr[x, y] = UInt8(64 + 128 * y / max(1, half.height - 1))
            }
        }
        return frame
    }

    /// Decodes with FFmpeg to full-range 4:2:0 planes, as large as the JPEG says it is.
    static func decode(_ jpeg: [UInt8]) throws -> (size: PixelSize, luma: [UInt8], cb: [UInt8], cr: [UInt8]) {
        let folder = try TestFolder()
        try Data(jpeg).write(to: URL(fileURLWithPath: folder / "still.jpg"))
        let described = String(
            decoding: try run(
                "ffprobe", "-v", "error", "-show_entries", "stream=width,height,pix_fmt", "-of", "csv=p=0",
                folder / "still.jpg"),
            as: UTF8.self)
        let parts = described.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ",")
        try #require(parts.count == 3 && parts[2] == "yuvj420p", "\(described)")
        let size = PixelSize(width: try #require(Int(parts[0])), height: try #require(Int(parts[1])))
        try run(
            "ffmpeg", "-v", "error", "-i", folder / "still.jpg", "-f", "rawvideo", "-pix_fmt", "yuvj420p",
            folder / "still.yuv")
        let bytes = try contents(folder / "still.yuv")
        let chroma = Frame.chromaSize(of: size).area
        try #require(bytes.count == size.area + 2 * chroma)
        return (
            size, Array(bytes[..<size.area]), Array(bytes[size.area..<size.area + chroma]),
            Array(bytes[(size.area + chroma)...])
        )
    }

    static func meanDifference(_ found: [UInt8], _ expected: [Double]) -> Double {
        zip(found, expected).reduce(0) { $0 + abs(Double($1.0) - $1.1) } / Double(max(1, found.count))
    }

    @Test(
        "a still decodes to the frame's size and, spread to full range, its samples",
        arguments: [
            (PixelSize(width: 1, height: 1), Frame.Range.limited), (PixelSize(width: 2, height: 2), .full),
            (PixelSize(width: 17, height: 33), .limited), (PixelSize(width: 17, height: 33), .full),
            (PixelSize(width: 640, height: 360), .limited), (PixelSize(width: 1919, height: 1079), .limited),
            (PixelSize(width: 1920, height: 1080), .full),
        ])
    func roundTrip(size: PixelSize, range: Frame.Range) throws {
        let frame = Self.slopes(size, range: range)
        let decoded = try Self.decode(try JPEGEncoder.encode(frame))
        #expect(decoded.size == size)
        let limited = range == .limited
        let luma = frame.luma.bytes.map { limited ? (Double($0) - 16) * 255 / 219 : Double($0) }
        let cb = frame.cb.bytes.map { limited ? (Double($0) - 128) * 255 / 224 + 128 : Double($0) }
        let cr = frame.cr.bytes.map { limited ? (Double($0) - 128) * 255 / 224 + 128 : Double($0) }
        #expect(Self.meanDifference(decoded.luma, luma) < 1.5)
        #expect(Self.meanDifference(decoded.cb, cb) < 1.5)
        #expect(Self.meanDifference(decoded.cr, cr) < 1.5)
        // A stripe of wrong padding would hide in the mean of a large picture.
        if size.width > 16 {
            let edge = size.width - 1
            let found = (0..<size.height).map { decoded.luma[$0 * size.width + edge] }
            #expect(Self.meanDifference(found, (0..<size.height).map { luma[$0 * size.width + edge] }) < 3)
        }
    }

    @Test("limited black and white become 0 and 255, and what lies outside is cut")
    func extremes() throws {
        for (code, expected) in [(0, 0), (16, 0), (235, 255), (255, 255), (126, 128)] as [(UInt8, Double)] {
            let frame = Frame(size: PixelSize(width: 32, height: 32), fill: code)
            let decoded = try Self.decode(try JPEGEncoder.encode(frame, quality: 100))
            #expect(Self.meanDifference(decoded.luma, [Double](repeating: expected, count: 1024)) <= 1)
        }
    }

    @Test(
        "a crop grows to even pixels and is cut to the frame",
        arguments: [
            (PixelRect(x: 10, y: 20, width: 30, height: 40), PixelRect(x: 10, y: 20, width: 30, height: 40)),
            (PixelRect(x: 11, y: 21, width: 30, height: 40), PixelRect(x: 10, y: 20, width: 32, height: 42)),
            (PixelRect(x: -5, y: -5, width: 10, height: 10), PixelRect(x: 0, y: 0, width: 6, height: 6)),
            (PixelRect(x: 190, y: 95, width: 500, height: 500), PixelRect(x: 190, y: 94, width: 9, height: 5)),
            (PixelRect(x: 198, y: 98, width: 1, height: 1), PixelRect(x: 198, y: 98, width: 1, height: 1)),
        ])
    func crop(asked: PixelRect, given: PixelRect) throws {
        let frame = Self.slopes(PixelSize(width: 199, height: 99), range: .full)
        let decoded = try Self.decode(try JPEGEncoder.encode(frame, crop: asked))
        try #require(decoded.size == PixelSize(width: given.width, height: given.height))
        let luma = (given.y..<given.maxY).flatMap { y in (given.x..<given.maxX).map { Double(frame.luma[$0, y]) } }
        #expect(Self.meanDifference(decoded.luma, luma) < 1.5)
        let cb = (given.y / 2..<(given.maxY + 1) / 2).flatMap { y in
            (given.x / 2..<(given.maxX + 1) / 2).map { Double(frame.cb[$0, y]) }
        }
        #expect(Self.meanDifference(decoded.cb, cb) < 2)
    }

    @Test("noise at the highest quality outgrows the first output buffer and still decodes")
    func growth() throws {
        var generator = SeededGenerator(state: 3)
        var frame = Frame(size: PixelSize(width: 320, height: 240), range: .full)
        frame.luma.bytes = generator.bytes(frame.luma.size.area)
        let jpeg = try JPEGEncoder.encode(frame, quality: 100)
        #expect(jpeg.count > 4096 + 320 * 240 / 4)
        let decoded = try Self.decode(jpeg)
        #expect(Self.meanDifference(decoded.luma, frame.luma.bytes.map(Double.init)) < 2)
    }

    @Test("what libjpeg refuses comes back as an error, and the next still works")
    func refusal() throws {
        for size in [
            PixelSize(width: 65_501, height: 1), PixelSize(width: 1, height: 65_501), PixelSize(width: 0, height: 0),
        ] {
            let error = #expect(throws: JPEGError.self) { try JPEGEncoder.encode(Frame(size: size)) }
            guard case .refused(let picture, let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(picture == "\(size.width)×\(size.height) pixels")
            #expect(!reason.isEmpty)
        }
        let frame = Frame(size: PixelSize(width: 16, height: 16))
        #expect(throws: JPEGError.badQuality(0)) { try JPEGEncoder.encode(frame, quality: 0) }
        #expect(throws: JPEGError.badQuality(101)) { try JPEGEncoder.encode(frame, quality: 101) }
        #expect(throws: JPEGError.self) {
            try JPEGEncoder.encode(frame, crop: PixelRect(x: 16, y: 0, width: 4, height: 4))
        }
        #expect(try Self.decode(try JPEGEncoder.encode(frame)).size == frame.size)
    }
}
