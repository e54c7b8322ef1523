import CaseStoreSQLite
import Casework
import Foundation
import Testing

@Suite("The benchmark's store")
struct StoreFillerTests {
    @Test("it holds what the program itself would have written: no problem, all stages, totals of each day")
    func sound() async throws {
        try await QueueTests.withCases { store in
            #expect(try await store.problems() == [])
            let counts = try await store.counts()
            #expect(counts.byState.values.reduce(0, +) == 3_000)
            for state in [CaseState.candidate, .screened, .falseAlarm, .closed, .handedOver, .transferred, .exempt] {
                #expect(counts.byState[state.rawValue] ?? 0 > 0, "\(state)")
            }
            let last = LocalDay(TemporaryStore.start, in: TimeZone(secondsFromGMT: 28_800) ?? .gmt)
            let summary = try await store.summary(last.adding(days: -30)...last, channels: nil)
            #expect(summary.total.found == 3_000 && summary.reviews.cases == summary.total.reviewed)
            // It can be worked on like any other.
            let id = try #require(try await store.cases(CaseFilter(), after: nil, limit: 1).cases.first?.id)
            _ = try await store.act(
                caseID: id, CaseAction(.falseAlarm, reason: "delivery", declaresNoConflict: true), by: "officer-1",
                at: TemporaryStore.start + 60)
            #expect(try await store.problems() == [])
        }
    }

    @Test("each kind of question is timed as often as asked")
    func questions() async throws {
        try await QueueTests.withCases { store in
            let times = try await StoreBench(store: store, filled: QueueTests.filler, questions: 5).run()
            #expect(times.count == 7 && times.allSatisfy { $0.count == 5 && $0.p50_ms <= $0.p95_ms && $0.p95_ms <= $0.max_ms })
        }
    }
}
