import Casework
import CaseStoreSQLite
import Evidence
import Foundation
import Logging
import Pipeline
import Testing

@Suite("A disk that fills up")
struct DiskGateTests {
    private static let limits = DiskGate.Limits(warn: 20, stop: 5, resume: 6)

    @Test("warns below 20 %, stops below 5 %, goes on from 6 %, and what cannot be told changes nothing")
    func gate() {
        var gate = DiskGate(limits: Self.limits)
        let steps: [(Double?, DiskGate.State)] = [
            (50, .ample), (20, .ample), (19.9, .low), (5, .low), (4.9, .stopped), (5.5, .stopped), (nil, .stopped), (5.99, .stopped),
            (6, .low),
            (5.5, .low), (4, .stopped), (70, .ample), (nil, .ample), (0, .stopped),
        ]
        for (free, state) in steps { #expect(gate.look(freePercent: free) == state, "\(free ?? -1)") }
    }

    @Test("the fault says that it stopped before it says anything else")
    func finding() {
        let limits = HealthSettings.Limits(diskFreeGigabytes: 2)
        #expect(FaultFinding.disk(evidenceProblem: nil, freeGigabytes: 90, limits: limits, gate: .ample) == .well)
        #expect(
            FaultFinding.disk(evidenceProblem: nil, freeGigabytes: 90, limits: limits, gate: .low) == .bad(reason: "disk-low", figure: 90))
        #expect(
            FaultFinding.disk(evidenceProblem: "x", freeGigabytes: 9, limits: limits, gate: .stopped)
                == .bad(reason: "disk-stopped", figure: 9))
    }

    /// Mounting needs root in a machine or container that allows it.
    private static let canMount: Bool = {
        let folder = NSTemporaryDirectory() + "/gate-\(UUID().uuidString)"
        guard mkdir(folder, 0o700) == 0, run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", folder) else { return false }
        _ = run("umount", folder)
        rmdir(folder)
        return true
    }()

    private static func run(_ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    @Test(
        "on a real small disk no new evidence is taken below 5 %, all that was stays whole, and it goes on once there is room",
        .enabled(if: canMount))
    func smallDisk() throws {
        let folder = NSTemporaryDirectory() + "/gate-\(UUID().uuidString)"
        #expect(mkdir(folder, 0o700) == 0)
        #expect(Self.run("mount", "-t", "tmpfs", "-o", "size=1000k", "tmpfs", folder))
        defer {
            _ = Self.run("umount", "-l", folder)
            rmdir(folder)
        }
        let watch = DiskWatch(folder: folder, limits: Self.limits)
        #expect(watch.state == .ample)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let evidence = try EvidenceStore(root: folder, key: .loadOrCreate(at: folder + "/key.pem"))
        let writer = EvidenceWriter(store: evidence, program: "test", disk: watch, logger: logger) { _, _ in }
        try writer.admit()
        func fill(_ kilobytes: Int) throws {
            try Data(repeating: 1, count: kilobytes << 10).write(to: URL(fileURLWithPath: folder + "/filler"))
        }
        try fill(820)
        #expect(watch.state == .low && writer.reading.disk == .low)
        try writer.admit()
        try fill(956)
        #expect(writer.reading.disk == .stopped && (writer.reading.diskFreePercent ?? 9) < 5)
        #expect(throws: EvidenceError.diskFull(path: folder)) { try writer.admit() }
        #expect(EvidenceVerifier().verify(store: folder).isIntact)
        try FileManager.default.removeItem(atPath: folder + "/filler")
        #expect(watch.state == .ample)
        try writer.admit()
    }
}
