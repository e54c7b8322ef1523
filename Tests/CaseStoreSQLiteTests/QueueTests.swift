import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Pages of the queue")
struct QueueTests {
    static let size = 5_000

    /// Fills the store in one transaction; every third case shares its millisecond with two others.
    static func fill(_ store: SQLiteCaseStore) async throws {
        try await store.addChannel(TemporaryStore.channel("c2"))
        try await store.pool.write { db in
            try db.execute(
                sql: """
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last)
                    INSERT INTO incidents SELECT printf('i%05d', i), iif(i % 2, 'c1', 'c2'),
                        iif(i % 5, 'piled-goods', 'parked-bikes'), 'z', 1, 'r', 'confirmed', 0, 0, NULL, 0, 0, 1, 1, 0.5
                    FROM n
                    """, arguments: ["last": size - 1])
            try db.execute(
                sql: """
                    INSERT INTO cases (id, incident_id, channel_id, violation, state, created_at, package_path, manifest_sha256, standing)
                    SELECT replace(id, 'i', 'k'), id, channel_id, violation,
                        iif(substr(id, 2) % 4, 'candidate', 'confirmed'), 1000000 + substr(id, 2) / 3, 'p/' || id, 'm',
                        json_object('state', iif(substr(id, 2) % 4, 'candidate', 'confirmed'), 'corrections', 0, 'recused', json_array())
                    FROM incidents
                    """)
        }
    }

    static func all(_ store: SQLiteCaseStore, _ filter: CaseFilter, limit: Int) async throws -> [CaseRecord] {
        var found: [CaseRecord] = []
        var cursor: CaseCursor?
        repeat {
            let page = try await store.cases(filter, after: cursor, limit: limit)
            found += page.cases
            #expect(page.cases.count <= limit)
            cursor = page.next
        } while cursor != nil
        return found
    }

    @Test(
        "pages give each of 5,000 cases once, newest first, in every shape of the queue",
        arguments: [
            (CaseFilter(), 3_750), (CaseFilter(states: []), 5_000), (CaseFilter(states: CaseState.allCases), 5_000),
            (CaseFilter(states: [.confirmed, .candidate, .confirmed]), 5_000), (CaseFilter(states: [.exempt]), 0),
            (CaseFilter(violation: "parked-bikes"), 750), (CaseFilter(states: [], channelID: "c1"), 2_500),
            (CaseFilter(states: [], violation: "parked-bikes", channelID: "c2"), 500),
        ])
    func eachOnce(_ filter: CaseFilter, _ count: Int) async throws {
        try await TemporaryStore.with { temporary in
            try await Self.fill(temporary.store)
            let found = try await Self.all(temporary.store, filter, limit: 97)
            #expect(found.count == count)
            #expect(Set(found.map(\.id)).count == count)
            #expect(zip(found, found.dropFirst()).allSatisfy { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) })
            #expect(found.allSatisfy { filter.violation == nil || $0.incident.violation == filter.violation })
            #expect(found.allSatisfy { filter.channelID == nil || $0.incident.channelID == filter.channelID })
        }
    }

    @Test("pages give each old case once while new cases arrive")
    func whileArriving() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await Self.fill(store)
            async let arrivals: Void = {
                for index in 0..<200 {
                    let record = TemporaryStore.record("n\(index)", createdAt: TemporaryStore.start + Double(index))
                    try await store.addCase(record, actor: "machine")
                }
            }()
            let found = try await Self.all(store, CaseFilter(), limit: 20).filter { $0.id.hasPrefix("k") }
            try await arrivals
            #expect(found.count == 3_750)
            #expect(Set(found.map(\.id)).count == 3_750)
            #expect(try await store.cases(CaseFilter(), after: nil, limit: 1).cases.first?.id == "n199")
        }
    }

    @Test("a page's limit is kept between 1 and 500", arguments: [(-1, 1), (0, 1), (1, 1), (500, 500), (5_000, 500)])
    func limits(_ asked: Int, _ given: Int) async throws {
        try await TemporaryStore.with { temporary in
            try await Self.fill(temporary.store)
            #expect(try await temporary.store.cases(CaseFilter(), after: nil, limit: asked).cases.count == given)
        }
    }

    @Test(
        "every shape of page walks an index: no scan, no sorting", arguments: [false, true],
        [(false, false), (true, false), (false, true), (true, true)])
    func plans(_ after: Bool, _ shape: (violation: Bool, channel: Bool)) async throws {
        try await TemporaryStore.with { temporary in
            try await Self.fill(temporary.store)
            let sql = CaseQuery.page(byViolation: shape.violation, byChannel: shape.channel, after: after)
            var arguments: StatementArguments = ["state": "candidate", "limit": 21]
            if shape.violation { arguments += ["violation": "piled-goods"] }
            if shape.channel { arguments += ["channel": "c1"] }
            if after { arguments += ["created_at": 1_000_900, "id": "k02700"] }
            // With both, either narrower index will do; which one is better is the planner's to know.
            let index =
                switch shape {
                case (false, false): "cases_by_state "
                case (true, false): "cases_by_state_and_violation "
                case (false, true): "cases_by_state_and_channel "
                case (true, true): "cases_by_state_and_"
                }
            try await Self.expectIndexed(temporary.store, sql, arguments, by: index)
            try await temporary.store.pool.write { db in try db.execute(sql: "ANALYZE") }
            try await Self.expectIndexed(temporary.store, sql, arguments, by: index)
        }
    }

    @Test("one case, its events and the counts of candidates are found by index")
    func otherPlans() async throws {
        try await TemporaryStore.with { temporary in
            try await Self.fill(temporary.store)
            try await Self.expectIndexed(temporary.store, CaseQuery.one, ["k00001"])
            try await Self.expectIndexed(temporary.store, CaseQuery.eventsOfCase, ["k00001"])
            try await Self.expectIndexed(temporary.store, CaseQuery.candidatesByViolation, ["candidate"])
        }
    }

    private static func expectIndexed(
        _ store: SQLiteCaseStore, _ sql: String, _ arguments: StatementArguments, by index: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let plan = try await store.pool.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] as String }
        }
        #expect(plan.first?.contains("INDEX \(index)") == true, "\(plan)", sourceLocation: sourceLocation)
        for line in plan {
            #expect(line.hasPrefix("SEARCH"), "\(plan)", sourceLocation: sourceLocation)
        }
    }

    @Test("the counts follow the cases")
    func counts() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            #expect(
                try await store.counts().byState == Dictionary(uniqueKeysWithValues: CaseState.allCases.map { ($0.rawValue, 0) }))
            try await Self.fill(store)
            #expect(try await store.counts().byState["candidate"] == 3_750)
            #expect(try await store.counts().candidatesByViolation == ["piled-goods": 3_000, "parked-bikes": 750])
            _ = try await store.act(caseID: "k00001", TemporaryStore.review(.falseAlarm), by: "wang", at: TemporaryStore.start)
            #expect(try await store.counts().byState["candidate"] == 3_749)
            #expect(try await store.counts().byState["false-alarm"] == 1)
            #expect(try await store.packagePaths().count == 5_000)
            #expect(try await store.packagePaths()["k00001"] == "p/i00001")
        }
    }
}
