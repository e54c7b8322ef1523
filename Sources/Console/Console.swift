public import Casework
public import Evidence
public import Foundation
package import HTTPTypes
public import Hummingbird
import HummingbirdCore
public import Logging
import NIOCore
public import Pipeline

/// The web console and the JSON API: what officers and operators see of a patrol, and their hands on it.
///
/// A value that holds the pieces; `application()` makes the server of them.
public struct Console: Sendable {
    private static let headerLimitBytes = 32 << 10
    private static let connectionLimit = 1_000

    let store: any CaseStore
    private let patrol: any PatrolControl
    private let health: any HealthReporting
    private let evidence: EvidenceFolder
    let rules: ConsoleRules
    let feed: ConsoleFeed
    let configuration: ConsoleConfiguration
    private let logger: Logger
    let now: @Sendable () -> Date
    private let onBound: @Sendable (Int) -> Void
    private let channelsFileProblem: @Sendable () -> String?
    private let runsFolder: String
    private let promotion: (any FindingPromotion)?
    private let archive: any ArchiveReading
    private let runs: (any RunControl)?
    private let notices: NoticeConfiguration?
    let exchange: ExchangeHands?
    let retention: (any RetentionControl)?
    private let duty: DutySettings?
    private let openCases: ClockBook?

    /// - Parameters:
    ///   - health: what the station knows of its own health.
    ///   - evidenceRoot: the store's evidence folder, to which the cases' package paths are relative.
    ///   - rules: what `Config/` says of the work.
    ///   - feed: what is published there reaches open pages; the console publishes its own changes too.
    ///   - verifier: checks a case's package when it is looked at; with the store's key it tells foreign seals as well.
    ///   - now: the time of decisions, sessions and the access log.
    ///   - channelsFileProblem: why the channels file on the disk is not in force, for the channels page.
    ///   - runsFolder: where the runs lie; empty for the folder `runs` beside the evidence.
    ///   - promotion: makes live cases of findings; nil where this program can seal nothing.
    ///   - archive: stored footage, to be searched and analysed again; nil while nobody said where it lies.
    ///   - runs: re-analyses; nil where there are none.
    ///   - notices: texts and rules of messages to parties; nil where none are sent.
    ///   - exchange: what goes to and comes from other systems and parties; nil for nothing.
    ///   - retention: what removes packages past their time; nil where nothing does.
    ///   - duty: deadlines, grids and routes; nil where the site has none, and the pages of them are not there.
    ///   - openCases: the book that the escalation keeps; nil for one of the console's own.
    ///   - onBound: called with the port once requests are taken.
    public init(
        store: any CaseStore, patrol: any PatrolControl, health: any HealthReporting, evidenceRoot: String,
        rules: ConsoleRules, feed: ConsoleFeed,
        configuration: ConsoleConfiguration = ConsoleConfiguration(),
        verifier: EvidenceVerifier = EvidenceVerifier(), logger: Logger, now: @escaping @Sendable () -> Date = { Date() },
        channelsFileProblem: @escaping @Sendable () -> String? = { nil },
        runsFolder: String = "", promotion: (any FindingPromotion)? = nil,
        archive: (any ArchiveReading)? = nil, runs: (any RunControl)? = nil,
        notices: NoticeConfiguration? = nil,
        exchange: ExchangeHands? = nil, retention: (any RetentionControl)? = nil,
        duty: DutySettings? = nil, openCases: ClockBook? = nil,
        onBound: @escaping @Sendable (Int) -> Void = { _ in }
    ) {
        self.store = store
        self.patrol = patrol
        self.health = health
        evidence = EvidenceFolder(root: evidenceRoot, verifier: verifier)
        self.rules = rules
        self.feed = feed
        self.configuration = configuration
        self.logger = logger
        self.now = now
        self.onBound = onBound
        self.channelsFileProblem = channelsFileProblem
        self.runsFolder =
            runsFolder.isEmpty ? URL(fileURLWithPath: evidenceRoot).deletingLastPathComponent().path + "/runs" : runsFolder
        self.promotion = promotion
        self.archive = archive ?? NoArchive()
        self.runs = runs
        self.notices = notices
        self.exchange = exchange
        self.retention = retention
        self.duty = duty
        self.openCases = openCases
    }

