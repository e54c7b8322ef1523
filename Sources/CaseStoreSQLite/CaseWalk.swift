package import Casework
import Foundation
package import GRDB

/// How a page of the queue is found: which index is walked backwards, and in which pieces.
///
/// An index gives its rows in order for one value of its leading columns only, so a page over several states is merged from
/// one walk each. Every walk is told its index: without statistics the planner cannot know which one is narrow, and with
/// statistics of a young store it would remember wrongly. Whatever the filter, a walk passes over rows of one channel, violation
/// (in a state), shop or officer at most, and over those without reading them.
package struct CaseWalk {
    /// States in which an outcome can stand: an objection keeps it.
    private static let endStates: [CaseState] = [.closed, .reexamination]

    package let index: String
    /// Of one piece; arguments by name.
    package let sql: String
    /// What each piece is given beside the common arguments.
    package let pieces: [[String: String]]
    private var common: [String: any DatabaseValueConvertible]

    package init(_ filter: CaseFilter, after cursor: CaseCursor?, limit: Int) throws {
        var states = filter.states.isEmpty ? CaseState.allCases : CaseState.allCases.filter(filter.states.contains)
        if filter.outcome != nil { states = states.filter(Self.endStates.contains) }
        var conditions: [String] = []
        var common: [String: any DatabaseValueConvertible] = ["limit": limit]
        func require(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            common[name] = value
        }
        require("violation = :violation", "violation", filter.violation)
        require("shop_id = :shop", "shop", filter.shopID)
        require("outcome = :outcome", "outcome", filter.outcome?.rawValue)
        require("decided_by = :decider", "decider", filter.decidedBy)
        require("created_at >= :from", "from", try StoreTime.milliseconds(ifAny: filter.from))
        // One end only: the planner would take either, and pass over all that lies before the other.
        if let cursor, filter.until.map({ cursor.createdAt < $0 }) ?? true {
            conditions.append("(created_at, id) < (:created_at, :id)")
            common["created_at"] = try StoreTime.milliseconds(cursor.createdAt)
            common["id"] = cursor.id
        } else {
            require("created_at < :until", "until", try StoreTime.milliseconds(ifAny: filter.until))
        }
        index = Self.index(for: filter)
        let channels = Self.channels(filter, index)
        if channels != nil {
            conditions.append("channel_id = :channel")
        } else if let scope = filter.scope.channelIDs {
            require("+channel_id IN (SELECT value FROM json_each(:scope))", "scope", try JSONText.of(scope.sorted()))
        }
        let channel = channels?.map { ["channel": $0] } ?? [[:]]
        if Self.stateIndexes.contains(index) {
            conditions.insert("state = :state", at: 0)
            pieces = states.flatMap { state in channel.map { $0.merging(["state": state.rawValue]) { $1 } } }
        } else {
            // Names of states are the program's own: nothing of them needs to be quoted.
            if states.count < CaseState.allCases.count {
                conditions.append("state IN (\(states.map { "'\($0.rawValue)'" }.joined(separator: ", ")))")
            }
            pieces = states.isEmpty ? [] : channel
        }
        self.common = common
        sql = """
            SELECT created_at, id FROM cases INDEXED BY \(index) WHERE \(conditions.joined(separator: " AND "))
            ORDER BY created_at DESC, id DESC LIMIT :limit
            """
    }

    /// The channels that are walked one by one; nil where the index is of something else.
    ///
    /// Who may see some cameras only has these walked, and no rows of others passed over.
    private static func channels(_ filter: CaseFilter, _ index: String) -> [String]? {
        if let channel = filter.channelID { return filter.scope.holds(channel) ? [channel] : [] }
        guard let scope = filter.scope.channelIDs, channelIndexes.contains(index) else { return nil }
        return scope.sorted()
    }

    private static let channelIndexes: Set = ["cases_by_channel", "cases_by_channel_and_violation"]
    private static let stateIndexes: Set = [
        "cases_by_state", "cases_by_violation", "cases_by_channel", "cases_by_channel_and_violation",
    ]

    private static func index(for filter: CaseFilter) -> String {
        if filter.shopID != nil { return "cases_by_shop" }
        let isConfined = filter.scope.channelIDs != nil && filter.decidedBy == nil
        if filter.channelID != nil || isConfined { return filter.violation == nil ? "cases_by_channel" : "cases_by_channel_and_violation" }
        if filter.decidedBy != nil { return "cases_by_decider" }
        if filter.violation != nil { return "cases_by_violation" }
        return filter.outcome == nil ? "cases_by_state" : "cases_by_outcome"
    }

    package func arguments(of piece: [String: String]) -> StatementArguments {
        StatementArguments(common.merging(piece) { $1 })
    }

    /// A case's place in every list.
    struct Key: Hashable, Comparable {
        var at: Int64
        var id: String

        static func < (left: Key, right: Key) -> Bool { (left.at, left.id) < (right.at, right.id) }
    }

    /// Of the first `limit` cases of each piece, in no order.
    func keys(_ db: Database) throws -> [Key] {
        // States that cannot hold what is asked for leave nothing to be walked.
        guard !pieces.isEmpty else { return [] }
        let statement = try db.cachedStatement(sql: sql)
        return try pieces.flatMap { piece in
            try Row.fetchAll(statement, arguments: arguments(of: piece)).map { Key(at: $0[0], id: $0[1]) }
        }
    }

    /// Ids of at most `limit` cases, newest first.
    func ids(_ db: Database, limit: Int) throws -> [String] {
        try keys(db).sorted(by: >).prefix(limit).map(\.id)
    }
}
