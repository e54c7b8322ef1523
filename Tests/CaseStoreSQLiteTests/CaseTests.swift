import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Incidents and cases")
struct CaseTests {
    @Test("a case is read back as it was added, with a sealed line in its log")
    func roundTrip() async throws {
        try await TemporaryStore.with { temporary in
            let record = TemporaryStore.record("k1")
            #expect(try await temporary.store.addCase(record, actor: "machine"))
            #expect(try await temporary.store.caseRecord(id: "k1") == record)
            let events = try await temporary.store.events(caseID: "k1")
            #expect(events.map(\.kind) == ["sealed"])
            #expect(events[0].detail.contains(record.manifestSHA256))
            #expect(events[0].sequence == 1)
            #expect(try await temporary.store.caseRecord(id: "k2") == nil)
        }
    }

    @Test("adding the same case again changes nothing, and with another manifest is a conflict")
    func idempotent() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var record = TemporaryStore.record("k1")
            try await store.addCase(record, actor: "machine")
            _ = try await store.act(caseID: "k1", TemporaryStore.review(), by: "wang", at: TemporaryStore.start)
            #expect(try await store.addCase(record, actor: "machine") == false)
            #expect(try await store.caseRecord(id: "k1")?.state == .confirmed)
            #expect(try await store.events(caseID: "k1").count == 2)
            record.manifestSHA256 = String(repeating: "b", count: 64)
            await #expect(
                throws: CaseStoreError.conflict("case k1: stored with manifest \(String(repeating: "a", count: 64))")
            ) {
                try await store.addCase(record, actor: "machine")
            }
        }
    }

    @Test("ten tasks that add the same case at once add it once")
    func addedAtOnce() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let added = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 {
                    group.addTask { try await store.addCase(TemporaryStore.record("k1"), actor: "machine") }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(added == 1)
            #expect(try await store.events(caseID: "k1").count == 1)
        }
    }

    @Test("one incident has one case, and one package belongs to one case")
    func oneActOneCase() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            var sameIncident = TemporaryStore.record("k2")
            sameIncident.incident.id = "i-k1"
            var samePackage = TemporaryStore.record("k3")
            samePackage.packagePath = "2025/11/k1"
            for record in [sameIncident, samePackage] {
                await #expect(throws: CaseStoreError.self) { try await store.addCase(record, actor: "machine") }
                #expect(try await store.caseRecord(id: record.id) == nil)
            }
        }
    }

    @Test("a case that cannot be added leaves neither its incident nor a line in the log")
    func allOrNothing() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var broken = TemporaryStore.record("k1")
            broken.incident.score = 2
            var elsewhere = TemporaryStore.record("k2")
            elsewhere.incident.channelID = "nowhere"
            var decided = TemporaryStore.record("k3")
            decided.standing.state = .confirmed
            var boxless = TemporaryStore.record("k4")
            boxless.incident.box = [1, 2, 3]
            for record in [broken, elsewhere, decided, boxless] {
                await #expect(throws: CaseStoreError.self) { try await store.addCase(record, actor: "machine") }
            }
            for table in ["incidents", "cases", "case_events"] {
                let rows = try await store.pool.read { db in try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM \(table)")
                }
                #expect(rows == 0)
            }
        }
    }

    @Test(
        "an incident's phase moves forward only",
        arguments: [IncidentRecord.Phase.opened, .confirmed, .cleared],
        [IncidentRecord.Phase.opened, .confirmed, .cleared])
    func phases(_ first: IncidentRecord.Phase, _ second: IncidentRecord.Phase) async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let order: [IncidentRecord.Phase] = [.opened, .confirmed, .cleared]
            try await store.recordIncident(TemporaryStore.incident("i1", phase: first))
            var later = TemporaryStore.incident("i1", phase: second)
            later.box = [1, 1, 1, 1]
            try await store.recordIncident(later)
            let moves = (order.firstIndex(of: second) ?? 0) >= (order.firstIndex(of: first) ?? 0)
            let stored = try await store.pool.read { db in
                try String.fetchOne(
                    db, sql: "SELECT phase || ' ' || box_x || iif(cleared_at IS NULL, '', ' cleared') FROM incidents")
            }
            let clearedAt = first == .cleared || second == .cleared ? " cleared" : ""
            #expect(stored == (moves ? "\(second) 1" : "\(first) 10") + clearedAt)
        }
    }

    @Test("clearing an incident writes one line into its case's log")
    func cleared() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addCase(TemporaryStore.record("k1"), actor: "machine")
            let cleared = TemporaryStore.incident("i-k1", phase: .cleared)
            try await store.recordIncident(cleared)
            try await store.recordIncident(cleared)
            #expect(try await store.events(caseID: "k1").map(\.kind) == ["sealed", "cleared"])
            #expect(try await store.caseRecord(id: "k1")?.incident.clearedAt == TemporaryStore.start + 60)
        }
    }

    @Test("an incident cannot become another channel's, violation's or zone's")
    func identity() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addChannel(TemporaryStore.channel("c2"))
            let incident = TemporaryStore.incident("i1")
            try await store.recordIncident(incident)
            var moved = incident
            moved.channelID = "c2"
            var renamed = incident
            renamed.violation = "parked-bikes"
            var rezoned = incident
            rezoned.zoneID = "z2"
            for other in [moved, renamed, rezoned] {
                await #expect(throws: CaseStoreError.self) { try await store.recordIncident(other) }
            }
        }
    }
}
