import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Pages of the queue")
struct QueueTests {
    static let filler = StoreFiller(cases: 3_000, channels: 5, days: 20, shops: 30, until: TemporaryStore.start)

    static func withCases(_ body: (SQLiteCaseStore) async throws -> Void) async throws {
        let folder = try TemporaryStore.makeFolder()
        let store = try SQLiteCaseStore.open(directory: folder, now: { TemporaryStore.start })
        defer {
            try? store.close()
            try? FileManager.default.removeItem(at: folder)
        }
        try await filler.fill(store)
        try await body(store)
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

    private static func matches(_ record: CaseRecord, _ filter: CaseFilter) -> Bool {
        guard filter.states.isEmpty || filter.states.contains(record.state) else { return false }
        if let violation = filter.violation, violation != record.incident.violation { return false }
        if let channel = filter.channelID, channel != record.incident.channelID { return false }
        if let from = filter.from, record.createdAt < from { return false }
        if let until = filter.until, record.createdAt >= until { return false }
        if let shop = filter.shopID, shop != record.standing.shopID { return false }
        if let outcome = filter.outcome, outcome != record.standing.outcome { return false }
        if let officer = filter.decidedBy, officer != record.decision?.userID { return false }
        return true
    }

    private static func filter(_ generator: inout SplitMix) -> CaseFilter {
        func draw<Value>(_ values: [Value]) -> Value? { Bool.random(using: &generator) ? values.randomElement(using: &generator) : nil }
        let from = draw((0..<20).map { TemporaryStore.start - Double($0) * 86_400 })
        return CaseFilter(
            states: CaseState.allCases.filter { _ in Bool.random(using: &generator) },
            violation: draw(StoreFiller.violations.map(\.id)), channelID: draw((0..<5).map(StoreFiller.channelID)), from: from,
            until: from.flatMap { draw([$0 + 86_400, $0 + 400_000]) }, shopID: draw((0..<30).map(StoreFiller.shopID)),
            outcome: draw(CaseAction.Outcome.allCases), decidedBy: draw(StoreFiller.officers))
    }

    @Test("every mix of filters gives what looking at each of 3,000 cases gives, each once, newest first")
    func anyMix() async throws {
        try await Self.withCases { store in
            let cases = try await Self.all(store, CaseFilter(states: []), limit: 500)
            #expect(cases.count == 3_000)
            #expect(zip(cases, cases.dropFirst()).allSatisfy { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) })
            var generator = SplitMix(state: 5)
            var shapes: Set<String> = []
            var found = 0
            for _ in 0..<300 {
                let filter = Self.filter(&generator)
                shapes.insert(try CaseWalk(filter, after: nil, limit: 1).index)
                let ids = try await Self.all(store, filter, limit: 7).map(\.id)
                #expect(ids == cases.filter { Self.matches($0, filter) }.map(\.id), "\(filter)")
                found += ids.count
            }
            #expect(shapes.count == 7 && found > 300, "\(shapes)")
        }
    }

    @Test("pages give each old case once while new cases arrive")
    func whileArriving() async throws {
        try await Self.withCases { store in
            try await store.addChannel(TemporaryStore.channel("c1"))
            async let arrivals: Void = {
                for index in 0..<200 {
                    let record = TemporaryStore.record("n\(index)", createdAt: TemporaryStore.start + Double(index))
                    try await store.addCase(record, actor: "machine")
                }
            }()
            let found = try await Self.all(store, CaseFilter(states: []), limit: 20).filter { !$0.id.hasPrefix("n") }
            try await arrivals
            #expect(found.count == 3_000)
            #expect(Set(found.map(\.id)).count == 3_000)
            #expect(try await store.cases(CaseFilter(), after: nil, limit: 1).cases.first?.id == "n199")
        }
    }

    @Test("a page's limit is kept between 1 and 500", arguments: [(-1, 1), (0, 1), (1, 1), (500, 500), (5_000, 500)])
    func limits(_ asked: Int, _ given: Int) async throws {
        try await Self.withCases { store in
            let page = try await store.cases(CaseFilter(states: []), after: nil, limit: asked)
            #expect(page.cases.count == given)
        }
    }

    static let shapes: [(filter: CaseFilter, index: String)] = [
        (CaseFilter(), "cases_by_state"), (CaseFilter(from: TemporaryStore.start), "cases_by_state"),
        (CaseFilter(violation: "piled-goods"), "cases_by_violation"), (CaseFilter(channelID: "c1"), "cases_by_channel"),
        (CaseFilter(violation: "piled-goods", channelID: "c1", decidedBy: "wang"), "cases_by_channel_and_violation"),
        (CaseFilter(violation: "piled-goods", shopID: "s"), "cases_by_shop"),
        (CaseFilter(states: [], decidedBy: "wang"), "cases_by_decider"),
        (CaseFilter(states: [], outcome: .revoked), "cases_by_outcome"),
        (CaseFilter(states: [.closed], violation: "piled-goods", outcome: .revoked), "cases_by_violation"),
    ]

    @Test("every shape of page searches its index, sorts nothing and scans nothing", arguments: shapes.indices, [false, true])
    func plans(_ shape: Int, _ isLater: Bool) async throws {
        let (filter, index) = Self.shapes[shape]
        try await TemporaryStore.with { temporary in
            let cursor = isLater ? CaseCursor(createdAt: TemporaryStore.start, id: "k") : nil
            let walk = try CaseWalk(filter, after: cursor, limit: 21)
            #expect(walk.index == index)
            let piece = try #require(walk.pieces.first)
            try await Self.expectSearch(temporary.store, walk.sql, walk.arguments(of: piece))
        }
    }

    @Test("one case, its events, prefixes of ids and totals are found by index")
    func otherPlans() async throws {
        try await TemporaryStore.with { temporary in
            let range: StatementArguments = ["first": 1, "last": 9]
            let statements: [(String, StatementArguments)] = [
                (CaseQuery.one, ["k"]), (CaseQuery.eventsOfCase, ["k"]), (CaseQuery.totalsOfStore, []),
                (CaseQuery.totalsByViolation, range), (CaseQuery.totalsByChannel, range),
            ]
            let prefix: StatementArguments = ["low": "a", "high": "b", "limit": 9]
            for (sql, arguments) in statements + ["id", "incident_id", "package_path"].map({ (CaseQuery.startingWith($0), prefix) }) {
                try await Self.expectSearch(temporary.store, sql, arguments)
            }
        }
    }

    private static func expectSearch(
        _ store: SQLiteCaseStore, _ sql: String, _ arguments: StatementArguments, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let plan = try await store.pool.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments).map { $0["detail"] as String }
        }
        #expect(
            !plan.isEmpty && !plan.contains { $0.hasPrefix("SCAN") || $0.contains("ORDER BY") }, "\(plan)", sourceLocation: sourceLocation)
    }

    @Test("the counts follow the cases")
    func counts() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let none = try await store.counts()
            #expect(none.byState == Dictionary(uniqueKeysWithValues: CaseState.allCases.map { ($0.rawValue, 0) }))
            for id in ["k1", "k2", "k3"] { try await store.addCase(TemporaryStore.record(id), actor: "machine") }
            try await store.addCase(TemporaryStore.record("k4", violation: "parked-bikes"), actor: "machine")
            #expect(try await store.counts().byState["candidate"] == 4)
            #expect(try await store.counts().candidatesByViolation == ["piled-goods": 3, "parked-bikes": 1])
            _ = try await store.act(caseID: "k4", TemporaryStore.review(.falseAlarm), by: "wang", at: TemporaryStore.start)
            #expect(try await store.counts().byState["candidate"] == 3)
            #expect(try await store.counts().byState["false-alarm"] == 1)
            #expect(try await store.counts().candidatesByViolation == ["piled-goods": 3])
            let paths = try await store.packagePaths()
            #expect(paths == Dictionary(uniqueKeysWithValues: (1...4).map { ("k\($0)", "2025/11/k\($0)") }))
        }
    }
}
