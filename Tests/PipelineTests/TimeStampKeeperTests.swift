import Evidence
import Foundation
import FrameCore
import Logging
import Pipeline
import Synchronization
import Testing

/// A real authority: `openssl ts` behind a small HTTP server.
@Suite("Sealed packages are stamped in the background", .serialized)
struct TimeStampKeeperTests {
    @Test("a package is stamped and the stamp verifies; an authority that is down holds nothing up and is asked again at the next start")
    func stamped() throws {
        let server = try StampServer()
        let folder = try TemporaryFolder()
        let store = try EvidenceStore(root: folder.path, key: SigningKey.loadOrCreate(at: folder.path + "/key.pem"))
        let package = try Self.seal(in: store)
        let kept = Mutex<[SealedAddendum]>([])
        func keeper(_ url: String, certificates: String = "") throws -> TimeStampKeeper {
            let client = try #require(TimeStampClient(EvidenceSettings.TimeStamp(url: url, certificates: certificates)))
            return TimeStampKeeper(
                client, retryMinutes: 60, store: store, utcOffsetMinutes: { _ in 480 }, now: { Date(timeIntervalSince1970: 1_795_500_000) },
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            ) { _, addendum in kept.withLock { $0.append(addendum) } }
        }
        let down = try keeper("http://127.0.0.1:\(server.refusingPort)/")
        down.add(package)
        down.drain()
        #expect(down.waitingCount == 1 && kept.withLock { $0.isEmpty })
        for path in ["error", "empty", "endless"] {
            let bad = try keeper("http://127.0.0.1:\(server.port)/\(path)")
            bad.add(package)
            bad.drain()
            #expect(bad.waitingCount == 1 && kept.withLock { $0.isEmpty }, "\(path)")
        }
        let good = try keeper("http://127.0.0.1:\(server.port)/tsa", certificates: server.certificates)
        good.takeUp([package])
        good.drain()
        good.drain()
        let addendum = try #require(kept.withLock { $0.first })
        #expect(addendum.addendum.kind == .timeStamp && addendum.addendum.record["signatureChecked"] == true)
        #expect(good.waitingCount == 0)
        let report = EvidenceVerifier().verify(package: store.evidencePath + "/" + package.relativePath)
        #expect(report.isIntact, "\(report.problems)")
        good.takeUp([package])
        good.drain()
        #expect(kept.withLock { $0.count } == 1)
    }

    @Test("the shipped settings name no authority, and an address that is none is refused")
    func settings() throws {
        let shipped = try EvidenceSettings.load(folder: ShippedSettingsTests.root.path + "/Config")
        #expect(TimeStampClient(shipped.timeStamp) == nil && shipped.quality == EvidenceSettings.Quality())
        let folder = try TemporaryFolder()
        let text = try String(contentsOfFile: ShippedSettingsTests.root.path + "/Config/evidence.yaml", encoding: .utf8)
        for url in ["ftp://x", "file:///etc/passwd", "nothing"] {
            try text.replacingOccurrences(of: "url: \"\"", with: "url: \"\(url)\"")
                .write(toFile: folder.path + "/evidence.yaml", atomically: true, encoding: .utf8)
            #expect(throws: SettingsError.self) { try EvidenceSettings.load(folder: folder.path) }
        }
    }

    static func seal(in store: EvidenceStore) throws -> SealedPackage {
        var generator = SystemRandomNumberGenerator()
        let id = PackageID(milliseconds: 1_795_464_000_000, using: &generator)
        let staged = try store.begin(id)
        try staged.add("after-dwell.jpg", role: .afterDwell, bytes: [1, 2, 3])
        let clock = EvidenceManifest.Clock(wallMinusPTSMicroseconds: 0, source: "receive-time", utcOffsetMinutes: 480)
        return try store.seal(
            staged,
            manifest: EvidenceManifest(
                packageID: id, caseID: id.text, incidentID: "i", program: "test",
                channel: EvidenceManifest.Channel(id: "a", name: "a", codec: "h264", width: 64, height: 48),
                violation: "storefront-encroachment",
                zone: EvidenceManifest.Zone(
                    id: "z", kind: "frontage",
                    polygon: try Polygon([UnitPoint(x: 0, y: 0), UnitPoint(x: 1, y: 0), UnitPoint(x: 1, y: 1)]), zonesVersion: 1),
                rule: EvidenceManifest.Rule(version: "1", profile: "p", dwellSeconds: 60, measurements: [:]),
                box: PixelRect(x: 0, y: 0, width: 8, height: 8), clock: clock, times: []))
    }
}

/// A folder of its own, removed with it.
private final class TemporaryFolder {
    let path = NSTemporaryDirectory() + "/time-stamps-\(UUID().uuidString.lowercased())"

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// `Tests/Support/stamp_server.py`, until it goes out of scope.
private final class StampServer {
    struct Silent: Error {}

    let port: Int
    /// Where nobody listens.
    let refusingPort: Int
    /// The file of the authority's certificate.
    let certificates: String
    private let process = Process()

    init() throws {
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = ["-u", ShippedSettingsTests.root.appendingPathComponent("Tests/Support/stamp_server.py").path]
        process.standardOutput = pipe
        try process.run()
        var text = ""
        while !text.contains("\n") {
            let more = pipe.fileHandleForReading.availableData
            guard !more.isEmpty else { throw Silent() }
            text += String(decoding: more, as: UTF8.self)
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 3, let port = Int(words[0]), let refusingPort = Int(words[1]) else { throw Silent() }
        self.port = port
        self.refusingPort = refusingPort
        certificates = String(words[2])
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }
}
