/// When a shop is due to be looked at, by its grade.
public struct ShopLooks: Sendable, Hashable {
    public struct Due: Sendable, Hashable {
        public var shopID: String
        /// nil for a shop that was never looked at.
        public var since: LocalDay?
    }

    public var settings: LedgerSettings

    public init(settings: LedgerSettings) {
        self.settings = settings
    }

    /// The day on which the shop is due next; nil for one that was never looked at, which is due at once.
    public func due(_ shop: ShopRecord) -> LocalDay? {
        shop.lastLook?.adding(days: settings.lookDays[shop.grade] ?? 1)
    }

    /// The shops that are due on that day, the worst grade first, then those that have waited longest.
    /// - Parameter shops: those in use, by id.
    public func due(of shops: [String: ShopRecord], on day: LocalDay) -> [Due] {
        shops.compactMap { id, shop -> (rank: Int, due: Due)? in
            let next = due(shop)
            guard next.map({ $0 <= day }) ?? true else { return nil }
            return (ShopRecord.Grade.allCases.firstIndex(of: shop.grade) ?? 0, Due(shopID: id, since: next))
        }
        .sorted { ($0.rank, $0.due.since?.description ?? "", $0.due.shopID) < ($1.rank, $1.due.since?.description ?? "", $1.due.shopID) }
        .map(\.due)
    }
}
