import Casework
import FFmpegIO
import Foundation
import Synchronization
import Testing

import Pipeline

@Suite("Trying the addresses of a list", .serialized)
struct ChannelTrialTests {
    private static let clip = ShippedSettingsTests.root.path + "/SampleStreams/s2_stall.mp4"

    private static func plan(_ csv: String) throws -> ChannelPlan {
        ChannelPlan(
            try ChannelList.read(Array(csv.utf8), template: ChannelList.Template()), channels: [], allowsFiles: true, now: Date())
    }

    private static func tried(_ plan: ChannelPlan, _ trial: ChannelTrial = ChannelTrial()) async -> ChannelPlan {
        let result = Mutex(plan)
        await trial.run(plan) { index, row in result.withLock { $0.rows[index] = row } }
        return result.withLock { $0 }
    }

    @Test("a real camera shows what it sends; a wrong password, a wrong path and a closed port are named in words, without the password")
    func camera() async throws {
        FFmpegLog.silence()
        let server = try CameraServer(main: Self.clip, sub: Self.clip)
        let plan = try Self.plan(
            """
            id,url,sub_url
            good,\(server.address("main")),\(server.address("sub"))
            password,\(server.address("main", user: "viewer:wrong-secret")),
            path,\(server.address("nothing")),
            port,rtsp://viewer:wrong-secret@127.0.0.1:1/main,
            file,\(Self.clip),
            nofile,/nowhere/x.mp4,
            """)
        let began = ContinuousClock.now
        let rows = await Self.tried(plan).rows
        // Six rows of up to ten seconds each would take a minute one after the other.
        #expect(ContinuousClock.now - began < .seconds(60))
        #expect(rows[0].problems.isEmpty)
        let main = try #require(rows[0].main)
        #expect(main.codec == "h264" && main.width == 960 && main.still.starts(with: [0xFF, 0xD8]))
        #expect(rows[0].sub?.height == 540)
        #expect(rows[4].problems.isEmpty && rows[4].main != nil)
        let reasons = [1, 2, 3, 5].map { rows[$0].problems.first?.reason.en ?? "" }
        #expect(
            reasons == [
                "wrong user name or password, or no right to watch", "the server has no stream at this path", "nothing is listening there",
                "there is no such file",
            ])
        #expect(rows.allSatisfy { $0.isTried })
        for problem in rows.flatMap(\.problems) { #expect(!"\(problem)".contains("wrong-secret")) }
    }

    @Test("no more than eight rows are under way at once, and rows with problems are not tried at all")
    func bound() async throws {
        let csv = "id,url\n" + (1...40).map { "c\($0),rtsp://h/\($0)" }.joined(separator: "\n") + "\nBAD,rtsp://h/x\n"
        let counts = Mutex((now: 0, most: 0, all: 0))
        let trial = ChannelTrial { _, _ in
            counts.withLock { counts in
                counts.now += 1
                counts.all += 1
                counts.most = max(counts.most, counts.now)
            }
            try await Task.sleep(for: .milliseconds(5))
            counts.withLock { $0.now -= 1 }
            return Self.probe(width: 1920, height: 1080)
        }
        let rows = await Self.tried(try Self.plan(csv), trial).rows
        #expect(counts.withLock { $0.most } <= 8)
        #expect(counts.withLock { $0.all } == 40)
        #expect(rows.count { $0.isTried } == 40)
    }

    @Test("a cancelled trial ends at once, also within a connection to a camera that says nothing")
    func cancelled() async throws {
        FFmpegLog.silence()
        let listener = try SilentPort()
        let plan = try Self.plan("id,url\n" + (1...12).map { "c\($0),rtsp://127.0.0.1:\(listener.port)/\($0)" }.joined(separator: "\n"))
        let reported = Mutex(0)
        let trial = Task { await ChannelTrial().run(plan) { _, _ in reported.withLock { $0 += 1 } } }
        try await Task.sleep(for: .milliseconds(500))
        let began = ContinuousClock.now
        trial.cancel()
        await trial.value
        #expect(ContinuousClock.now - began < .seconds(3))
        #expect(reported.withLock { $0 } == 0)
    }

    @Test("a camera that says nothing is given up within ten seconds")
    func silent() async throws {
        FFmpegLog.silence()
        let listener = try SilentPort()
        let began = ContinuousClock.now
        let rows = await Self.tried(try Self.plan("id,url\nc1,rtsp://127.0.0.1:\(listener.port)/1")).rows
        #expect(ContinuousClock.now - began < .seconds(11))
        #expect(rows[0].problems.first?.reason.en == "no picture within 10 s")
    }

    @Test("main and sub-stream the wrong way round are noticed by their sizes, and a long key-frame distance is hinted at")
    func swapped() async throws {
        let trial = ChannelTrial { url, _ in
            url.hasSuffix("1") ? Self.probe(width: 704, height: 576) : Self.probe(width: 1920, height: 1080, gop: 12)
        }
        let rows = await Self.tried(try Self.plan("id,url,sub_url\nc1,rtsp://h/1,rtsp://h/2\nc2,rtsp://h/2,rtsp://h/1"), trial).rows
        #expect(rows[0].problems.map(\.field) == [.subURL])
        #expect(rows[1].problems.isEmpty)
        #expect(rows[1].hints.count == 1)
    }

    private static func probe(width: Int, height: Int, gop: Double = 2) -> SourceProbe {
        SourceProbe(codec: "h264", width: width, height: height, frameRate: 25, gopSeconds: gop, container: "rtsp", still: [])
    }
}

/// A TCP port that takes connections and never says a word.
private final class SilentPort {
    let port: Int
    private let process = Process()

    init() throws {
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-u", "-c",
            "import socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True); time.sleep(120)",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    deinit {
        kill(process.processIdentifier, SIGKILL)
    }
}
