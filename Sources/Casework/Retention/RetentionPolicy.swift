public import Foundation

/// How long what is kept: one row for every way in which a case can end.
public struct RetentionRules: Codable, Sendable, Hashable {
    /// The shortest that a video may be kept (public-security video regulation of 2025, art. 17).
    public static let leastDays = 30
    /// The longest for what leads to no penalty: after two years an act can no longer be penalised (administrative penalty law art. 36).
    public static let mostDays = 730

    public struct Row: Codable, Sendable, Hashable, Identifiable {
        public var id: String
        public var states: [CaseState]
        /// Empty for every outcome of these states.
        public var outcomes: [CaseAction.Outcome]?
        public var minDays: Int
        /// Nil where the archive's rule decides: this program never deletes such a case.
        public var maxDays: Int?
        /// By which rule, for people.
        public var article: BilingualText

        public init(
            id: String, states: [CaseState], outcomes: [CaseAction.Outcome]? = nil, minDays: Int, maxDays: Int?, article: BilingualText
        ) {
            self.id = id
            self.states = states
            self.outcomes = outcomes
            self.minDays = minDays
            self.maxDays = maxDays
            self.article = article
        }

        private enum CodingKeys: String, CodingKey {
            case id, states, outcomes, article
            case minDays = "min_days"
            case maxDays = "max_days"
        }

        func covers(_ state: CaseState, _ outcome: CaseAction.Outcome?) -> Bool {
            guard states.contains(state) else { return false }
            guard let outcomes, !outcomes.isEmpty else { return true }
            return outcome.map(outcomes.contains) ?? false
        }
    }

    public var rows: [Row]

    public init(rows: [Row]) {
        self.rows = rows
    }

    /// Everything that is wrong: gaps, rows that overlap, days outside the law, states that are not final.
    public func validate() throws(CatalogueError) {
        try CatalogueError.check("retention") { report in
            for id in rows.map(\.id).repeated { report("rows: “\(id)” stands more than once") }
            for (index, row) in rows.enumerated() {
                let place = "rows[\(index)] (\(row.id))"
                if !row.id.isIdentifier { report("\(place): the id may hold a–z, 0–9 and -, a letter first") }
                if row.article.isEmpty { report("\(place): the article is empty in one language") }
                for state in row.states where !state.isFinal { report("\(place): “\(state.rawValue)” is not over; it is never deleted") }
                if row.minDays < Self.leastDays { report("\(place): min_days is \(row.minDays), below the law's \(Self.leastDays)") }
                if let most = row.maxDays, most < row.minDays || most > Self.mostDays {
                    report("\(place): max_days is \(most); it must be from min_days to \(Self.mostDays)")
                }
            }
            for (state, outcome) in Self.endings {
                let count = rows.count { $0.covers(state, outcome) }
                let name = state.rawValue + (outcome.map { " (\($0.rawValue))" } ?? "")
                if count != 1 { report("rows: \(count == 0 ? "none" : "\(count)") for \(name)") }
            }
        }
    }

    /// Every way in which a case can end.
    static let endings: [(CaseState, CaseAction.Outcome?)] = CaseState.allCases.filter(\.isFinal).flatMap { state in
        state == .closed ? CaseAction.Outcome.allCases.map { (state, $0) } : [(state, nil)]
    }
}

/// What may become of a case's package at a moment. A pure value without a clock.
public struct RetentionPolicy: Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        /// Somebody still has to do something.
        case open
        case hold
        /// The shortest time is not over.
        case minimum
        /// The archive's rule decides.
        case archive
        /// The package is gone already.
        case deleted
        /// No row says what to do: kept until somebody does.
        case noRule
    }

    public enum Verdict: Sendable, Hashable {
        case keep(until: Date?, Reason, RetentionRules.Row?)
        /// Past the shortest time; nobody has to.
        case mayDelete(RetentionRules.Row, mustAt: Date)
        /// Past the longest time.
        case mustDelete(RetentionRules.Row, since: Date)
    }

    public var rules: RetentionRules

    public init(rules: RetentionRules) {
        self.rules = rules
    }

    /// An open case and one under legal hold are kept, whatever the rules say.
    public func verdict(_ record: CaseRecord, at now: Date) -> Verdict {
        let standing = record.standing
        if record.deletedAt != nil { return .keep(until: nil, .deleted, nil) }
        if standing.hold != nil { return .keep(until: nil, .hold, nil) }
        guard standing.state.isFinal, let settled = standing.settledAt else { return .keep(until: nil, .open, nil) }
        guard let row = rules.rows.first(where: { $0.covers(standing.state, standing.outcome) }) else {
            return .keep(until: nil, .noRule, nil)
        }
        let least = max(row.minDays, RetentionRules.leastDays)
        let earliest = settled.addingTimeInterval(Double(least) * 86_400)
        if now < earliest { return .keep(until: earliest, .minimum, row) }
        guard let most = row.maxDays else { return .keep(until: nil, .archive, row) }
        let latest = settled.addingTimeInterval(Double(max(most, least)) * 86_400)
        return now < latest ? .mayDelete(row, mustAt: latest) : .mustDelete(row, since: latest)
    }
}
