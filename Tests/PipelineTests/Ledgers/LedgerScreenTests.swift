import CaseStoreSQLite
import Casework
import Evidence
import Foundation
import FrameCore
import Logging
import Pipeline
import Testing

@Suite("New cases and the ledgers")
struct LedgerScreenTests {
    private static let places = LedgerShapes(["c1": [[0, 0], [1, 0], [1, 1], [0, 1]]])

    private static func permit(_ until: String) -> PermitRecord {
        PermitRecord(
            kind: .roadWorks, number: "占掘-7", holder: "市政", places: places, violations: ["storefront-encroachment", "piled-goods"],
            validFrom: LocalDay("2020-01-01"), validUntil: LocalDay(until), filedWith: "城建中心")
    }

    private static func put(_ document: some LedgerDocument, _ id: String, _ store: any CaseStore) async throws {
        _ = try await store.putLedger(
            type(of: document).ledger, id: id, document: String(decoding: JSONEncoder().encode(document), as: UTF8.self), isRetired: false,
            expecting: 0, author: "u1", at: PromotionBench.start)
    }

    /// Promotes a finding with the ledgers being asked; answers its case and the kinds of its lines.
    private static func promoted(_ prepare: (any CaseStore) async throws -> Void) async throws -> (CaseRecord, [String], PromotionBench) {
        let bench = try await PromotionBench()
        try await prepare(bench.store)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let zone = TimeZone(secondsFromGMT: 8 * 3600) ?? .gmt
        let settings = try ConfigFile.read(LedgerSettings.self, PromotionBench.root + "/Config/ledgers.yaml")
        let screen = LedgerScreen(store: bench.store, policy: ExemptionPolicy(settings: settings, timeZone: zone), logger: logger)
        let promoter = FindingPromoter(
            store: bench.store, evidencePath: bench.evidence.evidencePath,
            writer: EvidenceWriter(store: bench.evidence, program: "test", logger: logger) { _, _ in },
            library: try ProfileLibrary.load(folder: PromotionBench.root + "/Models"), timeZone: zone, screen: screen, added: { _ in })
        let made = try await promoter.promote(bench.finding(), of: bench.run, reason: "x", by: "u1")
        let record = try #require(try await bench.store.caseRecord(id: made.caseID))
        return (record, try await bench.store.events(caseID: record.id).map(\.kind), bench)
    }

    @Test("a hit that a permit covers is exempted by the machine, kept with its permit and shop, and does not wait")
    func exempted() async throws {
        let (record, kinds, bench) = try await Self.promoted { store in
            try await Self.put(Self.permit("2099-01-01"), "p1", store)
            try await Self.put(ShopRecord(name: "阿强", frontages: Self.places), "s1", store)
        }
        #expect(record.state == .exempt && record.standing.permitID == "p1" && record.standing.shopID == "s1")
        #expect(
            record.decision?.userID == "machine" && record.decision?.reason == "permit" && record.decision?.note.contains("占掘-7") == true)
        #expect(kinds.contains("ledgers-asked") && kinds.contains("decided"))
        #expect(try await bench.store.cases(CaseFilter(), after: nil, limit: 10).cases.isEmpty)
        #expect(try await bench.store.cases(CaseFilter(states: [.exempt]), after: nil, limit: 10).cases.map(\.id) == [record.id])
        #expect(try await bench.store.shopCases(shopID: "s1", limit: 10).map(\.id) == [record.id])
        // The package is all there, for audit.
        let package = bench.evidence.evidencePath + "/" + record.packagePath
        #expect(EvidenceVerifier(trustedKeys: [bench.key.publicKey]).verify(package: package).isIntact)
        #expect(try await bench.store.problems().isEmpty)
    }

    @Test("an expired permit exempts nothing, an unreadable one neither; the shop is only suggested")
    func candidate() async throws {
        let (record, kinds, bench) = try await Self.promoted { store in
            try await Self.put(Self.permit("2020-02-01"), "p1", store)
            _ = try await store.putLedger(
                .permit, id: "p2", document: #"{"kind":"carnival"}"#, isRetired: false, expecting: 0, author: "u1", at: PromotionBench.start
            )
            try await Self.put(ShopRecord(name: "阿强", frontages: Self.places), "s1", store)
        }
        #expect(record.state == .candidate && record.standing.shopID == nil)
        #expect(kinds.filter { $0 == "ledgers-asked" }.count == 1)
        let line = try await bench.store.events(caseID: record.id).first { $0.kind == "ledgers-asked" }
        #expect(line?.detail == #"{"shop":"s1"}"#)
    }

    @Test("where the ledgers know nothing, nothing is written")
    func silent() async throws {
        let (record, kinds, _) = try await Self.promoted { _ in }
        #expect(record.state == .candidate && !kinds.contains("ledgers-asked"))
    }
}
