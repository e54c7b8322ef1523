import Evidence
import Foundation
import FrameCore

/// A real store in a folder of its own, with what it takes to fill it.
struct TestStore: Sendable {
    let folder: TestFolder
    let key: SigningKey

    var root: String { folder / "store" }

    init() throws {
        folder = try TestFolder()
        try FileManager.default.createDirectory(atPath: folder / "store", withIntermediateDirectories: true)
        key = try SigningKey.loadOrCreate(at: folder / "store/key.pem")
    }

    func open() throws -> EvidenceStore { try EvidenceStore(root: root, key: key) }

    func path(_ package: SealedPackage) -> String { "\(root)/evidence/\(package.relativePath)" }

    func path(_ package: SealedPackage, _ name: String) -> String { path(package) + "/" + name }

    func verify() -> StoreReport { EvidenceVerifier().verify(store: root) }

    /// Seals packages one after the other, an hour of package time apart.
    @discardableResult
    func fill(_ channels: String..., count: Int, seed: UInt64 = 1, clipBytes: Int = 2000) throws -> [SealedPackage] {
        let store = try open()
        var generator = SeededGenerator(state: seed)
        var packages: [SealedPackage] = []
        for index in 0..<count {
            for channel in channels {
                packages.append(
                    try Self.seal(
                        in: store, channel: channel, hour: index, clipBytes: clipBytes, using: &generator))
            }
        }
        return packages
    }

    /// Seals one package: three stills, two of them of the same size, and a clip that is written from outside.
    static func seal(
        in store: EvidenceStore, channel: String, hour: Int = 0, clipBytes: Int = 2000,
        using generator: inout SeededGenerator
    ) throws -> SealedPackage {
        // 2026-11-23 20:00 UTC: 04:00 on the next day in Shanghai.
        let id = PackageID(milliseconds: 1_795_464_000_000 + Int64(hour) * 3_600_000, using: &generator)
        let staged = try store.begin(id)
        try staged.add("scene-before.jpg", role: .sceneBefore, bytes: generator.bytes(700))
        try staged.add("after-dwell.jpg", role: .afterDwell, bytes: generator.bytes(700))
        try staged.add(
            "annotated.jpg", role: .annotated, bytes: generator.bytes(720), derivedFrom: "after-dwell.jpg")
        try Data(generator.bytes(clipBytes)).write(to: URL(fileURLWithPath: staged.path(for: "clip.mp4")))
        try staged.adopt("clip.mp4", role: .clip)
        return try store.seal(staged, manifest: draft(id, channel: channel))
    }

    static func draft(_ id: PackageID, channel: String) throws -> EvidenceManifest {
        let clock = EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: id.milliseconds * 1000 - 90_000_000, source: "receive-time", utcOffsetMinutes: 480
        )
        return EvidenceManifest(
            packageID: id, caseID: id.text, incidentID: "incident-1", program: "xunjie 0.1.0",
            channel: EvidenceManifest.Channel(
                id: channel, name: "北门 fruit shop", codec: "h264", width: 1920, height: 1080),
            violation: "storefront-encroachment",
            zone: EvidenceManifest.Zone(
                id: "front-1", kind: "frontage",
                polygon: try Polygon([UnitPoint(x: 0.1, y: 0.5), UnitPoint(x: 0.9, y: 0.5), UnitPoint(x: 0.9, y: 0.9)]),
                zonesVersion: 3),
            rule: EvidenceManifest.Rule(
                version: "2026.11", profile: "storefront-day", dwellSeconds: 60,
                measurements: ["stillSeconds": 61.25, "areaPart": 0.0125]),
            box: PixelRect(x: 400, y: 500, width: 320, height: 180), clock: clock,
            times: [
                EvidenceManifest.Moment(name: "still", pts: FrameTime(seconds: 28.75), clock: clock),
                EvidenceManifest.Moment(name: "confirmed", pts: FrameTime(seconds: 90), clock: clock),
            ])
    }
}

extension StoreReport {
    /// Whether a package is reported with a problem of this file.
    func names(_ file: String, of path: String) -> Bool {
        damaged.contains { report in report.path == path && report.problems.contains { $0.fileName == file } }
    }
}
