import Casework
import Foundation
import Pipeline
import Testing

@Suite("Settings of messages and looks")
struct NoticeSettingsTests {
    private static let violations: Set<String> = ["piled-goods"]

    static func yaml(gateway: String = "{kind: outbox, folder: outbox, media: [sms]}", text: String = "{shop}{due}", more: String = "")
        -> String
    {
        """
        phone: "021"
        gateway: \(gateway)
        retry: {first_s: 30, longest_s: 3600, tries: 3}
        templates:
          - id: remind-sms
            name: {zh: 提醒, en: Reminder}
            kinds: [remind]
            medium: sms
            law: 第二十八条
            text: "\(text)"
        \(more)
        """
    }

    @Test("what ships is sound, and there is a text for a reminder and an order of every violation")
    func shipped() throws {
        let config = ShippedSettingsTests.root.path + "/Config"
        let catalogue = try ConfigFile.read(ViolationCatalogue.self, config + "/violations.yaml")
        let ids = Set(catalogue.violations.map(\.id))
        let settings = try NoticeSettings.read(path: config + "/notices.yaml", violations: ids)
        let casework = try CaseworkSettings.read(path: config + "/casework.yaml", violations: ids)
        #expect(casework.recheck.minutes(for: "shared-bike-heap") == 120)
        #expect(casework.coolDown.hours > 0)
        _ = try SecondLookSettings.load(folder: ShippedSettingsTests.root.path + "/Models")
        for id in ids {
            for kind in [CaseAction.Kind.remind, .order] { #expect(!settings.templates.fitting(kind, violation: id).isEmpty, "\(id)") }
        }
    }

    @Test(
        "an error names file and line",
        arguments: [
            (yaml(text: "{shop}{due}{name}"), 5, "{name}"), (yaml(gateway: "{kind: pigeon, media: [sms]}"), 2, "pigeon"),
            (yaml(gateway: "{kind: webhook, url: 'http://10.0.0.1/x', media: [sms]}"), 2, "https"),
            (yaml(gateway: "{kind: webhook, url: 'https://u:p@sms.example/x', media: [sms]}"), 2, "password"),
            (yaml(gateway: "{kind: outbox, folder: o, media: [paper]}"), 2, "media"), (yaml(more: "telephone: 1"), 11, "telephone"),
        ])
    func errors(text: String, line: Int, word: String) {
        do {
            _ = try NoticeSettings.parse(text, file: "notices.yaml", violations: Self.violations)
            Issue.record("was taken")
        } catch {
            #expect(error.file == "notices.yaml")
            #expect(error.line == line, "\(error)")
            #expect(error.reason.contains(word), "\(error)")
        }
    }

    @Test("a topic of casework.yaml stands beside others, and nothing unknown within it")
    func topics() throws {
        let good =
            "other: {x: 1}\nrecheck: {minutes: {default: 30}, patience_min: 10, picture_s: 20, pictures: 5}\nnotices: {cool_down_hours: 4}"
        let read = try CaseworkSettings.parse(good, file: "f", violations: [])
        #expect(read.coolDown.hours == 4)
        for (bad, line) in [
            (good.replacingOccurrences(of: "cool_down_hours: 4", with: "cool_down: 4"), 3),
            (good.replacingOccurrences(of: "default: 30", with: "pond: 30"), 2), ("other: {x: 1}", 1),
        ] {
            do {
                _ = try CaseworkSettings.parse(bad, file: "f", violations: [])
                Issue.record("was taken: \(bad)")
            } catch {
                #expect(error.line == line, "\(error)")
            }
        }
    }

    @Test("tries wait twice as long each time, up to a limit, and end")
    func retry() {
        let retry = NoticeSettings.Retry(firstSeconds: 30, longestSeconds: 100, tries: 4)
        #expect((1...4).map { retry.wait(afterTries: $0) } == [30, 60, 100, nil])
    }
}
