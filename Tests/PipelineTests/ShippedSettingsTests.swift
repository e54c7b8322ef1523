import Casework
import Foundation
import Pipeline
import Testing
import Violations

@Suite("The shipped profiles")
struct ShippedSettingsTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test("every violation has a valid profile")
    func profiles() throws {
        let library = try ProfileLibrary.load(folder: Self.root.appendingPathComponent("Models").path)
        for kind in ViolationKind.allCases { #expect(library.rules[kind] != nil, "\(kind)") }
        #expect(library.rules.version.count == 12)
    }

    @Test("exchange, retention and the catalogue are read as the station reads them")
    func exchange() throws {
        let folder = Self.root.appendingPathComponent("Config").path
        try ConfigFile.read(ExchangeSettings.self, folder + "/exchange.yaml").validate()
        try ConfigFile.read(RetentionRules.self, folder + "/retention.yaml").validate()
        let catalogue = try ConfigFile.read(ViolationCatalogue.self, folder + "/violations.yaml")
        try catalogue.validate()
        #expect(catalogue.others?.count == 26)
    }

    @Test(
        "a profile with an unknown key is refused with its line",
        arguments: [
            ("piled-goods", "bonus: 3"), ("piled-goods", "night: {bonus: 3}"),
            ("piled-goods", "night: {looks: [{feature: fill, bonus: 3}]}"),
            ("person", "bonus: 3"), ("scene", "bonus: {limit: 3}"), ("street", "bonus: 3"),
        ])
    func unknownKey(name: String, text: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("profiles-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Self.root.appendingPathComponent("Models"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("\(name).yaml")
        try (String(contentsOf: file, encoding: .utf8) + "\n\(text)\n").write(to: file, atomically: true, encoding: .utf8)
        let error = #expect(throws: SettingsError.self) { try ProfileLibrary.load(folder: folder.path) }
        #expect(error?.reason.contains("bonus") == true)
        #expect(error?.line != nil)
    }
}
