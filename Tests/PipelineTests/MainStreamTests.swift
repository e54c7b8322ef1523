import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Pipeline
import Testing

/// A sample stream is what is analysed; what stands for the camera's main stream comes from a server, or does not.
@Suite("The sub-stream is analysed and the main stream is evidence", .serialized)
struct MainStreamTests {
    @Test("a case's clip and stills come from the main stream, which is open only meanwhile; where it cannot be had the manifest says so")
    func evidence() async throws {
        let server = try FaultServer()
        let bench = try PatrolBench()
        try await bench.addSample("s1_goods_out.mp4", id: "both", subOf: server.url("good"), loops: true)
        try await bench.addSample("s1_goods_out.mp4", id: "alone", subOf: "rtsp://127.0.0.1:\(server.refusingPort)/x", loops: true)
        var sawMain = false
        var sawProblem = false
        var manifests: [String: EvidenceManifest] = [:]
        let end = ContinuousClock.now + .seconds(100)
        while manifests.count < 2, .now < end {
            for status in await bench.supervisor.channelStatuses() {
                if status.id == "both", status.openIncidents == 0, manifests.isEmpty, !sawMain {
                    #expect(status.streams != ["main", "sub"])
                }
                sawMain = sawMain || status.id == "both" && status.streams == ["main", "sub"]
                sawProblem = sawProblem || status.id == "alone" && status.reason == "main-stream-missing"
            }
            for found in try await bench.store.cases(CaseFilter(), after: nil, limit: 10).cases {
                let report = EvidenceVerifier().verify(package: bench.evidence.evidencePath + "/" + found.packagePath)
                #expect(report.problems.isEmpty)
                manifests[found.incident.channelID] = report.manifest
            }
            try await Task.sleep(for: .milliseconds(200))
        }
        await bench.supervisor.stopAll()
        #expect(sawMain && sawProblem)
        let both = try #require(manifests["both"])
        #expect(both.channel.stream == "main" && both.channel.width == 640 && both.channel.height == 360)
        #expect(both.channel.streamRemark?.contains("scene-before") == true)
        #expect(Set(both.files.map(\.role)) == Set(EvidenceManifest.Role.allCases.filter { $0 != .clipAtStart }))
        let alone = try #require(manifests["alone"])
        #expect(alone.channel.stream == "sub")
        #expect(alone.channel.streamRemark?.contains("nothing is listening") == true)
    }
}
