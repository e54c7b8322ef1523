import Casework
import Foundation
import Logging
import Pipeline
import Testing

@Suite("Runs are worked on one at a time, each by a process of its own", .serialized)
struct RunLauncherTests {
    /// A worker as the launcher knows it: writes its progress, looks at what is wanted, ends as told by the run's name.
    private static let worker = """
        folder="$1"
        state() {
          printf '{"state":"%s","pass":1,"started_at":"2026-11-24T00:00:00.000Z","updated_at":"2026-11-24T00:01:40.000Z","files_done":1,"files":1,"seconds_done":%s,"seconds_total":1000,"rate":10,"candidates":0,"found":2,"problems":[]%s}' "$1" "$2" "$3" > "$folder/progress.new"
          mv "$folder/progress.new" "$folder/progress.json"
        }
        state running 10 ",\\"process_id\\":$$"
        name=$(grep '"name"' "$folder/run.json")
        case "$name" in
          *fails*) echo 'reading the footage' >&2; echo 'no space left on the disk' >&2; exit 1;;
          *mute*) exit 0;;
        esac
        ticks=0
        while [ $ticks -lt 600 ]; do
          case "$(cat "$folder/wish.json")" in
            *cancel*) state cancelled 10; exit 0;;
            *pause*) state paused 10;;
          esac
          case "$name" in *quick*) [ $ticks -ge 4 ] && break;; esac
          [ -e "$folder/go" ] && break
          sleep 0.05; ticks=$((ticks + 1))
        done
        state done 1000
        """

    private struct Bench {
        let folder: String
        let launcher: RunLauncher

        init() throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("runs-\(UUID().uuidString)").path
            self.folder = folder
            launcher = try Self.launcher(folder)
        }

        static func launcher(_ folder: String) throws -> RunLauncher {
            var logger = Logger(label: "runs-test")
            logger.logLevel = .critical
            return try RunLauncher(
                folder: folder,
                identity: RunLauncher.Identity(
                    program: "xunjie test", ruleVersion: "r1", profilesSHA256: String(repeating: "a", count: 64), timeZone: .gmt),
                logger: logger
            ) { run in ("/bin/sh", ["-c", worker, "worker", run.path]) }
        }

