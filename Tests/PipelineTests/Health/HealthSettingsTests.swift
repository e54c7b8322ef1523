import Casework
import Foundation
import Pipeline
import Testing

@Suite("Health settings")
struct HealthSettingsTests {
    private static var shipped: String {
        get throws { try String(contentsOf: ShippedSettingsTests.root.appendingPathComponent("Config/health.yaml"), encoding: .utf8) }
    }

    @Test("the shipped settings are read and name every kind")
    func read() throws {
        let settings = try HealthSettings.parse(Self.shipped, file: "health.yaml")
        #expect(Set(settings.faults.keys) == Set(FaultKind.allCases))
        #expect(settings.keepDays == 400 && settings.limits.diskFreeGigabytes == 2)
        #expect(settings.faults[.source]?.opensAfterSeconds == 30 && settings.faults[.view]?.opensAfterSeconds == 60)
    }

    @Test(
        "what is unknown, missing or out of range is refused with file and line",
        arguments: [
            ("look_s: 5", "look_s: 0", "look_s"), ("keep_days: 400", "keep_days: forever", "number"),
            ("disk_free_gb: 2", "disk_free_gb: -1", "disk_free_gb"), ("disk_free_gb: 2", "disk_free_gigabytes: 2", "disk_free_gb"),
            ("view: {opens_after_s: 60", "view: {opens_after_s: -60", "view"), ("  disk: {", "  disc: {", "disc"),
            ("opens_after_s: 10, ", "", "opens_after_s"), ("look_s: 5", "look_s: 5\nextra: 1", "extra"),
        ])
    func refused(old: String, new: String, word: String) throws {
        let text = try Self.shipped.replacingOccurrences(of: old, with: new)
        let error = try #require(throws: SettingsError.self) { try HealthSettings.parse(text, file: "health.yaml") }
        #expect(error.file == "health.yaml")
        #expect((error.line ?? 0) > 1)
        #expect(error.description.contains(word), "\(error)")
    }
}
