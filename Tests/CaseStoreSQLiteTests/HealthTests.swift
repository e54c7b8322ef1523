import CaseStoreSQLite
import Casework
import Foundation
import GRDB
import Testing

@Suite("Health in the store")
struct HealthTests {
    private static let day = LocalDay(TemporaryStore.start, in: .gmt)

    private static func record(_ channel: String = "c1", _ day: LocalDay = HealthTests.day, minutes: Range<Int> = 0..<10) -> HealthDayRecord
    {
        var record = HealthDayRecord(channelID: channel, day: day)
        for minute in minutes {
            record.watched.insert(minute)
            if minute % 2 == 0 { record.eyesOpen.insert(minute) }
        }
        record.blindMinutes = ["view-black": 5]
        record.skippedFrames = ["damaged": 7]
        record.keyFramesDue = 300
        record.keyFramesAnalysed = 299
        record.reconnects = 2
        record.lateness.add(seconds: 0.2)
        return record
    }

    private static func fault(_ number: Int, _ kind: FaultKind = .view, channel: String? = "c1", minutes: Double = 0) -> FaultRecord {
        FaultRecord(
            id: String(format: "01900000-0000-7000-8000-%012d", number), channelID: channel, kind: kind, reason: "view-black",
            startedAt: TemporaryStore.start.addingTimeInterval(minutes * 60))
    }

    @Test("a day comes back as it was saved, and saving it again replaces it")
    func days() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            try await store.addChannel(TemporaryStore.channel("c2"))
            try await store.saveHealth([Self.record(), Self.record("c2")])
            try await store.saveHealth([Self.record(minutes: 0..<20)])
            let days = try await store.health(Self.day...Self.day, channelID: nil)
            #expect(days == [Self.record(minutes: 0..<20), Self.record("c2")])
            #expect(try await store.health(Self.day...Self.day, channelID: "c2").count == 1)
            let other = Self.day.adding(days: 1)
            #expect(try await store.health(other...other, channelID: nil).isEmpty)
        }
    }

    @Test("one batch is stored whole or not at all")
    func batch() async throws {
        try await TemporaryStore.with { temporary in
            await #expect(throws: CaseStoreError.self) {
                try await temporary.store.saveHealth([Self.record(), Self.record("nobody")])
            }
            let stored = try await temporary.store.health(Self.day...Self.day, channelID: nil)
            #expect(stored.isEmpty)
        }
    }

    @Test("open faults come first, then the newest; a second open one of the same channel and kind is refused")
    func faults() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var old = Self.fault(1)
            try await store.saveFaults([old])
            await #expect(throws: CaseStoreError.self) { try await store.saveFaults([Self.fault(2, minutes: 1)]) }
            old.endedAt = old.startedAt + 60
            old.reason = "view-frozen"
            try await store.saveFaults([old, Self.fault(2, minutes: 5), Self.fault(3, .disk, channel: nil, minutes: 1)])
            var later = Self.fault(4, .source, minutes: 9)
            later.endedAt = later.startedAt + 1
            try await store.saveFaults([later])
            #expect(try await store.faults(FaultFilter(), before: nil, limit: 10).map(\.id.last) == ["2", "3", "4", "1"])
            #expect(try await store.faults(FaultFilter(standing: .closed), before: later.startedAt, limit: 10) == [old])
            #expect(try await store.faults(FaultFilter(standing: .open, kind: .view, channelID: "c1"), before: nil, limit: 10).count == 1)
            #expect(try await store.faults(FaultFilter(), before: nil, limit: 1).count == 1)
            #expect(try await store.openFaultCount() == 2)
        }
    }

    @Test(
        "a page of faults is read in the order of an index, without sorting them all",
        arguments: [(true, nil, "faults_open_by_start"), (false, nil, "faults_closed_by_start"), (false, "c1", "faults_by_channel")]
            as [(Bool, String?, String)])
    func plan(isOpen: Bool, channel: String?, index: String) async throws {
        try await TemporaryStore.with { temporary in
            let sql = SQLiteCaseStore.pageStatement(FaultFilter(channelID: channel), isOpen: isOpen, after: false)
            let plan = try await temporary.store.pool.read { db in
                var arguments: [String: any DatabaseValueConvertible] = ["limit": 50]
                arguments["channel"] = channel
                return try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: StatementArguments(arguments))
                    .map { $0["detail"] as String }.joined(separator: "\n")
            }
            #expect(plan.contains(index))
            #expect(!plan.contains("TEMP B-TREE"))
        }
    }

    @Test("notes stay with their fault, whatever the machine writes to it, and nobody can change them")
    func notes() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var fault = Self.fault(1)
            try await store.saveFaults([fault])
            let note = FaultNote(text: "已派修", userID: "wang", at: TemporaryStore.start)
            #expect(try await store.addNote(note, faultID: fault.id).notes == [note])
            fault.endedAt = fault.startedAt + 60
            try await store.saveFaults([fault])
            #expect(try await store.fault(id: fault.id)?.notes == [note])
            for text in ["", String(repeating: "x", count: 501)] {
                await #expect(throws: CaseStoreError.self) {
                    try await store.addNote(FaultNote(text: text, userID: "wang", at: TemporaryStore.start), faultID: fault.id)
                }
            }
            await #expect(throws: CaseStoreError.notFound("fault nothing")) {
                try await store.addNote(note, faultID: "nothing")
            }
            await #expect(throws: (any Error).self) {
                try await store.pool.write { db in try db.execute(sql: "UPDATE fault_notes SET text = 'x'") }
            }
        }
    }

    @Test("what is too old goes, with its notes; what is open stays however old it is")
    func cleaning() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            var ended = Self.fault(1)
            ended.endedAt = ended.startedAt + 60
            try await store.saveFaults([ended, Self.fault(2, .clock)])
            _ = try await store.addNote(FaultNote(text: "n", userID: "li", at: TemporaryStore.start), faultID: ended.id)
            try await store.saveHealth([Self.record(), Self.record("c1", Self.day.adding(days: 1))])
            let removed = try await store.removeHealth(
                before: Self.day.adding(days: 1), faultsEndedBefore: ended.startedAt + 3600)
            #expect(removed == [ended.id])
            #expect(try await store.faults(FaultFilter(), before: nil, limit: 10).map(\.kind) == [.clock])
            let days = try await store.health(Self.day.adding(days: -1)...Self.day.adding(days: 2), channelID: nil)
            #expect(days.map(\.day) == [Self.day.adding(days: 1)])
        }
    }
}
