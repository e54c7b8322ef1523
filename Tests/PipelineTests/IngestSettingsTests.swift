import Foundation
import Pipeline
import Testing

@Suite("How channels are taken in is set in a file")
struct IngestSettingsTests {
    private static let config = ShippedSettingsTests.root.appendingPathComponent("Config")

    @Test("the shipped numbers are valid")
    func shipped() throws {
        let settings = try IngestSettings.load(folder: Self.config.path)
        // 20 s of 4 Mb/s and a group of pictures of two seconds fit.
        #expect(settings.ringMegabytes * 1_048_576 >= (settings.preRollSeconds + 2) * 500_000)
    }

    @Test("an unknown key, a missing one and a number that cannot be are refused by name", arguments: ["bonus", "ring_mb", "pre_roll_s"])
    func refused(key: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ingest-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var text = try String(contentsOf: Self.config.appendingPathComponent("ingest.yaml"), encoding: .utf8)
        switch key {
        case "bonus": text += "\nbonus: 3\n"
        case "ring_mb": text = text.split(separator: "\n").filter { !$0.hasPrefix("ring_mb") }.joined(separator: "\n")
        default: text = text.replacingOccurrences(of: "pre_roll_s: 20", with: "pre_roll_s: 0")
        }
        try text.write(to: folder.appendingPathComponent("ingest.yaml"), atomically: true, encoding: .utf8)
        let error = #expect(throws: SettingsError.self) { try IngestSettings.load(folder: folder.path) }
        #expect(error?.reason.contains(key) == true)
    }
}
