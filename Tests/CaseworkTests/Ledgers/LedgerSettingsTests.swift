import Casework
import Foundation
import Testing
import Yams

@Suite("What the ledgers go by")
struct LedgerSettingsTests {
    static func shipped() throws -> LedgerSettings {
        try YAMLDecoder().decode(LedgerSettings.self, from: CatalogueTests.config("ledgers.yaml"))
    }

    @Test("the shipped settings are valid, and say what the domain says")
    func valid() throws {
        let settings = try Self.shipped()
        try settings.validate(with: CatalogueTests.violations())
        #expect(settings.firstOffenceYears == 2 && settings.expiryNoticeDays == 30)
        #expect(settings.lookDays == [.red: 2, .yellow: 7, .green: 30])
        #expect(!settings.permitViolations.values.contains { $0.contains("blocked-fire-lane") })
        #expect(try YAMLDecoder().decode(LedgerSettings.self, from: YAMLEncoder().encode(settings)) == settings)
    }

    @Test("what is missing, out of range or in no catalogue is named")
    func invalid() throws {
        var settings = try Self.shipped()
        settings.firstOffenceYears = 0
        settings.lookDays[.red] = nil
        settings.permitViolations[.festival] = ["piled-goods", "dancing"]
        let error = #expect(throws: CatalogueError.self) { try settings.validate(with: CatalogueTests.violations()) }
        for word in ["first_offence_years", "red", "dancing"] { #expect("\(error as Any)".contains(word)) }
        #expect(throws: (any Error).self) {
            try YAMLDecoder().decode(
                LedgerSettings.self,
                from: CatalogueTests.config("ledgers.yaml").replacing("yellow:", with: "orange:"))
        }
    }
}
