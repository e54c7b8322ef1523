import Casework
import Foundation
import Pipeline
import Testing

@Suite("Settings of deadlines, grids and routes")
struct DutySettingsTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    private static func load(_ folder: String) throws -> DutySettings {
        try DutySettings.load(
            folder: folder, timeZone: #require(TimeZone(identifier: "Asia/Shanghai")),
            catalogue: ConfigFile.read(ViolationCatalogue.self, root + "/Config/violations.yaml"))
    }

    @Test("those that ship are without fault")
    func shipped() throws {
        let settings = try Self.load(Self.root + "/Config")
        #expect(settings.grid.nodes.count == 165 && settings.rules.deadlines.count > 10)
        let channel = ChannelRecord(id: "c1", name: "一", url: "rtsp://x/1", grid: "zs-xx", createdAt: Date(timeIntervalSince1970: 0))
        let november = Date(timeIntervalSince1970: 1_795_483_800)
        #expect(settings.warnings(channels: [channel], now: november).count == 1)
        #expect(settings.warnings(channels: [], now: november + 10 * 86_400).first?.contains("2027") == true)
    }

    @Test(
        "a fault is named with file, line and reason",
        arguments: [
            ("grid.yaml", "parent: zs-fc-01,", "parent: zs-fc-99,", "none of the grids"),
            ("grid.yaml", "micro: 138", "micro: 137", "138 grids"),
            ("grid.yaml", "{code: zs-gn,", "{code: zs-fc,", "more than once"), ("grid.yaml", "parent: zs-gn,", "parnt: zs-gn,", "parnt"),
            ("calendar.yaml", "to: \"2026-02-23\"", "to: \"2026-02-03\"", "no holiday"),
            ("calendar.yaml", "\"2026-10-10\"", "\"2026-10-01\"", "both a holiday and a working day"),
            ("calendar.yaml", "sun: []", "sunday: []", "no day of the week"),
            ("calendar.yaml", "09:00-12:00", "09:00-12:99", "no part of a day"),
            ("deadlines.yaml", "amount: 30, unit: minutes", "amount: -3, unit: minutes", "give 0 to"),
            ("deadlines.yaml", "classes: [street-order]", "classes: [street-odor]", "none of the classes"),
            ("deadlines.yaml", "hung-goods]", "hung-good]", "no violation of violations.yaml"),
            ("deadlines.yaml", "unit: working-hours", "unit: workinghours", "workinghours"),
            ("deadlines.yaml", "level: middle", "level: small", "begins in the small loop"),
            ("routing.yaml", "body: fire-rescue", "body: fire", "no body of violations.yaml"),
            ("routing.yaml", "violation: piled-goods", "violation: pile", "no violation"),
            ("routing.yaml", "on: [transfer]", "on: [exempt]", "must name confirm, transfer or both"),
        ])
    func faults(file: String, good: String, bad: String, reason: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("duty-\(UUID().uuidString)").path
        try FileManager.default.copyItem(atPath: Self.root + "/Config", toPath: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/" + file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let place = try #require(text.range(of: good))
        try text.replacingCharacters(in: place, with: bad).write(toFile: path, atomically: true, encoding: .utf8)
        let error = #expect(throws: SettingsError.self) { try Self.load(folder) }
        #expect(error?.file == path)
        #expect(error?.reason.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.line != nil, "\(error?.description ?? "")")
    }
}
