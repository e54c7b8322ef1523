import Casework
import FFmpegIO
import Foundation
import Glibc
import Pipeline
import Testing

@Suite("A broken archive")
struct BrokenArchiveTests {
    @Test("names each broken file with its reason, and lists the rest")
    func all() throws {
        let folder = try ArchiveFolder()
        try folder.video("good_20261123_080000.mp4")
        try folder.write("empty.mp4", "")
        try folder.write("text.avi", String(repeating: "no video at all\n", count: 9000))
        try folder.cut(folder.video("cut_20261123_080000.mp4"), to: 0.6)
        try folder.cut(folder.video("front_20261123_080000.mp4", more: ["-movflags", "+faststart"]), to: 0.5)
        try folder.cut(folder.video("cut_20261123_080000.mkv"), to: 0.5)
        try folder.cut(folder.video("cut_20261123_080000.flv"), to: 0.5)
        try folder.cut(folder.video("cut_20261123_080000.ts"), to: 0.5)
        try folder.write("notes.txt", "nothing")
        try folder.write("still.jpg", String(repeating: "x", count: 100_000))

        let listing = try folder.list()
        #expect(listing.reasons("empty.mp4") == ["is empty (0 bytes)"])
        #expect(listing.reasons("text.avi").first?.contains("no video") == true)
        #expect(listing.reasons("cut_20261123_080000.mp4").first?.contains("before its index") == true)
        for name in ["empty.mp4", "text.avi", "cut_20261123_080000.mp4"] { #expect(listing.isLost(name), "\(name)") }
        for name in ["front_20261123_080000.mp4", "cut_20261123_080000.mkv", "cut_20261123_080000.flv"] {
            let reason = listing.reasons(name).first
            #expect(reason?.contains("is cut off") == true && reason?.contains("of 4 s") == true, "\(name): \(reason ?? "-")")
            #expect(!listing.isLost(name))
        }
        let lengths = Dictionary(
            uniqueKeysWithValues: listing.timelines.flatMap(\.files).map { (($0.path as NSString).lastPathComponent, $0.seconds ?? 0) })
        #expect(lengths["good_20261123_080000.mp4"] == 4)
        for name in ["front_20261123_080000.mp4", "cut_20261123_080000.mkv", "cut_20261123_080000.flv", "cut_20261123_080000.ts"] {
            #expect((1...3).contains(lengths[name] ?? 0), "\(name): \(lengths[name] ?? 0)")
        }
        #expect(listing.problems == listing.problems.sorted { ($0.path, $0.reason) < ($1.path, $1.reason) })
        #expect(try folder.list() == listing)
    }

    @Test("video is found under a wrong extension, and read as what it is")
    func wrongExtension() throws {
        let folder = try ArchiveFolder()
        try folder.video("a.txt", size: "640x480", more: ["-f", "mp4"])
        try folder.video("b.mp4", more: ["-f", "avi"])
        try folder.video("c.part", size: "640x480", more: ["-f", "mpegts"])
        try folder.video("d", size: "640x480", more: ["-f", "mpeg"])
        let listing = try folder.list()
        #expect(listing.paths.map { ($0 as NSString).lastPathComponent }.sorted() == ["a.txt", "b.mp4", "c.part", "d"])
        #expect(listing.timelines.flatMap(\.files).allSatisfy { $0.seconds.map { abs($0 - 4) < 0.1 } == true })
        #expect(listing.reasons("a.txt") == ["is mp4 in spite of its extension, and read as that"])
        #expect(listing.reasons("b.mp4") == ["is avi in spite of its extension, and read as that"])
    }

    @Test("a file without key frames is lost, one whose first come late says so")
    func keyFrames() throws {
        let folder = try ArchiveFolder()
        // An H.264 stream cut in the middle of a long group of pictures: IDR slices (NAL type 5) taken out.
        let whole = try folder.video("whole.ts", seconds: 6, codec: ["libx264", "-g", "75", "-bf", "0"])
        try folder.copy(whole, to: "none.ts", more: ["-bsf:v", "filter_units=remove_types=5|7|8"])
        try folder.copy(whole, to: "late.ts", more: ["-bsf:v", "noise=drop=lt(n\\,20)"])
        try FileManager.default.removeItem(atPath: whole)
        let listing = try folder.list()
        #expect(listing.isLost("none.ts"), "\(listing.problems)")
        #expect(listing.reasons("none.ts").first?.contains("key frame") == true || listing.reasons("none.ts").first?.isEmpty == false)
        #expect(listing.reasons("late.ts").first?.contains("no key frame before") == true, "\(listing.problems)")
        #expect(!listing.isLost("late.ts"))
    }

    @Test("two cameras in one file: which is analysed is said, the file is not lost")
    func twoCameras() throws {
        let folder = try ArchiveFolder()
        let one = try folder.video("one.mp4", size: "640x480")
        let two = try folder.video("two.mp4", size: "320x240")
        let both = ["-i", one, "-i", two, "-map", "0:v", "-map", "1:v", "-c", "copy"]
        try ArchiveFolder.ffmpeg(both + [try folder.file("streams.mkv")])
        try ArchiveFolder.ffmpeg(both + ["-program", "st=0", "-program", "st=1", try folder.file("programmes.ts")])
        for file in [one, two] { try FileManager.default.removeItem(atPath: file) }
        let listing = try folder.list()
        #expect(listing.paths.count == 2)
        let streams = try #require(listing.reasons("streams.mkv").first)
        #expect(streams.contains("holds 2 videos: h264 640×480 is analysed, h264 320×240 is not"))
        let programmes = try #require(listing.reasons("programmes.ts").first)
        #expect(programmes.contains("of another programme is not"))
        #expect(listing.problems.allSatisfy { !$0.isLost })
    }

    @Test("a folder that may not be read is named, and what stands beside it is listed")
    func unreadableFolder() throws {
        let folder = try ArchiveFolder()
        try folder.video("open/a.mp4")
        try folder.video("closed/b.mp4")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path + "/closed")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
        // Root may read everything: this thread's file access becomes that of nobody meanwhile (setfsuid(2)).
        guard geteuid() == 0 else {
            try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: folder.path + "/closed")
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path + "/closed") }
            return try check(folder)
        }
        // SAFETY: the C library's `int setfsuid(uid_t)`, which Glibc's module leaves out.
        let symbol = try #require(dlsym(nil, "setfsuid"))
        let setfsuid = unsafeBitCast(symbol, to: (@convention(c) (uid_t) -> Int32).self)
        _ = setfsuid(65534)
        defer { _ = setfsuid(0) }
        try check(folder)
    }

    private func check(_ folder: ArchiveFolder) throws {
        let listing = try folder.list()
        #expect(listing.paths.map { ($0 as NSString).lastPathComponent } == ["a.mp4"])
        #expect(listing.reasons("closed").first?.contains("the folder cannot be read: permission denied") == true, "\(listing.problems)")
        #expect(listing.isLost("closed"))
    }

    @Test("an input that is not there is a problem, and so is a link into nothing")
    func missing() throws {
        let folder = try ArchiveFolder()
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/gone.mp4", withDestinationPath: "/nowhere/x.mp4")
        let listing = try ArchiveScan(settings: ArchiveFolder.settings()).list([folder.path, folder.path + "/none"])
        #expect(listing.timelines.isEmpty)
        #expect(listing.isLost("gone.mp4") && listing.isLost("none"))
    }

    @Test("links in a circle and files named twice are looked at once")
    func circles() throws {
        let folder = try ArchiveFolder()
        let file = try folder.video("in/a.mp4")
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/in/round", withDestinationPath: folder.path)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/same.mp4", withDestinationPath: file)
        let listing = try ArchiveScan(settings: ArchiveFolder.settings()).list([folder.path, file, folder.path])
        #expect(listing.paths.count == 1)
        #expect(listing.problems.isEmpty)
    }

    @Test("ends when it is told to")
    func stops() throws {
        let folder = try ArchiveFolder()
        try folder.video("a.mp4")
        let stop = StopFlag()
        stop.stop()
        #expect(throws: ArchiveScanError.stopped) { try ArchiveScan(settings: ArchiveFolder.settings()).list([folder.path], stop: stop) }
    }
}
