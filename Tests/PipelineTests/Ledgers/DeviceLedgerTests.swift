import CaseStoreSQLite
import Casework
import Dispatch
import Foundation
import Logging
import Pipeline
import Testing

@Suite("A camera's papers when a package is sealed")
struct DeviceLedgerTests {
    @Test("the newest dossier counts at once; none, a retired one and an unreadable one make a lead")
    func newest() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("devices-\(UUID().uuidString)")
        let store = try SQLiteCaseStore.open(directory: folder)
        defer {
            try? store.close()
            try? FileManager.default.removeItem(at: folder)
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let ledger = DeviceLedger(store: store, logger: logger)
        let day = try #require(LocalDay("2026-11-24"))
        let paper = LedgerPaper(number: "1", date: day, expiry: day.adding(days: 1))
        let full = DeviceDossier(
            owner: "街道", papers: Dictionary(uniqueKeysWithValues: DevicePaper.allCases.map { ($0, paper) }), wantsEvidenceMode: true)
        func mode() async -> DeviceMode {
            await withCheckedContinuation { done in
                DispatchQueue.global().async { done.resume(returning: ledger.dossier(of: "c1").mode(on: day)) }
            }
        }
        func put(_ text: String, _ version: Int, isRetired: Bool = false) async throws {
            _ = try await store.putLedger(
                .device, id: "c1", document: text, isRetired: isRetired, expecting: version, author: "u",
                at: Date(timeIntervalSince1970: 1e9))
        }
        let text = String(decoding: try JSONEncoder().encode(full), as: UTF8.self)
        #expect(await mode() == .lead)
        try await put(text, 0)
        #expect(await mode() == .evidence)
        try await put(text, 1, isRetired: true)
        #expect(await mode() == .lead)
        try await put(#"{"legalReview":7}"#, 2)
        #expect(await mode() == .lead)
    }
}
