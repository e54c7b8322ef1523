import FFmpegIO
import Foundation
import FrameCore
import Testing

@Suite("Single pictures")
struct PictureTests {
    private let size = PixelSize(width: 37, height: 23)

    private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
    }

    @Test("a grey PNG comes back to the bit, also after another one")
    func grey() throws {
        let folder = try Folder()
        var reader = PictureReader()
        var frame = DecodedFrame()
        for seed in 1...3 {
            let bytes = noise(size.area, seed: UInt64(seed))
            let path = try folder.write("\(seed).png", Data(try PNGEncoder.encode(bytes, size: size, samples: .grey)))
            try reader.read(path, into: &frame)
            #expect(try frame.levels() == Plane(size: size, bytes: bytes))
        }
    }

    @Test("a coloured PNG keeps each channel in its place, and the same picture gives the same bytes")
    func colour() throws {
        let folder = try Folder()
        let bytes = noise(3 * size.area, seed: 9)
        let png = try PNGEncoder.encode(bytes, size: size, samples: .rgb)
        #expect(try PNGEncoder.encode(bytes, size: size, samples: .rgb) == png)
        var reader = PictureReader()
        var frame = DecodedFrame()
        try reader.read(try folder.write("a.png", Data(png)), into: &frame)
        #expect(frame.pixelFormatName == "rgb24")
        #expect(try frame.levels().bytes == (0..<size.area).map { bytes[3 * $0 + 1] })
    }

    @Test("a mask with a palette gives the palette's levels")
    func palette() throws {
        // Four by two pixels, one byte each, indices 0…3 and back; the palette is 0, 50, 170, 255.
        let text =
            "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAMAAABIdo1RAAAADFBMVEUAAAAyMjKqqqr///9tQlV1AAAAEklEQVR4nGNgYGRiZmBmYmQAAABGAA1ecouHAAAAAElFTkSuQmCC"
        let folder = try Folder()
        let data = try #require(Data(base64Encoded: text))
        var reader = PictureReader()
        var frame = DecodedFrame()
        try reader.read(try folder.write("mask.png", data), into: &frame)
        #expect(try frame.levels().bytes == [0, 50, 170, 255, 255, 170, 50, 0])
    }

    @Test("what is no picture is refused with its path")
    func refused() throws {
        let folder = try Folder()
        let path = try folder.write("text.png", Data("not a picture".utf8))
        var reader = PictureReader()
        var frame = DecodedFrame()
        #expect(throws: AVError(.invalidData, .open, path)) { try reader.read(path, into: &frame) }
        let missing = folder.file("none.jpg")
        #expect(throws: AVError(.noSuchFile, .open, missing)) { try reader.read(missing, into: &frame) }
    }
}
