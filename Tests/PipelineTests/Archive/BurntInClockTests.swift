import Casework
import Foundation
import Testing

import Pipeline

@Suite("The clock in the picture")
struct BurntInClockTests {
    private static let installed = TextReader.installed != nil
    private static let font = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"

    @Test(
        "is found in what a reader made of a strip",
        arguments: [
            ("2026-11-23 08:15:30", "2026-11-23T00:15:30Z"), ("xx 7\n2026/11/23  3 08:15:30 12", "2026-11-23T00:15:30Z"),
            ("2026年11月23日 星期一 08:15:30", "2026-11-23T00:15:30Z"), ("11-23-2026 08:15:30", "2026-11-23T00:15:30Z"),
            ("2026-11-2308:15:30", "2026-11-23T00:15:30Z"), ("2026-11-23 08:15", nil), ("2026-13-23 08:15:30", nil), ("", nil),
        ] as [(String, String?)])
    func text(text: String, date: String?) {
        let expected = date.flatMap(utc).map(ClockText.Reading.date) ?? .none
        #expect(ClockText.read(text, zone: ArchiveFolder.shanghai) == expected)
    }

    @Test("day and month that cannot be told apart are not guessed")
    func ambiguous() {
        guard case .ambiguous = ClockText.read("03-04-2026 08:15:30", zone: .gmt) else {
            Issue.record("03-04-2026 was taken for one date")
            return
        }
    }

    @Test(
        "is read at the top or the bottom, in several sizes",
        .enabled(if: installed, "tesseract is not installed: apt-get install tesseract-ocr"),
        arguments: [("1280x720", 32, "y=20", ""), ("704x576", 24, "y=h-th-12", ""), ("1920x1080", 48, "y=24", ":borderw=2")])
    func read(size: String, letters: Int, place: String, border: String) throws {
        let folder = try ArchiveFolder()
        // The text steps once a second from 08:15:30 in Shanghai.
        let clock = "%{pts\\:gmtime\\:1795392930\\:%Y-%m-%d %H\\\\\\:%M\\\\\\:%S}"
        let filter = "drawtext=fontfile=\(Self.font):fontsize=\(letters):fontcolor=white\(border):x=16:\(place):text='\(clock)'"
        try folder.video("gate-3/a.mp4", seconds: 8, size: size, filter: "hue=b=-3," + filter)
        var settings = try ArchiveFolder.settings(zone: .gmt)
        settings.readsClock = true
        let listing = try folder.list(settings)
        #expect(listing.problems.isEmpty, "\(listing.problems)")
        let timeline = try #require(listing.timelines.first)
        #expect(timeline.files.first?.timeSource == "burnt-in")
        #expect(timeline.from.map { abs($0.timeIntervalSince1970 - 1_795_392_930) <= 1 } == true, "\(String(describing: timeline.from))")
        #expect(timeline.channelID == "gate-3")
    }

    private static let street = ShippedSettingsTests.root.deletingLastPathComponent().path + "/shared/clips/real/retail02_1080p_hevc.mp4"

    @Test(
        "is read on a real street",
        .enabled(if: installed && FileManager.default.fileExists(atPath: street), "needs tesseract and the shared clips"))
    func realStreet() throws {
        var settings = try ArchiveFolder.settings(zone: .gmt)
        settings.readsClock = true
        let listing = try ArchiveScan(settings: settings).list([Self.street])
        let start = try #require(listing.timelines.first?.from, "\(listing.problems)")
        #expect(try abs(start.timeIntervalSince(#require(utc("2022-02-01T18:26:38Z")))) <= 2, "\(start)")
    }

    @Test("a text that stands still is no clock", .enabled(if: installed, "tesseract is not installed: apt-get install tesseract-ocr"))
    func standing() throws {
        let folder = try ArchiveFolder()
        let filter = "drawtext=fontfile=\(Self.font):fontsize=32:fontcolor=white:x=16:y=16:text='2026-11-23 08\\:15\\:30'"
        try folder.video("a.mp4", seconds: 8, size: "1280x720", filter: "hue=b=-3," + filter)
        var settings = try ArchiveFolder.settings()
        settings.readsClock = true
        let listing = try folder.list(settings)
        #expect(listing.timelines.first?.from == nil)
        #expect(
            listing.reasons("a.mp4").first?.contains("cannot be read: it does not run as the pictures do") == true, "\(listing.problems)")
    }
}
