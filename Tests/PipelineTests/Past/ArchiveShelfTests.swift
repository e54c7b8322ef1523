import Casework
import Foundation
import FrameCore
import Pipeline
import Synchronization
import Testing

@Suite("The recorder's exports by channel")
struct ArchiveShelfTests {
    private static let start = Date(timeIntervalSince1970: 1_795_464_000)

    private static func channel(_ id: String, _ name: String, nationalID: String = "") -> ChannelRecord {
        ChannelRecord(id: id, name: name, url: "rtsp://10.0.0.1/1", nationalID: nationalID, createdAt: start)
    }

    private static func timeline(_ label: String, at offsets: [Double?], seconds: Double? = 60) -> ArchiveTimeline {
        ArchiveTimeline(
            channelID: label,
            files: offsets.enumerated().map { index, offset in
                RunInput(
                    path: "/x/\(label)/\(index).mp4", channelID: label, startsAt: offset.map { start.addingTimeInterval($0) },
                    timeSource: offset == nil ? "none" : "pattern", seconds: seconds, bytes: 1)
            })
    }

    @Test("a label is a channel's id, else its national id, else its name where that is nobody else's")
    func mapping() {
        let channels = [
            Self.channel("gate-1", "南门"), Self.channel("gate-2", "北门", nationalID: "34020000001320000001"), Self.channel("gate-3", "西门"),
            Self.channel("gate-4", "西门"), Self.channel("南门", "gate-2"),
        ]
        let listing = ArchiveListing(
            timelines: [
                Self.timeline("gate-1", at: [0]), Self.timeline("34020000001320000001", at: [0, 60]), Self.timeline("北门", at: [300]),
                Self.timeline("西门", at: [0]), Self.timeline("南门", at: [0]), Self.timeline("garage", at: [0, 60]),
                Self.timeline("gate-3", at: [nil]),
            ], problems: [RunProblem(path: "/x/b.mp4", reason: "cut off", isLost: true)])
        let contents = ArchiveContents(listing, channels: channels, folders: ["/x"], at: Self.start)
        #expect(contents.timelines.mapValues(\.files.count) == ["gate-1": 1, "gate-2": 3, "南门": 1])
        #expect(contents.timelines["gate-2"]?.files.allSatisfy { $0.channelID == "gate-2" } == true)
        #expect(contents.timelines["gate-2"]?.gaps == [DateInterval(start: Self.start.addingTimeInterval(120), duration: 180)])
        #expect(contents.strangers == ["西门": 1, "garage": 2])
        #expect(contents.untimedFiles == ["gate-3": 1])
        #expect(contents.problems.count == 1)
        #expect(contents.timelines["gate-2"]?.span == DateInterval(start: Self.start, duration: 360))
    }

    @Test("the folders are listed once and again when that is old; a failure leaves what was known before")
    func refreshing() async throws {
        let clock = Mutex(Self.start)
        let scans = Mutex(0)
        let shelf = ArchiveShelf(
            folders: ["/x"], library: try ProfileLibrary.load(folder: ShippedSettingsTests.root.path + "/Models")
        ) { _ in
            let count = scans.withLock { count in
                count += 1
                return count
            }
            guard count < 3 else { throw CocoaError(.fileReadNoPermission) }
            return ArchiveListing(timelines: [Self.timeline("gate-1", at: [0])], problems: [])
        } channels: {
            [Self.channel("gate-1", "南门")]
        } now: {
            clock.withLock { $0 }
        }
        #expect(await shelf.settled().timelines.count == 1)
        #expect(await shelf.settled().timelines.count == 1)
        #expect(scans.withLock { $0 } == 1)
        clock.withLock { $0 += 700 }
        #expect(await shelf.settled().listedAt == Self.start + 700)
        #expect(scans.withLock { $0 } == 2)
        clock.withLock { $0 += 700 }
        let failed = await shelf.settled()
        #expect(failed.timelines.count == 1)
        #expect(failed.problems.first?.isLost == true)
    }

    @Test("without a folder nothing is listed")
    func unconfigured() async throws {
        let shelf = ArchiveShelf(folders: [], library: try ProfileLibrary.load(folder: ShippedSettingsTests.root.path + "/Models")) { _ in
            Issue.record("a folder was looked into")
            return ArchiveListing(timelines: [], problems: [])
        } channels: {
            []
        }
        let contents = await shelf.settled()
        #expect(contents.folders.isEmpty && contents.listedAt == nil && !contents.isScanning)
        await #expect(throws: PastSearchError.noFootage) {
            try await shelf.search(
                PastQuestion(region: try Polygon([UnitPoint(x: 0, y: 0), UnitPoint(x: 1, y: 0), UnitPoint(x: 1, y: 1)])), channelID: "c1"
            ) { _ in }
        }
    }
}
