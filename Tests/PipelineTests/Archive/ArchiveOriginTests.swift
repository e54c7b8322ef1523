import Casework
import Foundation
import Pipeline
import Testing

@Suite("Channel and time of archived files")
struct ArchiveOriginTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var path: String
        var channel: String
        /// UTC.
        var start: String
        var testDescription: String { path }
    }

    /// One name of each recorder in the shipped list. The site is in Shanghai, eight hours before UTC.
    static let named = [
        Case(path: "recordings/2026-11-23/08/gate3/12.34.mp4", channel: "gate3", start: "2026-11-23T08:12:34Z"),
        Case(path: "clips/gate-3-1763856923.123456-x7k2p1.mp4", channel: "gate-3", start: "2025-11-23T00:15:23Z"),
        Case(path: "NVR_ch1_main_20261123080000_20261123080004.mp4", channel: "NVR_ch1", start: "2026-11-23T00:00:00Z"),
        Case(path: "2026-11-23/001/dav/08/08.00.00-08.00.04[M][0@0][0].mp4", channel: "001", start: "2026-11-23T00:00:00Z"),
        Case(path: "192.168.1.11_1_S20261123080000_E20261123080004.mp4", channel: "192.168.1.11_1", start: "2026-11-23T00:00:00Z"),
        Case(path: "ch01_20261123080000_20261123080004.mp4", channel: "ch01", start: "2026-11-23T00:00:00Z"),
        Case(path: "20261123-080000-080004_192.168.1.11-CH2.mp4", channel: "192.168.1.11-CH2", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3.20261123_080000.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3-20261123-080000-1795392000.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "record/live/gate3/2026-11-23/08-00-00-0.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3/2026-11-23_08-00-00-000000.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3/2026Y11M23D08H/00M00S_1795392000.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "2026-11-23/192.168.1.11_2_S08-00-00_E08-00-04.mp4", channel: "192.168.1.11_2", start: "2026-11-23T00:00:00Z"),
        Case(path: "H20261123-080000P1N2P0.mp4", channel: "2", start: "2026-11-23T00:00:00Z"),
        Case(path: "live/gate3/1795392000123.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3/20261123/08/00.00.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3_20261123_080000_20261123_080004.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3/20261123/20261123T080000.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "gate3/VID_20261123_080000.mp4", channel: "gate3", start: "2026-11-23T00:00:00Z"),
        Case(path: "西门 2026-11-23 08.00.00.mp4", channel: "西门", start: "2026-11-23T00:00:00Z"),
    ]

    @Test("names of known recorders tell both")
    func recorders() throws {
        let folder = try ArchiveFolder()
        let source = try folder.video("source.mp4", seconds: 4)
        for (index, test) in Self.named.enumerated() {
            try FileManager.default.copyItem(atPath: source, toPath: folder.file("t\(index)/\(test.path)"))
        }
        try FileManager.default.removeItem(atPath: source)
        let listing = try folder.list()
        #expect(listing.problems.isEmpty, "\(listing.problems)")
        for (index, test) in Self.named.enumerated() {
            let timeline = listing.timelines.first { $0.files.contains { $0.path.hasSuffix("/t\(index)/\(test.path)") } }
            let input = timeline?.files.first { $0.path.hasSuffix("/t\(index)/\(test.path)") }
            #expect(timeline?.channelID == test.channel, "\(test.path): \(timeline?.channelID ?? "-")")
            let apart = input?.startsAt.flatMap { start in utc(test.start).map { start.timeIntervalSince($0) } }
            #expect(apart.map { $0 >= 0 && $0 < 1 } == true, "\(test.path): \(String(describing: input?.startsAt))")
            #expect(input?.timeSource == "pattern")
        }
    }

    @Test("a given pattern comes before all, then the sidecar, then the name, then the container")
    func order() throws {
        let folder = try ArchiveFolder()
        let made = ["-metadata", "creation_time=2026-11-23T04:00:00Z"]
        try folder.video("a/x_2026-11-23_08-00-00.mp4", seconds: 2)
        try folder.write("a/x_2026-11-23_08-00-00.mp4.json", #"{"channel": "gate-9", "starts_at": "2026-11-23T10:00:00+08:00"}"#)
        try folder.video("b/y_2026-11-23_08-00-00.mp4", seconds: 2, more: made)
        try folder.video("gate-5/z.mp4", seconds: 2, more: made)
        try folder.video("gate-6/w.mp4", seconds: 2)
        try folder.write("gate-6/w.json", #"{"starts_at": 1795392000}"#)
        try folder.video("gate-7/nothing.mp4", seconds: 2)
        func source(_ listing: ArchiveListing, _ name: String) -> String? {
            let found = listing.timelines.compactMap { timeline in
                timeline.files.first { $0.path.hasSuffix("/" + name) }.map {
                    "\(timeline.channelID) \($0.timeSource) \($0.startsAt?.formatted(.iso8601) ?? "-")"
                }
            }
            return found.first
        }
        let listing = try folder.list()
        #expect(source(listing, "x_2026-11-23_08-00-00.mp4") == "gate-9 sidecar 2026-11-23T02:00:00Z")
        #expect(source(listing, "y_2026-11-23_08-00-00.mp4") == "y pattern 2026-11-23T00:00:00Z")
        #expect(source(listing, "z.mp4") == "gate-5 container 2026-11-23T04:00:00Z")
        #expect(source(listing, "w.mp4") == "gate-6 sidecar 2026-11-23T00:00:00Z")
        #expect(source(listing, "nothing.mp4") == "nothing none -")
        #expect(listing.reasons("y_2026-11-23_08-00-00.mp4").contains { $0.contains("4 h off the pattern's") })
        #expect(!listing.isLost("y_2026-11-23_08-00-00.mp4"))

        let given = try folder.list(ArchiveFolder.settings(pattern: "{channel}/*_{yyyy}-{MM}-{dd}_{HH}-{mm}-{ss}", zone: .gmt))
        #expect(source(given, "x_2026-11-23_08-00-00.mp4") == "a pattern 2026-11-23T08:00:00Z")
        #expect(given.reasons("z.mp4").contains { $0.contains("does not fit") })
    }

    @Test("a container that writes local time as if it were UTC is no contradiction")
    func localContainer() throws {
        let folder = try ArchiveFolder()
        try folder.video("y_2026-11-23_08-00-00.mp4", seconds: 2, more: ["-metadata", "creation_time=2026-11-23T08:00:00Z"])
        #expect(try folder.list().problems.isEmpty)
    }

    @Test("a clock that was never set is not believed")
    func neverSet() throws {
        let folder = try ArchiveFolder()
        try folder.video("gate/y.mp4", seconds: 2, more: ["-metadata", "creation_time=2000-01-01T00:00:10Z"])
        let listing = try folder.list()
        #expect(listing.timelines.first?.from == nil)
        #expect(listing.reasons("y.mp4").contains { $0.contains("never set") })
    }

    @Test("known channels are found in paths by id, name and national id")
    func knownChannels() throws {
        let folder = try ArchiveFolder()
        try folder.video("西门/day/1.mp4", seconds: 2)
        try folder.video("34020000001320000001/2.mp4", seconds: 2)
        try folder.video("export/GATE-3_20261123_080000.mp4", seconds: 2)
        var settings = try ArchiveFolder.settings()
        settings.channels = ["西门": "gate-1", "34020000001320000001": "gate-2", "gate-3": "gate-3"]
        #expect(try folder.list(settings).timelines.map(\.channelID) == ["gate-1", "gate-2", "gate-3"])
    }

    @Test("a sidecar that cannot be read is named and the file is used")
    func brokenSidecar() throws {
        let folder = try ArchiveFolder()
        for (index, text) in ["{", "[]", #"{"channel": "../x"}"#, #"{"starts_at": "yesterday"}"#, #"{"note": 1}"#].enumerated() {
            try folder.video("\(index).mp4", seconds: 1)
            try folder.write("\(index).mp4.json", text)
        }
        let listing = try folder.list()
        #expect(listing.timelines.count == 5)
        #expect(listing.problems.count == 5)
        #expect(listing.problems.allSatisfy { !$0.isLost && $0.reason.contains(".mp4.json") }, "\(listing.problems)")
    }
}
