import Casework
import FFmpegIO
import Foundation
import FrameCore
import Pipeline
import SceneAnalysis
import Testing
import Violations

@Suite("Searching the past without a rule", .serialized)
struct PastSearchTests {
    private static let start = Date(timeIntervalSince1970: 1_795_464_000)

    private static func clip(_ name: String) throws -> GroundTruth.Clip {
        let path = ShippedSettingsTests.root.path + "/SampleStreams/annotations.json"
        return try #require(try GroundTruth.read(path: path).clips.first { $0.file == name })
    }

    /// A third larger than the thing's box.
    private static func region(around event: GroundTruth.Event) throws -> Polygon {
        let (x, y, width, height) = (event.box[0] / 960, event.box[1] / 540, event.box[2] / 960, event.box[3] / 540)
        let (left, top, right, bottom) = (x - width / 3, y - height / 3, x + width * 4 / 3, y + height * 4 / 3)
        return try Polygon([
            UnitPoint(x: left, y: top), UnitPoint(x: right, y: top), UnitPoint(x: right, y: bottom), UnitPoint(x: left, y: bottom),
        ])
    }

    private static func input(_ name: String, at startsAt: Date?, seconds: Double) -> RunInput {
        RunInput(
            path: ShippedSettingsTests.root.path + "/SampleStreams/" + name, channelID: "c1", startsAt: startsAt,
            timeSource: startsAt == nil ? "none" : "pattern", seconds: seconds, bytes: 0)
    }

    private static func search(threads: Int = 2) throws -> PastSearch {
        PastSearch(library: try ProfileLibrary.load(folder: ShippedSettingsTests.root.path + "/Models"), threads: threads)
    }

    private static func question(_ region: Polygon, span: DateInterval? = nil) -> PastQuestion {
        PastQuestion(region: region, span: span, stay: .seconds(10))
    }

    @Test(
        "what came, stayed and went is told with its times, to the distance of two key frames",
        arguments: [("s1_goods_out.mp4", 68.0), ("s3_rubbish.mp4", 66), ("s8_rain.mp4", 66), ("s2_stall.mp4", 64)])
    func appears(file: String, seconds: Double) throws {
        let clip = try Self.clip(file)
        let event = try #require(clip.events.first)
        let region = try Self.region(around: event)
        let answer = try Self.search().run(
            Self.question(region), in: ArchiveTimeline(channelID: "c1", timed: [Self.input(file, at: Self.start, seconds: seconds)]))
        let came = try #require(answer.entries.first { abs($0.from.seconds - event.stillSeconds) < 4 }, "\(answer.entries)")
        #expect(came.beginning == .appeared)
        #expect(came.from.at == Self.start.addingTimeInterval(came.from.seconds))
        if let leaves = event.leavesSeconds {
            #expect(came.ending == .vanished)
            #expect(abs(came.to.seconds - leaves) < 4)
        } else {
            #expect(came.ending == .standing)
            #expect(came.to == answer.last)
        }
        #expect(came.staying.seconds > came.from.seconds && came.staying.seconds < came.to.seconds)
    }

