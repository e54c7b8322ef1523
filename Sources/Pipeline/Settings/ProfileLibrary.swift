import Evidence
import Foundation
public import SceneAnalysis
public import Violations
import Yams

/// The tuned numbers in `Models/`: how to see, and one profile for each violation.
public struct ProfileLibrary: Sendable {
    public let analysis: AnalysisSettings
    public let rules: RuleBook

    private struct Profile: Decodable {
        var violation: ViolationKind
        var rule: ViolationRule
        var night: NightPart?
    }

    /// - Throws: `SettingsError` with file and line for the first thing that is wrong.
    public static func load(folder: String) throws(SettingsError) -> ProfileLibrary {
        let scenePath = folder + "/scene.yaml"
        let personPath = folder + "/person.yaml"
        let streetPath = folder + "/street.yaml"
        let sceneText = try StrictDocument.text(of: scenePath)
        let personText = try StrictDocument.text(of: personPath)
        let streetText = try StrictDocument.text(of: streetPath)
        let analysis = try StrictDocument.decode(
            AnalysisSettings.self, StrictDocument.node(sceneText, file: scenePath), file: scenePath)
        let person = try StrictDocument.decode(
            PersonRule.self, StrictDocument.node(personText, file: personPath), file: personPath)
        let street = try StrictDocument.decode(
            StreetRules.self, StrictDocument.node(streetText, file: streetPath), file: streetPath)
        var rules: [ViolationKind: ViolationRule] = [:]
        var nightRules: [ViolationKind: ViolationRule] = [:]
        var content = sceneText + personText + streetText
        for kind in ViolationKind.allCases {
            let path = "\(folder)/\(kind.rawValue).yaml"
            let text = try StrictDocument.text(of: path)
            let node = try StrictDocument.node(text, file: path)
            try StrictDocument.refuseUnknownKeys(node, known: ["violation", "rule", "night", "provenance"], file: path)
            try refuseUnknownKeys(of: node, file: path)
            let profile = try StrictDocument.decode(Profile.self, node, file: path)
            guard profile.violation == kind else {
                throw SettingsError(file: path, line: 1, reason: "is the profile of \(profile.violation.rawValue), not of \(kind.rawValue)")
            }
            rules[kind] = profile.rule
            if let night = profile.night { nightRules[kind] = profile.rule.overridden(by: night) }
            content += text
        }
        let version = String(ContentHash(of: Array(content.utf8)).hex.prefix(12))
        return ProfileLibrary(
            analysis: analysis,
            rules: RuleBook(version: version, rules: rules, nightRules: nightRules, person: person, street: street))
    }

    private static func refuseUnknownKeys(of profile: Node, file: String) throws(SettingsError) {
        let parts: [(key: String, known: [String])] = [
            ("rule", ViolationRule.CodingKeys.allCases.map(\.rawValue)), ("night", NightPart.CodingKeys.allCases.map(\.rawValue)),
        ]
        for (key, known) in parts {
            guard let part = profile.mapping?[key] else { continue }
            try StrictDocument.refuseUnknownKeys(part, known: Set(known), file: file)
            for look in part.mapping?["looks"]?.sequence ?? [] {
                try StrictDocument.refuseUnknownKeys(
                    look, known: Set(FeatureRange.CodingKeys.allCases.map(\.rawValue)), file: file)
            }
        }
    }
}
