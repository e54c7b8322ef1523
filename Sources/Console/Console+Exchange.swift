import Casework
import Foundation
import Hummingbird

extension Console {
    /// A group of routes behind a permission.
    typealias Guarded = (Permission) -> RouterGroup<ConsoleContext>

    /// Exports, imports, the party's page and retention, where the station has them.
    func addExchange(
        _ router: Router<ConsoleContext>, _ scoped: any CaseStore, _ frame: PageDesk, _ pages: Guarded, _ api: Guarded
    ) {
        if let exchange {
            func desk(_ store: any CaseStore) -> ExchangeDesk {
                ExchangeDesk(
                    hands: exchange, store: store, catalogue: rules.catalogue, feed: feed, timeZone: configuration.timeZone, now: now)
            }
            let routes = ExchangeRoutes(desk: desk(scoped), frame: frame)
            routes.addRoutes(to: pages(.look))
            routes.addExportRoutes(to: pages(.unmask))
            // Another system is no user: it goes by its token and sees nothing.
            ExchangeAPI(desk: desk(store)).addPublicRoutes(to: router.group("api/v1"))
            let exchangeAPI = ExchangeAPI(desk: desk(scoped))
            exchangeAPI.addRoutes(to: api(.look))
            exchangeAPI.addExportRoutes(to: api(.unmask))
            exchangeAPI.addDecisionRoutes(to: api(.decide))
            let party = PartyDesk(hands: exchange, store: store, life: CaseLife(timeZone: configuration.timeZone), feed: feed, now: now)
            PartyRoutes(desk: party, catalogue: rules.catalogue, frame: frame).addPublicRoutes(to: router.group())
        }
        if let retention {
            let routes = RetentionRoutes(retention: retention, store: scoped, frame: frame, now: now)
            routes.addRoutes(to: pages(.look))
            routes.addConfirmRoutes(to: pages(.administer))
            routes.addAPI(to: api(.look))
            routes.addConfirmAPI(to: api(.administer))
        }
    }
}
