public import Foundation

/// That a case went to a higher loop: the detail of its log line `escalated`.
public struct Escalation: Codable, Sendable, Hashable {
    public static let lineKind = "escalated"

    public var level: LoopLevel
    /// The clock that had run out; nil where enforcement power was needed.
    public var clock: CaseClock.Kind?
    /// When it was over.
    public var dueAt: Date?
    /// Code of the grid whose duty it is now; nil outside the tree.
    public var grid: String?
    /// Names of whoever was on duty there or above; telephone numbers stay in the roster.
    public var to: [String]

    public init(level: LoopLevel, clock: CaseClock.Kind?, dueAt: Date?, grid: String?, to: [String]) {
        self.level = level
        self.clock = clock
        self.dueAt = dueAt
        self.grid = grid
        self.to = to
    }

    /// All escalations of a case, oldest first.
    public static func all(in events: [CaseEvent]) -> [(at: Date, escalation: Escalation)] {
        events.filter { $0.kind == lineKind }.compactMap { event in
            CaseLine.decode(Escalation.self, event.detail).map { (event.at, $0) }
        }
    }

    /// The loop that the case is in, by its log.
    public static func level(in events: [CaseEvent]) -> LoopLevel { all(in: events).map(\.escalation.level).max() ?? .small }
}

/// Details of log lines that move no case, as text: keys sorted, times in milliseconds since 1970-01-01T00:00:00Z.
public enum CaseLine {
    public static func text(of detail: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Int64((date.timeIntervalSince1970 * 1_000).rounded()))
        }
        return String(decoding: try encoder.encode(detail), as: UTF8.self)
    }

    /// nil for a detail of another form.
    public static func decode<Detail: Decodable>(_ type: Detail.Type, _ text: String) -> Detail? {
        try? CaseLog.decoder().decode(type, from: Data(text.utf8))
    }
}
