import Foundation
public import Violations
import Yams

/// The text of a profile in `Models/`: its numbers can be changed without touching the reasons written beside them.
public struct ProfileText: Sendable {
    /// What a tuned profile says of itself.
    public struct Provenance: Sendable, Hashable {
        /// Names of the folders, without their paths.
        public var folders: [String]
        public var clips: Int
        /// ISO 8601, a day.
        public var date: String
        public var train: TypeScore
        public var heldOut: TypeScore
        /// False for decided cases, which are no footage: without hours there is no rate of false findings.
        public var isFootage: Bool

        public init(
            folders: [String], clips: Int, date: String, train: TypeScore, heldOut: TypeScore, isFootage: Bool = true
        ) {
            self.folders = folders
            self.clips = clips
            self.date = date
            self.train = train
            self.heldOut = heldOut
            self.isFootage = isFootage
        }
    }

    private struct Document: Decodable {
        var rule: ViolationRule
    }

    private let path: String
    private var lines: [String]

    public init(path: String) throws(SettingsError) {
        self.path = path
        lines = try StrictDocument.text(of: path).components(separatedBy: "\n")
    }

    package init(path: String, text: String) {
        self.path = path
        lines = text.components(separatedBy: "\n")
    }

    public var text: String { lines.joined(separator: "\n") }

    /// Puts the numbers of `tuned` in place of those of `present`, and replaces the provenance.
    /// - Throws: `SettingsError` if a number is not where it is expected, or the text does not come to the same rule.
    public mutating func set(_ tuned: ViolationRule, from present: ViolationRule, provenance: Provenance) throws(SettingsError) {
        for number in TunableNumber.all(of: present) where number.value(in: tuned) != number.value(in: present) {
            try replace(number, with: number.value(in: tuned))
        }
        replaceProvenance(provenance)
        let document = try StrictDocument.decode(Document.self, StrictDocument.node(text, file: path), file: path)
        guard document.rule == tuned else {
            throw SettingsError(file: path, line: nil, reason: "is laid out so that its numbers cannot be replaced: nothing was written")
        }
    }

    private mutating func replace(_ number: TunableNumber, with value: Double) throws(SettingsError) {
        let text = Self.text(of: value)
        switch number {
        case .minimumArea: try replaceScalar("minimum_area", text)
        case .minimumVisible: try replaceScalar("minimum_visible", text)
        case .minimumSolidity: try replaceScalar("minimum_solidity", text)
        case .lookFrom(let index): try replaceLook(index, "from", text)
        case .lookTo(let index): try replaceLook(index, "to", text)
        }
    }

    private mutating func replaceScalar(_ key: String, _ text: String) throws(SettingsError) {
        for line in ruleLines where replaceMatch("^(\\s+\(key):\\s*)[-+0-9.eE]+", in: line, with: text) { return }
        throw SettingsError(file: path, line: nil, reason: "“\(key)” was not found")
    }

    /// Lines of the section `rule`.
    private var ruleLines: Range<Int> {
        guard let start = lines.firstIndex(where: { $0.hasPrefix("rule:") }) else { return 0..<0 }
        let end = lines[(start + 1)...].firstIndex { line in
            line.first.map { !$0.isWhitespace && $0 != "#" } ?? false
        }
        return start + 1..<(end ?? lines.count)
    }

    private mutating func replaceLook(_ index: Int, _ end: String, _ text: String) throws(SettingsError) {
        let places = ruleLines.filter { lines[$0].trimmingCharacters(in: .whitespaces).hasPrefix("- {feature:") }
        guard index < places.count, replaceMatch("([{,]\\s*\(end):\\s*)[-+0-9.eE]+", in: places[index], with: text) else {
            throw SettingsError(
                file: path, line: index < places.count ? places[index] + 1 : nil,
                reason: "look \(index + 1) must stand on one line as {feature: …, \(end): …}")
        }
    }

    /// Replaces what follows the pattern's first group; false without a match.
    private mutating func replaceMatch(_ pattern: String, in line: Int, with text: String) -> Bool {
        guard let expression = try? NSRegularExpression(pattern: pattern) else { return false }
        let whole = NSRange(lines[line].startIndex..., in: lines[line])
        guard expression.firstMatch(in: lines[line], range: whole) != nil else { return false }
        lines[line] = expression.stringByReplacingMatches(in: lines[line], range: whole, withTemplate: "$1\(text)")
        return true
    }

    private mutating func replaceProvenance(_ provenance: Provenance) {
        let start = lines.firstIndex { $0.hasPrefix("provenance:") } ?? lines.count
        var end = min(start + 1, lines.count)
        while end < lines.count, lines[end].first?.isWhitespace == true { end += 1 }
        func score(_ score: TypeScore) -> String {
            "{recall: \(Self.text(of: TunableNumber.rounded(score.recall))), precision: "
                + "\(Self.text(of: TunableNumber.rounded(score.precision))), f1: \(Self.text(of: TunableNumber.rounded(score.f1)))"
                + (provenance.isFootage ? ", false_per_hour: \(Self.text(of: TunableNumber.rounded(score.falsePerHour)))}" : "}")
        }
        lines.replaceSubrange(
            start..<end,
            with: [
                "provenance:", "  tuned_on: [\(provenance.folders.joined(separator: ", "))]", "  clips: \(provenance.clips)",
                "  date: \(provenance.date)", "  train: \(score(provenance.train))", "  held_out: \(score(provenance.heldOut))",
            ])
        if lines.last != "" { lines.append("") }
    }

    /// Without an exponent, which YAML readers do not agree on.
    private static func text(of value: Double) -> String {
        let text = String(format: "%.8f", value)
        let trimmed = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return trimmed.isEmpty ? "0" : String(trimmed.reversed())
    }
}
