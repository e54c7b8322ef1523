import CaseStoreSQLite
import Casework
import Foundation
import Testing

@Suite("What the store knows of shops")
struct ShopStoreTests {
    private static let start = TemporaryStore.start

    @Test("a shop's cases come newest first, and no others")
    func shopCases() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            for (index, shop) in ["s1", "s2", "s1", nil].enumerated() {
                let record = TemporaryStore.record("k\(index)", createdAt: Self.start + Double(index))
                try await store.addCase(record, actor: "machine")
                var action = TemporaryStore.review()
                action.shopID = shop
                _ = try await store.act(caseID: record.id, action, by: "wang", at: Self.start + 10)
            }
            #expect(try await store.shopCases(shopID: "s1", limit: 10).map(\.id) == ["k2", "k0"])
            #expect(try await store.shopCases(shopID: "s1", limit: 1).map(\.id) == ["k2"])
            #expect(try await store.shopCases(shopID: "s3", limit: 10).isEmpty)
        }
    }

    @Test("several entries are added together or not at all")
    func together() async throws {
        try await TemporaryStore.with { temporary in
            let store = temporary.store
            let good = LedgerDraft(id: "a", document: #"{"name":"a"}"#, expecting: 0)
            await #expect(throws: CaseStoreError.self) {
                try await store.putLedger(
                    .shop, all: [good, LedgerDraft(id: "b", document: #"{"name":"b"}"#, expecting: 3)], author: "wang", at: Self.start)
            }
            #expect(try await store.ledger(.shop, includingRetired: true).isEmpty)
            try await store.putLedger(
                .shop, all: [good, LedgerDraft(id: "b", document: #"{"name":"b"}"#, expecting: 0)], author: "wang", at: Self.start)
            #expect(try await store.ledger(.shop, includingRetired: false).map(\.id) == ["a", "b"])
            #expect(try await store.problems().isEmpty)
            await #expect(throws: CaseStoreError.self) { try await store.putLedger(.user, all: [good], author: "wang", at: Self.start) }
        }
    }
}