        func start(_ name: String, launcher: RunLauncher? = nil) async throws -> String {
            try await (launcher ?? self.launcher).start(
                RunOrder(
                    name: name, createdBy: "u-li", everyFrame: false,
                    channels: [RunChannel(channelID: "c1", zones: #"{"zones": []}"#, zonesVersion: 3)],
                    inputs: [
                        RunInput(
                            path: "/footage/a.mp4", channelID: "c1", startsAt: Date(timeIntervalSince1970: 1_795_464_000),
                            timeSource: "pattern", seconds: 1000, bytes: 5)
                    ]))
        }

        /// Lets the launcher look until the run is as wanted; false after ten seconds.
        func wait(_ id: String, launcher: RunLauncher? = nil, _ isMet: (RunSummary) -> Bool) async throws -> Bool {
            let launcher = launcher ?? self.launcher
            for _ in 0..<400 {
                await launcher.look()
                if let run = await launcher.run(id: id), isMet(run) { return true }
                try await Task.sleep(for: .milliseconds(25))
            }
            return false
        }

        func state(_ id: String) async -> RunProgress.State? { await launcher.run(id: id)?.progress?.state }
    }

    private static func with(_ body: (Bench) async throws -> Void) async throws {
        let bench = try Bench()
        defer { try? FileManager.default.removeItem(atPath: bench.folder) }
        try await body(bench)
        // Nobody is left behind.
        for run in await bench.launcher.runs() {
            if let state = run.progress?.state, state != .done, state != .cancelled {
                try? await bench.launcher.wish(.cancel, runID: run.id)
            }
            _ = try await bench.wait(run.id) { $0.progress?.processID.map { kill($0, 0) != 0 } ?? true }
        }
    }

    @Test("a run is made as asked, worked on and done; the record says with what")
    func done() async throws {
        try await Self.with { bench in
            let id = try await bench.start("quick")
            #expect(try await bench.wait(id) { $0.progress?.state == .done })
            let run = try #require(await bench.launcher.run(id: id))
            #expect(run.files == 1 && run.footageSeconds == 1000)
            #expect(run.record.ruleVersion == "r1" && run.record.createdBy == "u-li" && run.record.inputs.isEmpty)
            #expect(try run.folder.record().inputs.map(\.path) == ["/footage/a.mp4"])
            #expect(try await bench.wait(id) { $0.progress?.processID == nil })
            #expect(await bench.launcher.usualRate(everyFrame: false) == 10)
            #expect(await bench.launcher.usualRate(everyFrame: true) == nil)
        }
    }

    @Test("a second run waits for the first, and begins when that is over")
    func queue() async throws {
        try await Self.with { bench in
            let first = try await bench.start("first")
            #expect(try await bench.wait(first) { $0.progress?.state == .running })
            let second = try await bench.start("second quick")
            await bench.launcher.look()
            #expect(await bench.state(second) == .waiting)
            FileManager.default.createFile(atPath: bench.folder + "/\(first)/go", contents: nil)
            #expect(try await bench.wait(second) { $0.progress?.state == .done })
            #expect(await bench.state(first) == .done)
            #expect(await bench.launcher.runs().map(\.id) == [second, first])
        }
    }

    @Test("a pause gives the machine to the next run; resumed it goes on, cancelled it is over")
    func pause() async throws {
        try await Self.with { bench in
            let first = try await bench.start("first")
            #expect(try await bench.wait(first) { $0.progress?.state == .running })
            try await bench.launcher.wish(.pause, runID: first)
            let second = try await bench.start("second")
            #expect(try await bench.wait(second) { $0.progress?.state == .running })
            #expect(await bench.state(first) == .paused)
            try await bench.launcher.wish(.cancel, runID: second)
            #expect(try await bench.wait(second) { $0.progress?.state == .cancelled })
            await #expect(throws: RunControlError.isOver(.cancelled)) { try await bench.launcher.wish(.run, runID: second) }
            try await bench.launcher.wish(.run, runID: first)
            #expect(try await bench.wait(first) { $0.progress?.state == .running })
            try await bench.launcher.wish(.cancel, runID: first)
            #expect(try await bench.wait(first) { $0.progress?.state == .cancelled })
        }
    }

    @Test("one that waits can be paused and cancelled before it begins")
    func waiting() async throws {
        try await Self.with { bench in
            let first = try await bench.start("first")
            #expect(try await bench.wait(first) { $0.progress?.state == .running })
            let second = try await bench.start("second")
            try await bench.launcher.wish(.pause, runID: second)
            #expect(await bench.state(second) == .paused)
            try await bench.launcher.wish(.run, runID: second)
            #expect(await bench.state(second) == .waiting)
            try await bench.launcher.wish(.cancel, runID: second)
            #expect(await bench.state(second) == .cancelled)
        }
    }

    @Test("a process that fails leaves its last words, one that is killed its signal; both can be resumed")
    func failures() async throws {
        try await Self.with { bench in
            let failing = try await bench.start("fails")
            #expect(try await bench.wait(failing) { $0.progress?.state == .failed })
            #expect(await bench.launcher.run(id: failing)?.progress?.failure == "no space left on the disk (it ended with code 1)")
            try await bench.launcher.wish(.cancel, runID: failing)

            let mute = try await bench.start("mute")
            #expect(try await bench.wait(mute) { $0.progress?.state == .failed })
            #expect(await bench.launcher.run(id: mute)?.progress?.failure == "it ended with code 0")

            let killed = try await bench.start("killed")
            #expect(try await bench.wait(killed) { $0.progress?.processID != nil })
            let process = try #require(await bench.launcher.run(id: killed)?.progress?.processID)
            kill(process, SIGKILL)
            #expect(try await bench.wait(killed) { $0.progress?.state == .failed })
            #expect(await bench.launcher.run(id: killed)?.progress?.failure == "it was ended by signal 9")
            FileManager.default.createFile(atPath: bench.folder + "/\(killed)/go", contents: nil)
            try await bench.launcher.wish(.run, runID: killed)
            #expect(try await bench.wait(killed) { $0.progress?.state == .done })
        }
    }

    @Test("a restart takes up what was under way, and leaves alone what another process still works on")
    func restart() async throws {
        try await Self.with { bench in
            let launcher = bench.launcher
            let ending = Task { try await launcher.run() }
            let id = try await bench.start("first")
            #expect(try await bench.wait(id) { $0.progress?.processID != nil })
            let process = try #require(await bench.launcher.run(id: id)?.progress?.processID)
            let second = try Bench.launcher(bench.folder)
            await second.look()
            #expect(await second.run(id: id)?.progress?.processID == process)
            // The old program ends as it does with SIGTERM.
            ending.cancel()
            try await ending.value
            #expect(try await bench.wait(id, launcher: second) { $0.progress?.processID != nil && $0.progress?.processID != process })
            #expect(await second.run(id: id)?.progress?.state == .running)
            try await second.wish(.cancel, runID: id)
            #expect(try await bench.wait(id, launcher: second) { $0.progress?.state == .cancelled })
        }
    }

    @Test("names that are no runs are unknown", arguments: ["", ".", "..", "../x", "a/b", "nothing"])
    func unknown(id: String) async throws {
        try await Self.with { bench in
            #expect(await bench.launcher.run(id: id) == nil)
            await #expect(throws: RunControlError.unknown(id)) { try await bench.launcher.wish(.pause, runID: id) }
        }
    }
}
