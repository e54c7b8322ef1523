import Evidence
import Foundation
public import SceneAnalysis
public import Violations
import Yams

/// The tuned numbers in `Models/`: how to see, and one profile for each violation.
public struct ProfileLibrary: Sendable {
    public let analysis: AnalysisSettings
    public let rules: RuleBook

    private struct Profile: Codable {
        var violation: ViolationKind
        var rule: ViolationRule
        var night: NightPart?
    }

    /// - Throws: `SettingsError` with file and line for the first thing that is wrong.
    public static func load(folder: String) throws(SettingsError) -> ProfileLibrary {
        var content = ""
        func read<Value: Codable>(_ type: Value.Type, _ name: String) throws(SettingsError) -> Value {
            let path = "\(folder)/\(name).yaml"
            let text = try StrictDocument.text(of: path)
            content += text
            var node = try StrictDocument.node(text, file: path)
            // Where the numbers come from is told in whatever words fit.
            if case .mapping(var mapping) = node {
                mapping[Node("provenance")] = nil
                node = .mapping(mapping)
            }
            return try StrictDocument.decodeStrictly(type, node, file: path)
        }
        let analysis = try read(AnalysisSettings.self, "scene")
        let person = try read(PersonRule.self, "person")
        let street = try read(StreetRules.self, "street")
        var rules: [ViolationKind: ViolationRule] = [:]
        var nightRules: [ViolationKind: ViolationRule] = [:]
        for kind in ViolationKind.allCases {
            let profile = try read(Profile.self, kind.rawValue)
            guard profile.violation == kind else {
                throw SettingsError(
                    file: "\(folder)/\(kind.rawValue).yaml", line: 1,
                    reason: "is the profile of \(profile.violation.rawValue), not of \(kind.rawValue)")
            }
            rules[kind] = profile.rule
            if let night = profile.night { nightRules[kind] = profile.rule.overridden(by: night) }
        }
        let version = String(ContentHash(of: Array(content.utf8)).hex.prefix(12))
        return ProfileLibrary(
            analysis: analysis,
            rules: RuleBook(version: version, rules: rules, nightRules: nightRules, person: person, street: street))
    }
}
