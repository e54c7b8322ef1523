import Foundation

/// The shops and permits in use, and what they say of one incident: the same for the machine and for the case page.
public struct CaseLedgers: Sendable {
    public struct Answer: Sendable, Hashable {
        /// On whose frontage the object stands.
        public var shopID: String?
        /// Which permit covers it.
        public var permitID: String?
    }

    public var shops: [String: ShopRecord]
    public var permits: [String: PermitRecord]
    /// Entries that this version of the program cannot read, such as `shop s1`; they take no part.
    public var unreadable: [String]

    public init(shops: [String: ShopRecord] = [:], permits: [String: PermitRecord] = [:], unreadable: [String] = []) {
        self.shops = shops
        self.permits = permits
        self.unreadable = unreadable
    }

    public static func read(_ store: any LedgerStore) async throws -> CaseLedgers {
        var ledgers = CaseLedgers()
        for entry in try await store.ledger(.shop, includingRetired: false) {
            if let shop = try? entry.decoded(ShopRecord.self) {
                ledgers.shops[entry.id] = shop
            } else {
                ledgers.unreadable.append("shop \(entry.id)")
            }
        }
        for entry in try await store.ledger(.permit, includingRetired: false) {
            if let permit = try? entry.decoded(PermitRecord.self) {
                ledgers.permits[entry.id] = permit
            } else {
                ledgers.unreadable.append("permit \(entry.id)")
            }
        }
        return ledgers
    }

    /// - Parameter place: nil where the incident's picture is not known; then nothing is said.
    public func answer(on incident: IncidentRecord, at place: IncidentPlace?, _ policy: ExemptionPolicy) -> Answer {
        guard let place else { return Answer() }
        return Answer(
            shopID: ShopPolicy.shop(at: place, of: shops),
            permitID: policy.permit(
                covering: place, violation: incident.violation, at: incident.confirmedAt ?? incident.openedAt, of: permits))
    }
}