    @Test("a clip played backwards shows what stood there from the start and left: the look from the end tells it")
    func alreadyThere() throws {
        // The span begins when the goods stand there already, and no footage lies before it.
        let clip = try Self.clip("s1_goods_out.mp4")
        let event = try #require(clip.events.first)
        let region = try Self.region(around: event)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("past-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let cut = try Self.tail(of: Self.input("s1_goods_out.mp4", at: nil, seconds: 68).path, from: 22, in: folder)
        let timeline = ArchiveTimeline(
            channelID: "c1",
            timed: [
                RunInput(path: cut.path, channelID: "c1", startsAt: Self.start, timeSource: "pattern", seconds: 68 - cut.from, bytes: 0)
            ])
        let answer = try Self.search().run(Self.question(region), in: timeline)
        let leaves = try #require(event.leavesSeconds) - cut.from
        let stood = try #require(answer.entries.first { abs($0.to.seconds - leaves) < 4 }, "\(answer.entries)")
        #expect(stood.beginning == .unknown)
        #expect(stood.ending == .vanished)
        var question = Self.question(region)
        question.looksBack = false
        let blind = try Self.search().run(question, in: timeline)
        #expect(!blind.entries.contains { abs($0.to.seconds - leaves) < 4 && $0.beginning == .unknown })
    }

    @Test("where nothing stands nothing is told, and what passes is counted")
    func quiet() throws {
        let clip = try Self.clip("s5_delivery.mp4")
        let zone = try #require(clip.zones.zones.first)
        let answer = try Self.search().run(
            PastQuestion(region: zone.polygon, stay: .seconds(30)),
            in: ArchiveTimeline(channelID: "c1", timed: [Self.input("s5_delivery.mp4", at: Self.start, seconds: 60)]))
        #expect(answer.entries.isEmpty, "\(answer.entries)")
        #expect(answer.busyPictures > 0 && answer.busyPictures < answer.pictures)
    }

    @Test("the answer does not depend on the number of threads")
    func sameBytes() throws {
        let clip = try Self.clip("s3_rubbish.mp4")
        let region = try Self.region(around: try #require(clip.events.first))
        let timeline = ArchiveTimeline(channelID: "c1", timed: [Self.input("s3_rubbish.mp4", at: Self.start, seconds: 66)])
        let one = try Self.search(threads: 1).run(Self.question(region), in: timeline)
        for threads in [2, 5] {
            #expect(try Self.search(threads: threads).run(Self.question(region), in: timeline) == one)
        }
    }

    @Test("a span takes the footage before it to know the street, and gaps are told")
    func span() throws {
        let clip = try Self.clip("s1_goods_out.mp4")
        let event = try #require(clip.events.first)
        let region = try Self.region(around: event)
        let timeline = ArchiveTimeline(
            channelID: "c1",
            timed: [
                Self.input("s1_goods_out.mp4", at: Self.start, seconds: 68),
                Self.input("s1_goods_out.mp4", at: Self.start.addingTimeInterval(1000), seconds: 68),
            ])
        #expect(timeline.gaps.count == 1)
        let span = DateInterval(start: Self.start.addingTimeInterval(40), end: Self.start.addingTimeInterval(900))
        let answer = try Self.search().run(Self.question(region, span: span), in: timeline)
        let stood = try #require(answer.entries.first { abs($0.from.seconds - event.stillSeconds) < 4 }, "\(answer.entries)")
        #expect(stood.beginning == .before)
        #expect(answer.first.seconds >= 40)
        #expect(answer.gaps.count == 1)
        #expect(answer.gaps.first?.to.at == span.end)
    }

    @Test("no footage, footage of another time and a stop are errors that say so; a broken file does not end a search")
    func errors() throws {
        let clip = try Self.clip("s1_goods_out.mp4")
        let region = try #require(clip.zones.zones.first).polygon
        let search = try Self.search()
        let good = Self.input("s1_goods_out.mp4", at: Self.start, seconds: 68)
        #expect(throws: PastSearchError.noFootage) {
            try search.run(Self.question(region), in: ArchiveTimeline(channelID: "c1", timed: []))
        }
        let later = DateInterval(start: Self.start.addingTimeInterval(5000), duration: 60)
        #expect(throws: PastSearchError.noFootage) {
            try search.run(Self.question(region, span: later), in: ArchiveTimeline(channelID: "c1", timed: [good]))
        }
        let stop = StopFlag()
        #expect(throws: PastSearchError.stopped) {
            try search.run(Self.question(region), in: ArchiveTimeline(channelID: "c1", timed: [good]), stop: stop) { _ in stop.stop() }
        }
        var broken = Self.input("annotations.json", at: Self.start.addingTimeInterval(100), seconds: 60)
        broken.channelID = "c1"
        let answer = try search.run(Self.question(region), in: ArchiveTimeline(channelID: "c1", timed: [good, broken]))
        #expect(answer.problems.map(\.path) == [broken.path])
        #expect(!answer.entries.isEmpty)
        #expect {
            try search.run(Self.question(region), in: ArchiveTimeline(channelID: "c1", timed: [broken]))
        } throws: { error in
            if case PastSearchError.nothingReadable = error { true } else { false }
        }
    }

    @Test("the picture of a moment is found again, and the strip is drawn")
    func pictures() throws {
        let clip = try Self.clip("s3_rubbish.mp4")
        let region = try Self.region(around: try #require(clip.events.first))
        let timeline = ArchiveTimeline(channelID: "c1", timed: [Self.input("s3_rubbish.mp4", at: Self.start, seconds: 66)])
        let answer = try Self.search().run(Self.question(region), in: timeline)
        let entry = try #require(answer.entries.first)
        let frame = try PastPicture.frame(entry.staying)
        #expect(frame.size == PixelSize(width: 960, height: 540))
        #expect(try PastPicture.frame(entry.from, bound: PixelSize(width: 480, height: 480)).size.width == 480)
        #expect(try PastPicture.frame(entry.from).luma.bytes != PastPicture.frame(entry.staying).luma.bytes)
        let sheet = try PastSheet.jpeg(answer, region: region, timeZone: .gmt)
        #expect(sheet.starts(with: [0xff, 0xd8]))
        #expect(try PastPicture.moment(at: Self.start.addingTimeInterval(30), in: timeline)?.seconds == 30)
        #expect(try PastPicture.moment(at: Self.start.addingTimeInterval(300), in: timeline) == nil)
    }

    /// The end of a clip from its first key frame at or after a time, without re-encoding.
    private static func tail(of path: String, from seconds: Double, in folder: String) throws -> (path: String, from: Double) {
        let target = folder + "/tail.mp4"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["ffmpeg", "-v", "error", "-ss", "\(seconds)", "-i", path, "-c", "copy", "-y", target]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "ffmpeg is needed to cut a clip: apt-get install ffmpeg")
        let length = try #require(try Demuxer(MediaURL(target)).duration?.inSeconds)
        return (target, 68 - length)
    }
}
