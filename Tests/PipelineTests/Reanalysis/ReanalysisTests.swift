import Casework
import FFmpegIO
import Foundation
import Pipeline
import Testing
import Violations

@Suite("A re-analysis", .serialized)
struct ReanalysisTests {
    @Test("that is interrupted again and again gives the same bytes as one that is not", arguments: [false, true])
    func interrupted(everyFrame: Bool) throws {
        let bench = try RunBench()
        let clips = Array(try RunBench.clips().prefix(2))
        let calm = try bench.run(clips, everyFrame: everyFrame)
        #expect(try bench.reanalysis(calm).run().state == .done)
        let wanted = try bench.contents(of: calm)
        #expect(wanted.count > 1, "nothing was found")

        let broken = try bench.run(clips, everyFrame: everyFrame)
        var interruptions = 0
        while true {
            let stop = StopFlag()
            let isOver = DispatchSemaphore(value: 0)
            Thread {
                _ = isOver.wait(timeout: .now() + .milliseconds(150))
                stop.stop()
            }.start()
            let outcome = try bench.reanalysis(broken).run(stop: interruptions < 40 ? stop : StopFlag())
            isOver.signal()
            if outcome.state == .done { break }
            #expect(outcome.state == .paused)
            interruptions += 1
        }
        #expect(interruptions > 1)
        #expect(try bench.contents(of: broken) == wanted)
    }

    @Test("gives the same bytes on one thread and on four")
    func threads() throws {
        let bench = try RunBench()
        let clips = Array(try RunBench.clips().prefix(3))
        let runs = try [1, 4].map { jobs in
            let run = try bench.run(clips)
            _ = try bench.reanalysis(run, jobs: jobs).run()
            return try bench.contents(of: run)
        }
        #expect(runs[0] == runs[1])
    }

    @Test("finds in two passes what it finds by every frame")
    func passes() throws {
        let bench = try RunBench()
        let clips = try RunBench.clips()
        let found = try [true, false].map { everyFrame in
            let run = try bench.run(clips, everyFrame: everyFrame)
            return try bench.reanalysis(run).run().findings
        }
        #expect(!found[0].isEmpty)
        #expect(
            found[0].map { "\($0.channelID) \($0.violation) \($0.zone)" } == found[1].map { "\($0.channelID) \($0.violation) \($0.zone)" })
        for (every, two) in zip(found[0], found[1]) { #expect(abs(every.confirmedS - two.confirmedS) <= 2.5) }
    }

    @Test("finds in two passes what is confirmed in the footage's last seconds, with a key frame only every four")
    func lastSeconds() throws {
        let bench = try RunBench()
        // It appears 40 s before the end.
        var clip = try #require(try RunBench.clips().first { $0.file == "s2_stall.mp4" })
        clip.zones.dwellSeconds = 40
        let rare = bench.folder.path + "/rare.mp4"
        try ArchiveFolder.ffmpeg(
            ["-i", "\(RunBench.samples)/\(clip.file)", "-c:v", "libx264", "-preset", "veryfast", "-g", "100", "-sc_threshold", "0", rare])
        for everyFrame in [true, false] {
            let run = try bench.run([clip], paths: [rare], everyFrame: everyFrame)
            let found = try bench.reanalysis(run, checkpointInterval: .seconds(60)).run().findings
            #expect(found.count == 1, "every frame: \(everyFrame)")
            #expect(found.allSatisfy { $0.confirmedS > clip.seconds - 4 })
        }
    }

    @Test("pauses and cancels as it is wished, and goes on")
    func wishes() throws {
        let bench = try RunBench()
        let run = try bench.run(RunBench.clips())
        let paused = try bench.reanalysis(run).run { progress in if progress.state == .running { try? run.write(RunWish.pause) } }
        #expect(paused.state == .paused)
        #expect(try run.progress().state == .paused)
        #expect(try run.progress().processID == nil)
        #expect(try bench.reanalysis(run).run().state == .done)
        #expect(try run.progress().state == .done)
        #expect(try run.findings().allSatisfy { $0.still.map { FileManager.default.fileExists(atPath: "\(run.path)/\($0)") } == true })
        #expect(!FileManager.default.fileExists(atPath: run.workPath))
        #expect(try run.record().inputs.allSatisfy { $0.sha256?.count == 64 })

        let other = try bench.run(RunBench.clips())
        try other.write(RunWish.cancel)
        #expect(try bench.reanalysis(other).run().state == .cancelled)
        #expect(try other.progress().state == .cancelled)
    }

    @Test("refuses to go on over a file that was changed in between, and names it")
    func changed() throws {
        let bench = try RunBench()
        let clips = Array(try RunBench.clips().prefix(1))
        let copy = bench.folder.path + "/copy.mp4"
        try FileManager.default.copyItem(atPath: "\(RunBench.samples)/\(clips[0].file)", toPath: copy)
        let run = try bench.run(clips, paths: [copy])
        _ = try bench.reanalysis(run).run { progress in if progress.state == .running { try? run.write(RunWish.pause) } }
        try #require(run.progress().state == .paused)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: copy))
        try file.seekToEnd()
        try file.write(contentsOf: Data([0]))
        try file.close()
        // It may have been paused before the file was opened: then nothing is known of it yet that could have changed.
        guard FileManager.default.fileExists(atPath: run.workPath + "/input-0.facts") else { return }
        let error = #expect(throws: ReanalysisError.self) { try bench.reanalysis(run).run() }
        #expect("\(try #require(error))".contains("copy.mp4"))
        #expect(try run.progress().state == .failed)
    }

    @Test("is worked on by one process at a time")
    func lock() throws {
        let bench = try RunBench()
        let run = try bench.run(Array(RunBench.clips().prefix(1)))
        let (second, isTold) = (bench.reanalysis(run), DispatchSemaphore(value: 0))
        nonisolated(unsafe) var refusal: (any Error)?
        _ = try bench.reanalysis(run).run { progress in
            guard progress.state == .running, refusal == nil else { return }
            do { _ = try second.run() } catch { refusal = error }
            isTold.signal()
        }
        #expect(isTold.wait(timeout: .now() + .seconds(10)) == .success)
        #expect("\(try #require(refusal))".contains("another process"))
    }

    @Test("names files that cannot be read and does the rest")
    func broken() throws {
        let bench = try RunBench()
        let clips = Array(try RunBench.clips().prefix(3))
        let bad = bench.folder.path + "/text.mp4"
        try Data(repeating: 65, count: 100_000).write(to: URL(fileURLWithPath: bad))
        let run = try bench.run(
            clips, paths: [bad, "\(RunBench.samples)/\(clips[1].file)", bench.folder.path + "/missing.mp4"])
        let outcome = try bench.reanalysis(run).run()
        #expect(outcome.state == .done)
        #expect(outcome.files.map { $0.failure != nil } == [true, false, true])
        #expect(Set(try run.progress().problems.filter(\.isLost).map(\.path)) == [bad, bench.folder.path + "/missing.mp4"])
        #expect(outcome.findings.allSatisfy { $0.channelID == "camera-1" })
    }

    @Test("refuses other profiles and another program than it was begun with")
    func identity() throws {
        let bench = try RunBench()
        let run = try bench.run(Array(RunBench.clips().prefix(1)))
        let record = try run.record()
        #expect(throws: ReanalysisError.self) {
            try Reanalysis(folder: run, library: bench.library, profilesSHA256: "0", program: "test", jobs: 1).run()
        }
        #expect(throws: ReanalysisError.self) {
            try Reanalysis(folder: run, library: bench.library, profilesSHA256: record.profilesSHA256, program: "other", jobs: 1).run()
        }
    }
}
