import Casework
import Evidence
import Foundation
import FrameCore
import Pipeline
import Testing

@Suite("A store's own evidence as an archive")
struct ArchivePackageTests {
    /// A package's folder as the store lays it out; its seal is `xunjie verify`'s matter.
    private func seal(in folder: ArchiveFolder, clip: String?) throws -> String {
        let clock = EvidenceManifest.Clock(wallMinusPTSMicroseconds: 1_795_392_000_000_000, source: "receive-time", utcOffsetMinutes: 480)
        var generator = SystemRandomNumberGenerator()
        let id = PackageID(milliseconds: 1_795_392_060_000, using: &generator)
        let area = try Polygon([UnitPoint(x: 0, y: 0), UnitPoint(x: 1, y: 0), UnitPoint(x: 1, y: 1)])
        var manifest = EvidenceManifest(
            packageID: id, caseID: "c", incidentID: "i", program: "test",
            channel: .init(id: "gate-3", name: "西门", codec: "h264", width: 320, height: 240), violation: "piled-goods",
            zone: .init(id: "z", kind: "pavement", polygon: area, zonesVersion: 1),
            rule: .init(version: "1", profile: "day", dwellSeconds: 10, measurements: [:]), box: PixelRect(x: 0, y: 0, width: 9, height: 9),
            clock: clock, times: [.init(name: "clip-start", pts: FrameTime(seconds: 30), clock: clock)])
        manifest.files = [.init(name: "at-start.jpg", role: .atStart, derivedFrom: nil, bytes: 1, sha256: .zero, blockSHA256: [.zero])]
        if let clip {
            manifest.files.append(.init(name: clip, role: .clip, derivedFrom: nil, bytes: 1, sha256: .zero, blockSHA256: [.zero]))
        }
        let place = "evidence/" + manifest.relativePath
        try JSONEncoder().encode(manifest).write(to: URL(fileURLWithPath: folder.file(place + "/manifest.json")))
        return place
    }

    @Test("a clip has its channel and time from its manifest")
    func clip() throws {
        let folder = try ArchiveFolder()
        let place = try seal(in: folder, clip: "clip.mp4")
        try folder.video(place + "/clip.mp4", seconds: 2)
        let listing = try folder.list()
        #expect(listing.problems.isEmpty, "\(listing.problems)")
        let timeline = try #require(listing.timelines.first)
        #expect(timeline.channelID == "gate-3")
        #expect(timeline.files.map(\.timeSource) == ["package"])
        #expect(timeline.from == utc("2026-11-23T00:00:30Z"))
    }

    @Test("a clip that is gone is named; a package without one is passed over")
    func missing() throws {
        let folder = try ArchiveFolder()
        _ = try seal(in: folder, clip: "clip.mp4")
        let listing = try folder.list()
        #expect(listing.timelines.isEmpty)
        #expect(listing.isLost("clip.mp4"))

        let other = try ArchiveFolder()
        _ = try seal(in: other, clip: nil)
        #expect(try other.list() == ArchiveListing(timelines: [], problems: []))
    }

    @Test("a manifest cannot lead out of its folder")
    func escape() throws {
        let folder = try ArchiveFolder()
        let place = try seal(in: folder, clip: "../../../../../../../etc/passwd")
        let listing = try folder.list()
        #expect(listing.timelines.isEmpty)
        #expect(listing.problems.map(\.path) == ["\(folder.path)/\(place)/passwd"])
    }

    @Test("beside another program's manifest everything is looked at")
    func foreign() throws {
        let folder = try ArchiveFolder()
        try folder.write("web/manifest.json", #"{"name": "app"}"#)
        try folder.video("web/a.mp4", seconds: 1)
        #expect(try folder.list().paths.count == 1)
    }
}
