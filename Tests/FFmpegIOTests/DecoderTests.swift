import FFmpegIO
import Foundation
import FrameCore
import Testing

@Suite("Decoder")
struct DecoderTests {
    @Test("a key frame decoded alone is the frame that decoding in sequence gives", arguments: ["libx264", "libx265"])
    func alone(codec: String) throws {
        let folder = try Folder()
        let more = codec == "libx264" ? ["-preset", "medium"] : []
        let path = try folder.video("v.mp4", seconds: 2, codec: [codec] + (codec == "libx264" ? ["-g", "10", "-bf", "3"] : []), more: more)
        let (stream, all) = try packets(of: path)
        var sequence = try Decoder(stream)
        var frame = DecodedFrame()
        var inSequence: [FrameTime: Frame] = [:]
        for packet in all {
            try sequence.send(packet)
            while try sequence.receive(into: &frame) == .frame {
                if frame.isKey, let pts = frame.pts { inSequence[pts] = try frame.picture(time: pts) }
            }
        }
        try sequence.finish()
        while try sequence.receive(into: &frame) == .frame {}
        #expect(try sequence.receive(into: &frame) == .endOfStream)

        var alone = try Decoder(stream)
        var compared = 0
        for packet in all where packet.isKey {
            #expect(try alone.decodeAlone(packet, into: &frame))
            let time = try #require(packet.pts)
            let picture = try frame.picture(time: time)
            #expect(frame.pts == time)
            if let other = inSequence[time] {
                #expect(other.luma == picture.luma && other.cb == picture.cb && other.cr == picture.cr)
                compared += 1
            }
        }
        #expect(compared >= 4)
    }

    @Test("one decoder for two streams in turn gives each its own pictures", arguments: [[], ["-bf", "3"], ["-intra-refresh", "1"]])
    func shared(options: [String]) throws {
        let folder = try Folder()
        let codec = ["libx264", "-g", "10"] + options
        let (one, first) = try packets(of: folder.video("one.mp4", seconds: 2, codec: codec))
        let (other, second) = try packets(of: folder.video("other.mp4", seconds: 2, codec: codec, source: "testsrc"))
        var shared = try Decoder(one)
        var frame = DecodedFrame()
        var compared = 0
        for (packet, neighbour) in zip(first.filter(\.isKey), second.filter(\.isKey)) {
            for (packet, stream) in [(packet, one), (neighbour, other)] {
                var own = try Decoder(stream)
                guard try own.decodeAlone(packet, into: &frame) else { continue }
                let expected = try frame.picture(time: .zero)
                #expect(try shared.decodeAlone(packet, into: &frame))
                #expect(frame.pts == packet.pts)
                let picture = try frame.picture(time: .zero)
                #expect(picture.luma == expected.luma && picture.cb == expected.cb && picture.cr == expected.cr)
                compared += 1
            }
        }
        #expect(compared >= 2)
    }

    @Test("a draft differs from the whole picture by little once it is scaled down by half")
    func draft() throws {
        let folder = try Folder()
        let path = try folder.video("v.mp4", seconds: 1, size: "1280x720", codec: ["libx264", "-g", "10", "-crf", "32"], more: ["-preset", "medium"])
        let (stream, all) = try packets(of: path)
        let key = try #require(all.first { $0.isKey })
        var decoder = try Decoder(stream)
        var frame = DecodedFrame()
        var scaler = Scaler()
        var pictures: [Frame] = []
        for quality in [Decoder.Quality.whole, .draft, .whole] {
            #expect(try decoder.decodeAlone(key, quality, into: &frame))
            #expect(frame.isDraft == (quality == .draft))
            var picture = Frame(size: PixelSize(width: 2, height: 2))
            try scaler.scale(frame, time: .zero, into: &picture)
            pictures.append(picture)
        }
        #expect(pictures[0].luma == pictures[2].luma)
        let differences = zip(pictures[0].luma.bytes, pictures[1].luma.bytes).map { abs(Int($0) - Int($1)) }
        #expect(differences.contains { $0 > 0 })
        #expect(Double(differences.reduce(0, +)) / Double(differences.count) < 1)
    }

    @Test("damage is told, and the next whole key frame decodes again", arguments: ["libx264", "libx265"])
    func damage(codec: String) throws {
        let folder = try Folder()
        _ = try folder.video("v.mp4", seconds: 3, codec: codec == "libx264" ? ["libx264", "-g", "10", "-bf", "0"] : ["libx265"])
        let (stream, whole) = try packets(of: folder.file("v.mp4"))
        var bytes = try folder.read("v.mp4")
        // The last two thirds of the second key frame, lost; its place is found by the sizes of the packets before it.
        let mdat = try #require(bytes.range(of: Data("mdat".utf8)))
        let second = try #require(whole.indices.filter { whole[$0].isKey }.dropFirst().first)
        let start = mdat.upperBound + whole[..<second].reduce(0) { $0 + $1.byteCount }
        let length = whole[second].byteCount
        for offset in (start + length / 3)..<(start + length) { bytes[offset] = 0 }
        let path = try folder.write("damaged.mp4", bytes)
        let (_, packets) = try packets(of: path)
        #expect(packets.count == whole.count)

        var decoder = try Decoder(stream)
        var frame = DecodedFrame()
        var reported: [Int] = []
        var decoded = 0
        for index in packets.indices where packets[index].isKey {
            do throws(AVError) {
                if try decoder.decodeAlone(packets[index], into: &frame), !frame.isCorrupt { decoded += 1 } else { reported.append(index) }
            } catch {
                #expect(error.code == .invalidData)
                #expect(error.description.contains("damaged"))
                reported.append(index)
            }
        }
        let keys = packets.filter(\.isKey).count
        #expect(reported == [second])
        #expect(decoded == keys - 1)
        let all = try decodeAll(path)
        #expect(all.times.count >= packets.count - 10)
    }

    @Test("200 times open, decode and close leave the memory as it was")
    func leaks() throws {
        let folder = try Folder()
        let path = try folder.video("v.mp4", seconds: 0.4)
        func residentBytes() throws -> Int {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1]
            return (Int(pages) ?? 0) * 4096
        }
        func once(_ round: Int) throws {
            let (stream, all) = try packets(of: path)
            var decoder = try Decoder(stream)
            var scaler = Scaler()
            var frame = DecodedFrame()
            var small = Frame(size: PixelSize(width: 2, height: 2))
            for packet in all {
                try decoder.send(packet)
                while try decoder.receive(into: &frame) == .frame { try scaler.scale(frame, time: .zero, into: &small) }
            }
            var writer = try ClipWriter(path: folder.file("clip.mp4"), stream: stream)
            for packet in all { try writer.append(packet) }
            _ = try writer.finish()
            _ = openError(try MediaURL(folder.file("absent-\(round).mp4")))
        }
        for round in 0..<40 { try once(round) }
        let before = try residentBytes()
        for round in 0..<200 { try once(round) }
        let growth = try residentBytes() - before
        // One leaked decoder with its frames is about 0.7 MB, so 200 would be 140 MB; other tests run beside this one.
        #expect(growth < 60_000_000, "grew by \(growth / 1_000_000) MB")
    }
}
