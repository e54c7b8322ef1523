import Foundation

/// Why a run's zones were put in force: the note of the version that they became.
public struct ZonesApproval: Codable, Sendable, Hashable {
    /// Who approved it, as the pages show that person.
    public var name: String
    public var reason: String
    /// The run that was made with these zones.
    public var runID: String
    /// The run that it was compared with; nil for the officers' decisions.
    public var comparedWith: String?
    /// What the comparison said of this channel.
    public var count: ChangeCount
    /// Against decisions, of this channel; nil where two runs were compared or nothing was decided.
    public var recall: Double?
    public var precision: Double?

    public init(name: String, reason: String, runID: String, comparison: RunComparison, channelID: String) {
        self.name = name
        self.reason = reason
        self.runID = runID
        comparedWith = comparison.before.runID
        count = comparison.byChannel[channelID] ?? ChangeCount()
        let score = comparison.score.map { _ in DecisionScore(comparison.entries.filter { $0.subject?.channelID == channelID }) }
        recall = score?.recall
        precision = score?.precision
    }

    /// nil for a note that says something else.
    public init?(note: String) {
        guard let approval = try? JSONDecoder().decode(Self.self, from: Data(note.utf8)) else { return nil }
        self = approval
    }

    /// As it stands in `ZonesVersionRecord.note`.
    public func note() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