    /// The server, to be run as a service; its `run` throws `ConsoleError` when it cannot listen.
    /// - Throws: `ConsoleError.damagedResource` when a template or asset cannot be used.
    public func application() throws -> some ApplicationProtocol {
        let (pages, assets) = try Self.resources.get()
        let onBound = onBound
        return ConsoleApplication(
            base: Application(
                router: router(pages, assets),
                // Who sends a request too slowly, or none, gives the connection back; an event stream is an answer under way.
                server: .http1(
                    configuration: .init(
                        idleTimeout: TimeAmount(configuration.idleTimeout),
                        httpDecoderConfiguration: .init(
                            maxHeaderFieldSize: Self.headerLimitBytes, maxHeaderListSize: Self.headerLimitBytes,
                            maxHeaderFieldCount: 100))),
                configuration: ApplicationConfiguration(
                    address: .hostname(configuration.host, port: configuration.port), serverName: nil,
                    availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit, logger: logger)),
                onServerRunning: { channel in
                    if let port = channel.localAddress?.port { onBound(port) }
                },
                logger: logger),
            host: configuration.host, port: configuration.port)
    }

    /// Every route that there is, such as GET `/cases/{id}`: what `RouteScope.table` must name.
    package func routes() throws -> [(method: HTTPRequest.Method, path: String)] {
        let (pages, assets) = try Self.resources.get()
        return router(pages, assets).routes.map { ($0.method, $0.path.description) }
    }

    /// Read and parsed once, whoever asks: they do not change while the program runs.
    private static let resources = Result { try readResources() }

    private static func readResources() throws -> (PageRenderer, StaticAssets) {
        guard let folder = Bundle.module.url(forResource: "Assets", withExtension: nil) else {
            throw ConsoleError.damagedResource(name: "Assets", reason: "the folder is missing")
        }
        let assets = try StaticAssets(folder: folder)
        let pages: PageRenderer
        do {
            pages = try PageRenderer()
        } catch {
            throw ConsoleError.damagedResource(name: "Templates", reason: "\(error)")
        }
        return (pages, assets)
    }

    private func router(_ renderer: PageRenderer, _ assets: StaticAssets) -> Router<ConsoleContext> {
        // From here on everything goes by what the user whose request is answered may see.
        let scoped = ScopedCaseStore(base: self.store, unit: rules.access.unit)
        let (everything, everyChannel, wellness) = (self.store, self.patrol, self.health)
        let store: any CaseStore = scoped
        let patrol: any PatrolControl = ScopedPatrol(base: everyChannel)
        let health: any HealthReporting = ScopedHealth(base: wellness, store: scoped)
        let archive: any ArchiveReading = ScopedArchive(base: self.archive)
        let runs = self.runs.map { ScopedRuns(base: $0) }
        let cookies = ConsoleCookies(
            isSecure: configuration.secureCookies, sessionSeconds: Int(configuration.sessionLifetime.components.seconds))
        let gate = Gate(store: store, configuration: configuration, now: now)
        let frame = PageDesk(
            pages: renderer, cookies: cookies, store: store, patrol: patrol, configuration: configuration,
            assetVersion: assets.version, now: now)
        func noticeDesk(of store: any CaseStore) -> NoticeDesk? {
            notices.map {
                NoticeDesk(
                    configuration: $0, store: store, catalogue: rules.catalogue, timeZone: configuration.timeZone, feed: feed, now: now)
            }
        }
        let ownNotices = noticeDesk(of: store)
        let cases = CaseDesk(
            store: store, evidence: evidence, reasons: rules.reasons, life: CaseLife(timeZone: configuration.timeZone), feed: feed,
            now: now,
            notices: ownNotices, routing: duty?.routing ?? .empty)
        let channels = ChannelDesk(
            store: store, patrol: patrol, feed: feed, allowsLocalFiles: configuration.allowsLocalFiles, now: now,
            fileProblem: channelsFileProblem)
        let imports = ImportDesk(desk: channels)
        let wellbeing = HealthDesk(store: store, health: health, feed: feed, timeZone: configuration.timeZone, now: now)
        let findings = FindingDesk(
            shelf: FindingShelf(folder: runsFolder), store: store, evidenceRoot: evidence.root, channels: channels, promotion: promotion,
            timeZone: configuration.timeZone, now: now)
        let past = PastDesk(archive: archive, store: store, now: now)
        let runDesk = runs.map { RunDesk(store: store, runs: $0, archive: archive, channels: channels, now: now) }
        let looks = LookMemory()
        let listing = CaseListing(store: store, catalogue: rules.catalogue, looks: looks, now: now)
        let accessDesk = AccessDesk(
            store: store, rules: rules.access, memory: ReasonMemory(minutes: rules.access.rememberMinutes), looks: looks,
            life: CaseLife(timeZone: configuration.timeZone), now: now)
        let exports = ExportRoutes(
            desk: ExportDesk(evidence: evidence, access: accessDesk, timeZone: configuration.timeZone), cases: cases, frame: frame)
        let reasonRoutes = ReasonRoutes(desk: accessDesk, frame: frame)
        let audit = AuditDesk(store: store, access: accessDesk, timeZone: configuration.timeZone, now: now)
        let dutyDesk = duty.map {
            DutyDesk(store: store, whole: scoped.base, settings: $0, open: openCases, catalogue: rules.catalogue, feed: feed, now: now)
        }
        let books = LedgerDesk(
            store: store, books: LedgerBooks.all(LedgerChoices(rules.catalogue)), settings: rules.ledgers, timeZone: configuration.timeZone,
            now: now)

        let router = Router(context: ConsoleContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeadersMiddleware(isSecure: configuration.secureCookies))
        router.add(middleware: RefusalMiddleware(frame: frame))
        // What everybody may have, whoever they are; answered before anything asks the store.
        router.get("assets/:name") { request, context in
            try assets.response(to: request, name: context.parameters.require("name"))
        }
        let metrics = MetricsRoutes(
            store: everything, patrol: everyChannel, health: wellness, token: configuration.metricsToken,
            isBehindProxy: configuration.secureCookies || configuration.trustsForwardedAddress)
        router.get("metrics") { request, context in try await metrics.response(to: request, context) }
        router.add(
            middleware: VisitMiddleware(
                gate: gate, cookies: cookies, trustsForwardedAddress: configuration.trustsForwardedAddress))
        router.add(middleware: ScopeMiddleware(store: everything, rules: rules.access))
        router.add(middleware: RefusalMiddleware(frame: frame))
        router.add(middleware: ForgeryMiddleware(allowedOrigins: configuration.allowedOrigins))
        router.add(middleware: RouteGuard(desk: accessDesk, frame: frame))

        func pages(_ permission: Permission) -> RouterGroup<ConsoleContext> {
            router.group().add(middleware: PermissionMiddleware(permission: permission))
        }
        func api(_ permission: Permission) -> RouterGroup<ConsoleContext> {
            router.group("api/v1").add(middleware: PermissionMiddleware(permission: permission))
        }
        let entrance = EntranceRoutes(gate: gate, frame: frame)
        entrance.addPublicRoutes(to: router.group())
        entrance.addRoutes(to: pages(.look))
        pages(.look).get("") { _, _ in Response.redirect(to: "/queue", type: .found) }
        EvidenceRoutes(desk: cases, listing: listing).addRoutes(to: pages(.look))
        exports.addRoutes(to: pages(.export))
        reasonRoutes.addRoutes(to: pages(.look))
        AuditRoutes(desk: audit, frame: frame).addRoutes(to: pages(.audit))
        let caseRoutes = CaseRoutes(
            desk: cases, ledgers: books, listing: listing, reasons: rules.reasons, frame: frame, duty: dutyDesk)
        caseRoutes.addRoutes(to: pages(.look))
        caseRoutes.addActionRoutes(to: pages(.casework))
        if let ownNotices {
            let noticeRoutes = NoticeRoutes(desk: ownNotices, cases: cases, listing: listing, frame: frame)
            noticeRoutes.addRoutes(to: pages(.look))
            noticeRoutes.addDecisionRoutes(to: pages(.decide))
        }
        let channelRoutes = ChannelRoutes(desk: channels, health: wellbeing, listing: listing, frame: frame)
        channelRoutes.addRoutes(to: pages(.look))
        channelRoutes.addEditingRoutes(to: pages(.editChannels))
        ChannelFormRoutes(desk: channels, listing: listing, frame: frame).addRoutes(to: pages(.editChannels))
        ChannelImportRoutes(imports: imports, frame: frame).addRoutes(to: pages(.editChannels))
        ChannelPageRoutes(desk: channels, health: wellbeing, listing: listing, frame: frame).addRoutes(to: pages(.look))
        let faultRoutes = FaultRoutes(desk: wellbeing, channels: channels, listing: listing, frame: frame)
        faultRoutes.addRoutes(to: pages(.look))
        faultRoutes.addEditingRoutes(to: pages(.editChannels))
        let findingRoutes = FindingRoutes(desk: findings, listing: listing, frame: frame)
        findingRoutes.addRoutes(to: pages(.look))
        findingRoutes.addDecisionRoutes(to: pages(.decide))
        findingRoutes.addEditingRoutes(to: pages(.editChannels))
        PastRoutes(desk: past, listing: listing, frame: frame).addRoutes(to: pages(.look))
        let runRoutes = RunRoutes(desk: runDesk, listing: listing, frame: frame)
        runRoutes.addRoutes(to: pages(.look))
        runRoutes.addEditingRoutes(to: pages(.editChannels))
        SummaryRoutes(listing: listing, frame: frame).addRoutes(to: pages(.look))
        LedgerRoutes(desk: books, patrol: channels.patrol, listing: listing, frame: frame).addRoutes(to: pages(.look))
        if let dutyDesk {
            let dutyRoutes = DutyRoutes(desk: dutyDesk, listing: listing, frame: frame)
            dutyRoutes.addRoutes(to: pages(.look))
            dutyRoutes.addReferralRoutes(to: pages(.decide))
            dutyRoutes.addAnswerRoutes(to: pages(.decide))
            dutyRoutes.addRosterRoutes(to: pages(.editLedgers))
            let dutyAPI = DutyAPI(desk: dutyDesk, listing: listing)
            dutyAPI.addRoutes(to: api(.look))
            dutyAPI.addReferralRoutes(to: api(.decide))
        }
        UserRoutes(gate: gate, store: store, frame: frame).addRoutes(to: pages(.administer))

        // Before a log-in it answers with numbers alone, of all cameras.
        let session = SessionAPI(gate: gate, cookies: cookies, store: everything, patrol: everyChannel)
        session.addPublicRoutes(to: router.group("api/v1"))
        session.addRoutes(to: api(.look))
        let caseAPI = CaseAPI(desk: cases, listing: listing)
        caseAPI.addRoutes(to: api(.look))
        caseAPI.addActionRoutes(to: api(.casework))
        if let ownNotices, let gatewayDesk = noticeDesk(of: everything) {
            let noticeAPI = NoticeAPI(desk: ownNotices, gatewayDesk: gatewayDesk, cases: cases)
            noticeAPI.addPublicRoutes(to: router.group("api/v1"))
            noticeAPI.addRoutes(to: api(.look))
            noticeAPI.addActionRoutes(to: api(.casework))
        }
        let channelAPI = ChannelAPI(desk: channels)
        channelAPI.addRoutes(to: api(.look))
        channelAPI.addEditingRoutes(to: api(.editChannels))
        ChannelImportAPI(imports: imports).addRoutes(to: api(.editChannels))
        let healthAPI = HealthAPI(desk: wellbeing, channels: channels)
        healthAPI.addRoutes(to: api(.look))
        healthAPI.addEditingRoutes(to: api(.editChannels))
        let findingAPI = FindingAPI(desk: findings, listing: listing)
        findingAPI.addRoutes(to: api(.look))
        findingAPI.addDecisionRoutes(to: api(.decide))
        findingAPI.addEditingRoutes(to: api(.editChannels))
        PastAPI(desk: past, listing: listing).addRoutes(to: api(.look))
        if let runDesk {
            let runAPI = RunAPI(desk: runDesk)
            runAPI.addRoutes(to: api(.look))
            runAPI.addEditingRoutes(to: api(.editChannels))
        }
        SummaryAPI(listing: listing, timeZone: configuration.timeZone).addRoutes(to: api(.look))
        exports.addAPI(to: api(.export))
        reasonRoutes.addAPI(to: api(.look))
        AuditAPI(desk: audit).addRoutes(to: api(.audit))
        LedgerAPI(desk: books, cases: cases).addRoutes(to: api(.look))
        UserAPI(gate: gate, store: store).addRoutes(to: api(.administer))
        StreamAPI(feed: feed, gate: gate, store: store, heartbeat: configuration.heartbeat).addRoutes(to: api(.look))
        addExchange(router, scoped, frame, pages, api)
        return router
    }
}
