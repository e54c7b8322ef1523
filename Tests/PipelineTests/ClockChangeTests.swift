import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import Pipeline
import Testing

@Suite("Clocks that change")
struct ClockChangeTests {
    /// Minutes after the start, and the zone's offset: as it should be, an hour pushed back, another zone, before and after a
    /// daylight jump, a leap day, and back again.
    private static let moments: [(minute: Int, offset: Int)] = [
        (0, 480), (90, 480), (30, 480), (31, -300), (minute("2027-03-28T00:59:00Z"), 60), (minute("2027-03-28T01:01:00Z"), 120),
        (minute("2028-02-29T15:59:30Z"), 480), (minute("2028-02-29T16:00:30Z"), 480), (40, 480),
    ]

    private static func minute(_ text: String) -> Int {
        guard let date = try? Date(text, strategy: .iso8601) else { return .min }
        return Int(date.timeIntervalSince(SealedCases.start) / 60)
    }

    @Test("pushed back an hour, another zone, a daylight jump, a leap day: chain, logs and deadlines stand")
    func all() async throws {
        let cases = try await SealedCases()
        let rules = try ClockBookSettings.shipped()
        var records: [CaseRecord] = []
        for (minute, offset) in Self.moments {
            let record = try await cases.add(minute, utcOffsetMinutes: offset)
            try await cases.act(record.id, SealedCases.review(.confirm), after: Double(minute) * 60 + 600)
            records.append(record)
        }
        // One whose officer's clock is an hour behind the machine's.
        let late = try await cases.add(100)
        try await cases.act(late.id, SealedCases.review(.falseAlarm), after: 100 * 60 - 3_600)
        let report = EvidenceVerifier(trustedKeys: [cases.key.publicKey]).verify(store: cases.folder)
        #expect(report.isIntact && report.packageCount == Self.moments.count + 1, "\(report.lines)")
        #expect(try await cases.store.problems().isEmpty)
        for (record, (minute, _)) in zip(records, Self.moments) {
            let events = try await cases.store.events(caseID: record.id)
            let clocks = rules.clocks(of: try #require(try await cases.store.caseRecord(id: record.id)), events: events)
            let review = try #require(clocks.first { $0.kind == .review })
            let made = SealedCases.start + Double(minute) * 60
            #expect(review.startedAt == made && review.dueAt == made + 1_800 && review.stoppedAt == made + 600)
            #expect(review.status(at: .distantFuture) == .met)
        }
        let events = try await cases.store.events(caseID: late.id)
        let clocks = rules.clocks(of: try #require(try await cases.store.caseRecord(id: late.id)), events: events)
        #expect(clocks.first { $0.kind == .review }?.status(at: .distantFuture) == .met)
        // The next package and the next line find their places as if nothing had been.
        _ = try await cases.add(200)
        #expect(EvidenceVerifier().verify(store: cases.folder).isIntact)
    }
}
