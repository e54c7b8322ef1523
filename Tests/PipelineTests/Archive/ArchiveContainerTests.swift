import Casework
import Foundation
import Pipeline
import Testing

@Suite("Containers of an archive")
struct ArchiveContainerTests {
    @Test(
        "H.264 and H.265 are found in each, with their length",
        arguments: ["a.mp4", "a.mkv", "a.ts", "a.ps", "a.avi", "a.flv", "a.h264", "h.mp4", "h.mkv", "h.ts", "h.hevc"])
    func each(name: String) throws {
        let folder = try ArchiveFolder()
        let format = name.hasSuffix(".ps") ? ["-f", "mpeg"] : []
        try folder.video(name, seconds: 8, codec: name.hasPrefix("h") ? ["libx265"] : ["libx264", "-g", "25", "-bf", "0"], more: format)
        let listing = try folder.list()
        #expect(listing.problems.isEmpty, "\(listing.problems)")
        let seconds = try #require(listing.timelines.first?.files.first?.seconds)
        // Raw streams have no time: theirs is worked out from a part of the pictures.
        let slack = name.hasSuffix(".h264") || name.hasSuffix(".hevc") ? 1.5 : 0.1
        #expect(abs(seconds - 8) < slack, "\(seconds)")
    }

    @Test("a fragmented MP4, as recorders write it, has its length without an index")
    func fragmented() throws {
        let folder = try ArchiveFolder()
        try folder.video("a.mp4", seconds: 8, more: ["-movflags", "frag_keyframe+empty_moov+default_base_moof"])
        #expect(try folder.list().timelines.first?.files.first?.seconds == 8)
    }

    @Test("a recorder's program stream behind a header of its own is read whatever it is called", arguments: ["a.dav", "a.mp4", "a.hik"])
    func programStream(name: String) throws {
        let folder = try ArchiveFolder()
        let stream = try folder.video("a.ps", seconds: 8, size: "640x480", more: ["-f", "mpeg"])
        // 40 bytes before the first pack, as Hikvision recorders begin their files.
        let bytes = try Data("IMKH".utf8) + Data(count: 36) + Data(contentsOf: URL(fileURLWithPath: stream))
        try bytes.write(to: URL(fileURLWithPath: folder.file("x/" + name)))
        try FileManager.default.removeItem(atPath: stream)
        let listing = try folder.list()
        #expect(listing.timelines.first?.files.first?.seconds.map { abs($0 - 8) < 0.1 } == true, "\(listing)")
    }

    @Test("a Dahua file tells its time in its frames")
    func dahua() throws {
        let folder = try ArchiveFolder()
        let stream = try folder.video("a.h264", seconds: 8)
        let start = DateComponents(year: 2026, month: 11, day: 23, hour: 8, minute: 15, second: 30)
        let file = try folder.file("gate-3/x.dav")
        try DahuaFile.write(annexB: Data(contentsOf: URL(fileURLWithPath: stream)), start: start, to: file)
        try FileManager.default.removeItem(atPath: stream)
        let listing = try folder.list()
        #expect(listing.problems.isEmpty, "\(listing.problems)")
        let timeline = try #require(listing.timelines.first)
        #expect(timeline.channelID == "gate-3")
        #expect(timeline.files.first?.timeSource == "container")
        #expect(timeline.from == utc("2026-11-23T00:15:30Z"))
        #expect(timeline.files.first?.seconds.map { abs($0 - 8) <= 1 } == true, "\(String(describing: timeline.files.first?.seconds))")
    }

    @Test("folders that no recorder makes are passed over, and so are hidden files")
    func passedOver() throws {
        let folder = try ArchiveFolder()
        for name in ["@eaDir/a.mp4", "lost+found/b.mp4", ".c.mp4", "d.mp4"] { try folder.video(name, seconds: 1) }
        #expect(try folder.list().paths.map { ($0 as NSString).lastPathComponent } == ["d.mp4"])
    }
}

/// Writes H.264 at 25 Hz as Dahua recorders keep it (libavformat/dhav.c): a frame is a header of 24 bytes with its time, extensions,
/// the picture, and `dhav` with the length.
enum DahuaFile {
    static func write(annexB: Data, start: DateComponents, to path: String) throws {
        var file = Data()
        for (index, picture) in pictures([UInt8](annexB)).enumerated() {
            let isKey = picture.isKey
            let second = (start.second ?? 0) + index / 25
            var extensions: [UInt8] = []
            if isKey { extensions = [0x81, 0x00, 0x02, 25] }  // H.264, frames a second
            let length = 24 + extensions.count + picture.bytes.count + 8
            var date = UInt32((start.year ?? 0) - 2000) << 26 | UInt32(start.month ?? 0) << 22 | UInt32(start.day ?? 0) << 17
            date |= UInt32(start.hour ?? 0) << 12 | UInt32((start.minute ?? 0) + second / 60) << 6 | UInt32(second % 60)
            var frame = Data("DHAV".utf8)
            frame += [isKey ? 0xFD : 0xFC, 0, 0, 0]
            frame += little(UInt32(index)) + little(UInt32(length)) + little(date)
            frame += little(UInt32(index * 40)).prefix(2) + [UInt8(extensions.count), 0]
            frame += extensions
            frame += picture.bytes
            frame += Data("dhav".utf8) + little(UInt32(length))
            file += frame
        }
        try file.write(to: URL(fileURLWithPath: path))
    }

    private static func little(_ value: UInt32) -> Data { Data((0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }) }

    /// Each picture with the parameter sets before it.
    private static func pictures(_ bytes: [UInt8]) -> [(bytes: [UInt8], isKey: Bool)] {
        var starts: [Int] = []
        for place in 0..<max(0, bytes.count - 4) where bytes[place] == 0 && bytes[place + 1] == 0 && bytes[place + 2] == 1 {
            starts.append(place > 0 && bytes[place - 1] == 0 ? place - 1 : place)
        }
        var found: [(bytes: [UInt8], isKey: Bool)] = []
        var pending: [UInt8] = []
        for (index, start) in starts.enumerated() {
            let end = index + 1 < starts.count ? starts[index + 1] : bytes.count
            let header = bytes[start + 2] == 1 ? start + 3 : start + 4
            let kind = bytes[header] & 0x1F
            pending += bytes[start..<end]
            if kind == 1 || kind == 5 {
                found.append((pending, kind == 5))
                pending = []
            }
        }
        return found
    }
}
