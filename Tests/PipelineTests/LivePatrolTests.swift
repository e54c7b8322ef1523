import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Logging
import Pipeline
import Testing

/// The whole way on real files: a sample stream as a channel, until its case is in a real store and verifies.
@Suite("A stream goes in, a sealed case comes out", .serialized)
struct LivePatrolTests {
    @Test("goods put out become a case whose package verifies and whose clip holds the camera's own packets")
    func goods() async throws {
        let bench = try PatrolBench()
        try await bench.addSample("s1_goods_out.mp4", id: "shop")
        try await bench.waitForEnd(of: "shop", seconds: 60)
        await bench.supervisor.stopAll()
        let cases = try await bench.store.cases(CaseFilter(), after: nil, limit: 10).cases
        let first = try #require(cases.last)
        #expect(first.incident.violation == "storefront-encroachment")
        #expect(first.incident.phase != .opened)
        let package = bench.evidence.evidencePath + "/" + first.packagePath
        let report = EvidenceVerifier().verify(package: package)
        #expect(report.problems.isEmpty)
        let manifest = try #require(report.manifest)
        #expect(Set(manifest.files.map(\.role)) == Set(EvidenceManifest.Role.allCases.filter { $0 != .clipAtStart }))
        #expect(manifest.times.map(\.name).contains("scene-before"))
        #expect(manifest.times.map(\.ptsMicroseconds) == manifest.times.map(\.ptsMicroseconds).sorted())
        let confirmed = try #require(manifest.times.first { $0.name == "confirmed" })
        let still = try #require(manifest.times.first { $0.name == "still" })
        #expect(confirmed.ptsMicroseconds - still.ptsMicroseconds >= 9_000_000)
    }

    @Test("after a restart the street is known: what stood is cleared when its place is free, without being learned anew")
    func restarted() async throws {
        let bench = try PatrolBench(keepsMemory: true)
        try await bench.addSample("s2_stall.mp4", id: "stall")
        try await bench.waitForEnd(of: "stall", seconds: 60)
        try await bench.restart()
        let stood = try #require(try await bench.store.cases(CaseFilter(), after: nil, limit: 10).cases.last)
        #expect(stood.incident.phase == .confirmed)
        let folder = try #require(bench.memoryFolder)
        #expect(FileManager.default.fileExists(atPath: folder + "/stall.memory"))

        // The clip begins with the place free.
        await bench.supervisor.channelChanged(id: "stall")
        try await bench.waitForEnd(of: "stall", seconds: 60)
        await bench.supervisor.stopAll()
        var phase = stood.incident.phase
        for _ in 0..<100 where phase != .cleared {
            try await Task.sleep(for: .milliseconds(50))
            phase = try await bench.store.caseRecord(id: stood.id)?.incident.phase ?? phase
        }
        #expect(phase == .cleared)
    }

    @Test("a damaged memory of the street is left aside, and the next one is whole again")
    func damagedMemory() async throws {
        let bench = try PatrolBench(keepsMemory: true)
        let path = try #require(bench.memoryFolder) + "/quiet.memory"
        try Data("{\"format\":\"xunjie-street-memory-1\"}\nbroken".utf8).write(to: URL(fileURLWithPath: path))
        try await bench.addSample("s6_quiet.mp4", id: "quiet")
        try await bench.waitForEnd(of: "quiet", seconds: 60)
        await bench.supervisor.stopAll()
        let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        #expect((size ?? 0) > 1_000_000)
    }

    @Test("a channel that cannot be opened says why, without its password, and tries again")
    func refused() async throws {
        let bench = try PatrolBench()
        try await bench.store.addChannel(
            ChannelRecord(id: "gone", name: "gone", url: "rtsp://user:geheim@127.0.0.1:9/none", createdAt: Date()))
        await bench.supervisor.channelChanged(id: "gone")
        var status: ChannelStatus?
        for _ in 0..<100 {
            status = await bench.supervisor.channelStatuses().first
            if status?.state == .backingOff { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(status?.state == .backingOff)
        #expect(status?.reason.isEmpty == false)
        #expect(status?.reason.contains("geheim") == false)
        await bench.supervisor.stopAll()
    }

    @Test("a removed channel stops, and one with broken zones says so instead of watching")
    func removed() async throws {
        let bench = try PatrolBench()
        try await bench.addSample("s6_quiet.mp4", id: "quiet")
        try await bench.store.removeChannel(id: "quiet", by: "test", at: Date())
        await bench.supervisor.channelChanged(id: "quiet")
        #expect(await bench.supervisor.channelStatuses().isEmpty)
        try await bench.store.addChannel(ChannelRecord(id: "odd", name: "odd", url: "/nowhere.mp4", createdAt: Date()))
        try await bench.store.setZones(channelID: "odd", document: #"{"zones":[{"id":"a"}]}"#, author: "test", at: Date())
        await bench.supervisor.channelChanged(id: "odd")
        let status = await bench.supervisor.channelStatuses().first
        #expect(status?.state == .stopped)
        #expect(status?.reason.contains("kind") == true)
        await bench.supervisor.stopAll()
    }
}
