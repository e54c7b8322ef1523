import Foundation
import Pipeline
import Testing
import Violations

@Suite("A zones file is read whole or refused with file, line and reason")
struct ZonesFileTests {
    private func refusal(_ text: String) -> SettingsError? {
        do {
            _ = try ZonesFile.parse(text, file: "zones.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test("YAML and JSON give the same zones")
    func formats() throws {
        let yaml = """
            dwell_s: 10
            zones:
              - id: front
                kind: frontage
                polygon: [[0, 0], [1, 0], [1, 1]]
                hours: ["mon-sun 07:00-22:00"]
            """
        let json =
            #"{"zones":[{"id":"front","kind":"frontage","polygon":[[0,0],[1,0],[1,1]],"hours":["mon-sun 07:00-22:00"]}],"dwell_s":10}"#
        let first = try ZonesFile.parse(yaml, file: "a")
        #expect(first == (try ZonesFile.parse(json, file: "b")))
        #expect(first.zones.first?.kind == .frontage)
        #expect(first.dwellSeconds == 10)
    }

    @Test("an unknown key is named with its line")
    func unknownKey() throws {
        let error = try #require(refusal("zones:\n  - id: a\n    kind: pavement\n    polygone: [[0,0],[1,0],[1,1]]\n"))
        #expect(error.line == 4)
        #expect(error.description.contains("zones.yaml:4:"))
        #expect(error.description.contains("polygone"))
    }

    @Test("a polygon with two points is named with the zone's line")
    func twoPoints() throws {
        let error = try #require(refusal("zones:\n  - id: a\n    kind: pavement\n    polygon: [[0,0],[1,0]]\n"))
        #expect(error.line == 2)
        #expect(error.reason.contains("at least 3 points"))
    }

    @Test("a corner outside the frame is named")
    func outside() throws {
        let error = try #require(refusal("zones:\n  - {id: a, kind: pavement, polygon: [[0,0],[1.5,0],[1,1]]}\n"))
        #expect(error.reason.contains("outside the image"))
    }

    @Test("lengths, lines and permits are read and written back alike")
    func geometry() throws {
        let zones = try ZonesFile.parse(
            """
            scale:
              - {from: [0.3, 0.3], to: [0.3, 0.4], metres: 1.7}
              - {from: [0.6, 0.6], to: [0.6, 0.85], metres: 1.7}
            zones:
              - {id: front, kind: frontage, polygon: [[0, 0.2], [1, 0.2], [1, 1]], line: [[0, 0.3], [1, 0.35]]}
              - {id: stalls, kind: permitted, polygon: [[0, 0.5], [1, 0.5], [1, 1]], permit: 2026-118, hours: ["sat,sun 09:00-17:00"]}
            """, file: "a")
        #expect(zones.scale?.map(\.metres) == [1.7, 1.7])
        #expect(zones.zones.first?.line?.vertices.count == 2)
        #expect(zones.zones.last?.permit == "2026-118")
        let written = String(decoding: try JSONEncoder().encode(zones), as: UTF8.self)
        #expect(try ZonesFile.parse(written, file: "b") == zones)
    }

    @Test(
        "other mistakes are refused",
        arguments: [
            ("", "empty"), ("zones: 3", "no list"), ("zones:\n  - {id: a, kind: street, polygon: [[0,0],[1,0],[1,1]]}", "street"),
            ("zones:\n  - {id: a, kind: bin, polygon: [[0,0],[1,0],[1,1]], violations: [stopped-vehicle]}", "does not look for"),
            ("zones:\n  - {id: a, kind: bin, polygon: [[0,0],[1,0],[1,1]], dwell_s: -3}", "dwell_s"),
            ("zones:\n  - {id: a, kind: bin, polygon: [[0,0],[1,0],[1,1]]}\n  - {id: a, kind: bin, polygon: [[0,0],[1,0],[1,1]]}", "twice"),
            ("zones: [", "zones.yaml:2"),
            ("zones:\n  - {id: a, kind: pavement, polygon: [[0,0],[1,0],[1,1]], line: [[0,0],[1,0]]}", "no meaning"),
            ("zones:\n  - {id: a, kind: frontage, polygon: [[0,0],[1,0],[1,1]], line: [[0,0]]}", "2 points"),
            ("zones:\n  - {id: a, kind: pavement, polygon: [[0,0],[1,0],[1,1]], permit: x}", "permit"),
            ("zones: []\nscale: [{from: [0.3, 0.3], to: [0.3, 0.3], metres: 1.7}]", "too short"),
            ("zones: []\nscale: [{from: [0.3, 0.3], to: [0.3, 0.4], metres: -1}]", "0.1 to 50 m"),
            ("zones: []\nscale: [{from: [0.3, 0.3], to: [0.3, 0.4], meters: 1}]", "meters"),
            (
                "zones: []\nscale: [{from: [0.3, 0.3], to: [0.3, 0.4], metres: 1.7}, {from: [0.6, 0.3], to: [0.6, 0.41], metres: 1.7}]",
                "same depth"
            ),
            (
                "zones: []\nscale: [{from: [0.3, 0.3], to: [0.3, 0.5], metres: 1.7}, {from: [0.6, 0.8], to: [0.6, 0.9], metres: 1.7}]",
                "horizon"
            ),
            (
                "zones:\n  - {id: sky, kind: pavement, polygon: [[0,0],[1,0],[1,0.1]]}\nscale: [{from: [0.3, 0.38], to: [0.3, 0.4], metres: 1.7}, "
                    + "{from: [0.6, 0.5], to: [0.6, 0.9], metres: 1.7}]", "sky"
            ),
        ])
    func mistakes(text: String, word: String) throws {
        let error = try #require(refusal(text))
        #expect(error.description.contains(word))
        #expect(error.description.hasPrefix("zones.yaml"))
    }
}
