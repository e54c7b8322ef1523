import ArgumentParser
import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import FrameCore
import Pipeline

/// `xunjie bench packages`: a small store with everything in it, for whoever wants to tamper with one.
struct SamplePackagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "packages",
        abstract: "Makes a small store of sealed packages, with cases at every stage, users, ledgers and logs.",
        discussion: "Clips are pieces of the clips in --streams: whoever checks seals reads bytes, not pictures.")

    private static let clipBytes = 160 << 10
    /// 2026-11-23 20:00 UTC.
    private static let start: Int64 = 1_795_464_000_000

    @Argument(help: "The store's folder; must not be there.")
    var folder: String

    @Option(help: "Folder of the clips.")
    var streams = "SampleStreams"

    @Option(help: "How many packages.")
    var count = 20

    func validate() throws {
        guard (1...999).contains(count) else { throw ValidationError("--count must be from 1 to 999") }
    }

    func run() async throws {
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw ValidationError("\(folder) is there already; name a folder that is not")
        }
        let clips = try FileManager.default.contentsOfDirectory(atPath: streams).filter { $0.hasSuffix(".mp4") }.sorted()
        guard !clips.isEmpty else { throw ValidationError("\(streams) holds no clips (.mp4)") }
        let store = try SQLiteCaseStore.open(directory: URL(fileURLWithPath: folder))
        try await people(store)
        let evidence = try EvidenceStore(root: folder, key: SigningKey.loadOrCreate(at: folder + "/key.pem"))
        var generator = SplitMix(state: 20)
        for index in 0..<count {
            let clip = try Data(contentsOf: URL(fileURLWithPath: streams + "/" + clips[index % clips.count]))
            let sealed = try seal(index, clip: clip, in: evidence, using: &generator)
            let incident = Self.incident(sealed.manifest)
            let record = CaseRecord(sealed: sealed, incident: incident)
            try await store.addCase(record, actor: "machine")
            let view = [LookPicture(role: "now", jpeg: try still(120, using: &generator))]
            try await walk(record, at: incident.openedAt + 900, stages: index % 6, view: view, store, evidence)
        }
        try store.close()
        print("\(count) packages in \(folder)")
    }

    private func people(_ store: SQLiteCaseStore) async throws {
        let start = Date(timeIntervalSince1970: Double(Self.start) / 1_000)
        for index in 0..<2 {
            try await store.addChannel(
                ChannelRecord(id: Self.channel(index), name: "茸惠路\(index + 1)号口", url: "rtsp://127.0.0.1/1", createdAt: start))
        }
        let certificate = LocalDay("2026-01-01").flatMap { from in
            LocalDay("2027-12-31").map { OfficerCertificate(number: "沪A-1", validFrom: from, validUntil: $0) }
        }
        for (id, role) in [("wang", UserRecord.Role.officer), ("li", .secondOfficer), ("zhao", .administrator)] {
            try await store.addUser(
                UserRecord(
                    id: id, login: id, displayName: id, role: role, passwordHash: "-", createdAt: start,
                    certificate: role == .administrator ? nil : certificate))
            try await store.appendAccess(AccessRecord(at: start, userID: id, action: "login", subject: "", address: "127.0.0.1"))
        }
        for index in 1...3 {
            _ = try await store.putLedger(
                .shop, id: "shop-\(index)", document: "{\"name\":\"第\(index)号果品店\"}", isRetired: false, expecting: 0, author: "zhao",
                at: start)
        }
    }

    private static func channel(_ index: Int) -> String { "street-\(index % 2 + 1)" }

    private func seal(
        _ index: Int, clip: Data, in evidence: EvidenceStore, using generator: inout SplitMix
    ) throws -> SealedPackage {
        let id = PackageID(milliseconds: Self.start + Int64(index) * 3_600_000, using: &generator)
        let staged = try evidence.begin(id)
        try staged.add("scene-before.jpg", role: .sceneBefore, bytes: still(40, using: &generator))
        try staged.add("after-dwell.jpg", role: .afterDwell, bytes: still(90, using: &generator))
        try staged.add("annotated.jpg", role: .annotated, bytes: still(140, using: &generator), derivedFrom: "after-dwell.jpg")
        let begin = min(max(0, clip.count - Self.clipBytes), index * 50_000)
        try clip.subdata(in: begin..<min(clip.count, begin + Self.clipBytes)).write(to: URL(fileURLWithPath: staged.path(for: "clip.mp4")))
        try staged.adopt("clip.mp4", role: .clip)
        return try evidence.seal(staged, manifest: manifest(id, index))
    }

    private func still(_ light: UInt8, using generator: inout SplitMix) throws -> [UInt8] {
        let size = PixelSize(width: 320, height: 180)
        let noise = (0..<size.width * size.height).map { _ in UInt8.random(in: 0...63, using: &generator) &+ light }
        let colour = Plane(size: PixelSize(width: size.width / 2, height: size.height / 2), fill: 128)
        return try JPEGEncoder.encode(
            Frame(time: .zero, luma: Plane(size: size, bytes: noise), cb: colour, cr: colour, range: .full), quality: 60)
    }

    private func manifest(_ id: PackageID, _ index: Int) throws -> EvidenceManifest {
        let clock = EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: id.milliseconds * 1_000 - 90_000_000, source: "receive-time", utcOffsetMinutes: 480)
        return EvidenceManifest(
            packageID: id, caseID: id.text, incidentID: "incident-\(index + 1)", program: Program.nameAndVersion,
            channel: EvidenceManifest.Channel(
                id: Self.channel(index), name: "茸惠路\(index % 2 + 1)号口", codec: "h264", width: 1920, height: 1080),
            violation: index % 3 == 0 ? "piled-goods" : "storefront-encroachment",
            zone: EvidenceManifest.Zone(
                id: "front-1", kind: "frontage",
                polygon: try Polygon([UnitPoint(x: 0.1, y: 0.5), UnitPoint(x: 0.9, y: 0.5), UnitPoint(x: 0.9, y: 0.9)]), zonesVersion: 1),
            rule: EvidenceManifest.Rule(
                version: "2026.11", profile: "storefront-day", dwellSeconds: 60, measurements: ["stillSeconds": 61.25]),
            box: PixelRect(x: 400, y: 500, width: 320, height: 180), clock: clock,
            times: [
                EvidenceManifest.Moment(name: "still", pts: FrameTime(seconds: 28.75), clock: clock),
                EvidenceManifest.Moment(name: "confirmed", pts: FrameTime(seconds: 90), clock: clock),
            ])
    }

    private static func incident(_ manifest: EvidenceManifest) -> IncidentRecord {
        let sealed = Date(timeIntervalSince1970: Double(manifest.packageID.milliseconds) / 1_000)
        let box = manifest.box.rect
        return IncidentRecord(
            id: manifest.incidentID, channelID: manifest.channel.id, violation: manifest.violation, zoneID: manifest.zone.id,
            zonesVersion: manifest.zone.zonesVersion, ruleVersion: manifest.rule.version, phase: .confirmed, openedAt: sealed - 60,
            confirmedAt: sealed, box: [box.x, box.y, box.width, box.height], score: 0.75)
    }

    /// Takes a case some steps on its way, up to the second review.
    private func walk(
        _ record: CaseRecord, at start: Date, stages: Int, view: [LookPicture], _ store: SQLiteCaseStore, _ evidence: EvidenceStore
    ) async throws {
        let ticks = Set(CaseAction.Tick.allCases)
        var look = SecondLook(proposal: .notCorrected, reason: BilingualText(zh: "物品仍在原处", en: "it still stands there"), likeness: 0.9)
        if stages > 3 {
            let at = WallTime(millisecondsSince1970: Int64(start.timeIntervalSince1970 * 1_000) + 7_200_000, utcOffsetMinutes: 480)
            look = try evidence.keep(look, pictures: view, of: record, token: record.id, at: at)
        }
        let steps: [(String, CaseAction)] = [
            ("li", CaseAction(.screen, suggestion: .confirm)),
            ("wang", CaseAction(.confirm, note: "属实", ticks: ticks, declaresNoConflict: true, shopID: "shop-1")),
            ("wang", CaseAction(.remind, dueAt: start + 3_600)), ("machine", CaseAction(.look, look: look)),
            ("wang", CaseAction(.notCorrected, declaresNoConflict: true)),
        ]
        for (index, step) in steps.prefix(stages).enumerated() {
            _ = try await store.act(caseID: record.id, step.1, by: step.0, at: start + Double(index) * 1_200 + (index > 2 ? 3_600 : 0))
        }
    }
}
