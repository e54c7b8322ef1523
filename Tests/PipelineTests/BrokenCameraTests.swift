import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Pipeline
import Testing

/// Real connections to cameras that are broken in every way the street knows, against the real supervisor; this takes a minute.
@Suite("A broken camera ends in a named state with a reason that an operator understands", .serialized)
struct BrokenCameraTests {
    private struct Expectation {
        var id: String
        var url: String
        var states: Set<ChannelStatus.State>
        var reason: String
    }

    private static let well: Set<ChannelStatus.State> = [.warmingUp, .patrolling, .watching]

    /// Waits until each has been seen in its state for its reason; answers those that were not.
    private func unmet(_ expected: [Expectation], _ bench: PatrolBench, seconds: Double) async throws -> [String] {
        var open = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0) })
        var seen: [String: Set<String>] = [:]
        let end = ContinuousClock.now + .seconds(seconds)
        while !open.isEmpty, .now < end {
            for status in await bench.supervisor.channelStatuses() {
                seen[status.id, default: []].insert("\(status.state.rawValue) \(status.reason)")
                if let wanted = open[status.id], wanted.states.contains(status.state), wanted.reason == status.reason {
                    open[status.id] = nil
                }
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        return open.keys.sorted().map { "\($0): \(seen[$0]?.sorted().joined(separator: ", ") ?? "never seen")" }
    }

    @Test("nine ways of being broken, and the one beside them goes on")
    func nineWays() async throws {
        let server = try FaultServer()
        let bench = try PatrolBench()
        let expected = [
            Expectation(
                id: "refuses", url: "rtsp://127.0.0.1:\(server.refusingPort)/x", states: [.backingOff], reason: "source-refused"),
            Expectation(id: "silent", url: server.url("silent"), states: [.backingOff], reason: "source-silent"),
            Expectation(id: "stalls", url: server.url("stall?s=4"), states: [.stalled], reason: "source-silent"),
            Expectation(id: "garbage", url: server.url("garbage"), states: [.stalled], reason: "source-no-picture"),
            Expectation(id: "size", url: server.url("size?s=4"), states: Self.well, reason: "source-changed"),
            Expectation(id: "codec", url: server.url("codec?s=4"), states: Self.well, reason: "source-changed"),
            Expectation(id: "jump", url: server.url("jump?s=4"), states: Self.well, reason: "clock-jumped"),
            Expectation(id: "seldom", url: server.url("seldom?every=60"), states: Self.well, reason: "gop-too-long"),
            Expectation(
                id: "password", url: server.url("password").replacingOccurrences(of: "//", with: "//viewer:geheim@"),
                states: [.backingOff], reason: "source-unauthorized"),
            Expectation(id: "good", url: server.url("good"), states: [.patrolling], reason: ""),
            Expectation(id: "clock", url: server.url("clock?s=7"), states: Self.well, reason: "clock-offset"),
        ]
        for camera in expected {
            try await bench.store.addChannel(
                ChannelRecord(id: camera.id, name: camera.id, url: camera.url, createdAt: Date()))
            try await bench.store.setZones(
                channelID: camera.id,
                document: #"{"zones": [{"id": "all", "kind": "pavement", "polygon": [[0,0],[1,0],[1,1],[0,1]]}], "dwell_s": 40}"#,
                author: "test", at: Date())
            await bench.supervisor.channelChanged(id: camera.id)
        }
        let missing = try await unmet(expected, bench, seconds: 75)
        #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")

        let statuses = Dictionary(uniqueKeysWithValues: await bench.supervisor.channelStatuses().map { ($0.id, $0) })
        let good = try #require(statuses["good"])
        #expect(good.reconnects == 0)
        #expect(good.streams == ["main"])
        #expect(good.canRecord)
        #expect(good.codec == "h264")
        #expect(good.gopSeconds.map { abs($0 - 2) < 0.1 } == true)
        #expect(good.counters.keyFramesDue > 0 && good.counters.keyFramesAnalysed == good.counters.keyFramesDue)
        #expect(good.latenessP99Seconds.map { $0 < 1 } == true)
        #expect(good.preRollSeconds > 15 && good.ringBytes > 0)
        #expect(good.clocks?.senderOffsetSeconds.map { abs($0) < 1 } == true)
        #expect(statuses["clock"]?.clocks?.senderOffsetSeconds.map { abs($0 - 7) < 1 } == true)
        #expect(statuses["codec"]?.codec == "hevc")
        #expect(statuses["size"]?.width == 320)
        #expect(statuses["jump"]?.skipped["clock-jumps"] == 1)
        #expect(statuses.values.allSatisfy { !$0.reason.contains("geheim") })
        // Fifteen seconds after its last packet it is opened anew.
        let again = [Expectation(id: "stalls", url: "", states: Self.well, reason: "")]
        #expect(try await unmet(again, bench, seconds: 30).isEmpty)
        let stalls = await bench.supervisor.channelStatuses().first { $0.id == "stalls" }
        #expect((stalls?.reconnects ?? 0) >= 1)
        await bench.supervisor.stopAll()
    }

    @Test("an operator's wish is watched for a while, and then it is patrolled again")
    func watched() async throws {
        let server = try FaultServer()
        let bench = try PatrolBench()
        try await bench.store.addChannel(ChannelRecord(id: "c", name: "c", url: server.url("good"), createdAt: Date()))
        await bench.supervisor.channelChanged(id: "c")
        #expect(try await unmet([Expectation(id: "c", url: "", states: [.patrolling], reason: "")], bench, seconds: 45).isEmpty)
        await bench.supervisor.watch(channelID: "c", for: .seconds(4))
        #expect(try await unmet([Expectation(id: "c", url: "", states: [.watching], reason: "")], bench, seconds: 6).isEmpty)
        #expect(try await unmet([Expectation(id: "c", url: "", states: [.patrolling], reason: "")], bench, seconds: 12).isEmpty)
        await bench.supervisor.stopAll()
    }
}
