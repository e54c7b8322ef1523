import CaseStoreSQLite
import Casework
import Console
import Evidence
import FFmpegIO
import Foundation
import FrameCore
import Logging
import Pipeline
import SceneAnalysis
import ServiceLifecycle
import UnixSignals
import Violations
import Yams

/// The whole program put together: the only place that names concrete types.
struct Station {
    struct Settings {
        var storeFolder: String
        var modelsFolder: String
        var configFolder: String
        var host: String
        var port: Int
        var secureCookies: Bool
        var allowsFiles: Bool
        /// Kept the same as the store's channels.
        var channelsFile: String?
        /// Where the recorder's exports lie.
        var archiveFolders: [String] = []
    }

    /// Numbers and names of the place, from `Config/site.yaml`.
    struct Site: Codable {
        var name: String
        var time_zone: String
        var repeat_minutes: Double
        /// Nil leaves a tenth of the machine to the rest of the program.
        var analysis_cores: Double?
    }

    private let settings: Settings
    private let logger: Logger
    private let site: Site
    private let timeZone: TimeZone
    private let library: ProfileLibrary
    private let rules: ConsoleRules
    private let health: HealthSettings
    private let casework: CaseworkSettings
    private let notices: NoticeSettings
    private let secondLook: PlaceSettings
    private let exchange: ExchangeSettings
    private let retention: RetentionRules
    private let duty: DutySettings
    let store: SQLiteCaseStore
    /// Who may log in beside the administrator while the store knows nobody.
    var firstTeam: [FirstUsers.Member] = []
    private let key: SigningKey
    private let evidence: EvidenceStore

    /// Reads all settings and opens the store; nothing runs yet.
    init(_ settings: Settings, logger: Logger) async throws {
        self.settings = settings
        self.logger = logger
        library = try ProfileLibrary.load(folder: settings.modelsFolder)
        site = try ConfigFile.read(Site.self, settings.configFolder + "/site.yaml")
        guard let timeZone = TimeZone(identifier: site.time_zone) else {
            throw SettingsError(
                file: settings.configFolder + "/site.yaml", line: nil,
                reason: "“\(site.time_zone)” is no time zone of this system; write one such as Asia/Shanghai")
        }
        self.timeZone = timeZone
        rules = try ConsoleRules.read(folder: settings.configFolder)
        health = try HealthSettings.read(path: settings.configFolder + "/health.yaml")
        let violations = Set(rules.catalogue.violations.map(\.id))
        casework = try CaseworkSettings.read(path: settings.configFolder + "/casework.yaml", violations: violations)
        notices = try NoticeSettings.read(path: settings.configFolder + "/notices.yaml", violations: violations)
        secondLook = try SecondLookSettings.load(folder: settings.modelsFolder)
        exchange = try ConfigFile.read(ExchangeSettings.self, settings.configFolder + "/exchange.yaml")
        retention = try ConfigFile.read(RetentionRules.self, settings.configFolder + "/retention.yaml")
        try exchange.validate()
        try retention.validate()
        duty = try DutySettings.load(folder: settings.configFolder, timeZone: timeZone, catalogue: rules.catalogue)
        try await Console.checkPort(host: settings.host, port: settings.port)
        store = try SQLiteCaseStore.open(
            directory: URL(fileURLWithPath: settings.storeFolder), life: CaseLife(timeZone: timeZone), timeZone: timeZone,
            coolDown: casework.coolDown)
        key = try SigningKey.loadOrCreate(at: settings.storeFolder + "/key.pem")
        evidence = try EvidenceStore(root: settings.storeFolder, key: key)
    }

    /// Runs until SIGINT or SIGTERM; ends channels and evidence in order.
    func run() async throws {
        ProcessMemory.prepareForManyChannels()
        let recovery = try evidence.recover()
        for damaged in recovery.damaged {
            logger.critical(
                "a package is damaged",
                metadata: [
                    "package": "\(damaged.relativePath)", "problems": "\(damaged.problems.map(\.description).joined(separator: "; "))",
                ])
        }
        for problem in recovery.chainProblems { logger.critical("the evidence chain is broken", metadata: ["problem": "\(problem)"]) }
        let feed = ConsoleFeed()
        let screen = LedgerScreen(store: store, policy: ExemptionPolicy(settings: rules.ledgers, timeZone: timeZone), logger: logger)
        let retentionKeeper = RetentionKeeper(
            store: store, evidence: evidence, policy: RetentionPolicy(rules: retention), timeZone: timeZone,
            program: Program.nameAndVersion,
            pictureKeepDays: exchange.external.pictureKeepDays, logger: logger, caseChanged: { feed.publish(.caseChanged(id: $0)) })
        try await retentionKeeper.recover()
        _ = try await StoreReconciler.run(sealed: recovery.packages, store: store, screen: screen, logger: logger)

        let store = store
        let evidenceSettings = try EvidenceSettings.load(folder: settings.configFolder)
        let stamps = TimeStampKeeper(evidenceSettings.timeStamp, evidence: evidence, store: store, timeZone: timeZone, logger: logger)
        stamps?.takeUp(recovery.packages)
        var surroundings = EvidenceSurroundings(evidenceSettings, catalogue: rules.catalogue, stamps: stamps)
        let (devices, place) = (DeviceLedger(store: store, logger: logger), timeZone)
        surroundings.standing = { EvidenceSurroundings.Standing(devices, channelID: $0, at: $1, timeZone: place) }
        let writer = EvidenceWriter(
            store: evidence, program: Program.nameAndVersion, disk: DiskWatch(folder: settings.storeFolder, limits: health.limits.gate),
            surroundings: surroundings, logger: logger
        ) { sealed, incident in
            try await store.addCase(CaseRecord(sealed: sealed, incident: incident), actor: "machine")
            await screen.screen(sealed.manifest)
            feed.publish(.caseAdded(id: sealed.manifest.caseID))
        }
        let supervisor = ChannelSupervisor(
            store: store, library: library, settings: try IngestSettings.load(folder: settings.configFolder),
            analysisCores: site.analysis_cores, writer: writer, timeZone: timeZone,
            repeatInterval: .seconds(site.repeat_minutes * 60),
            memoryFolder: try memoryFolder(), logger: logger,
            events: ChannelSupervisor.Events(
                caseChanged: { feed.publish(.caseChanged(id: $0)) }, channelChanged: { feed.publish(.channelChanged(id: $0)) }))
        let tellChanged: @Sendable (String) async -> Void = { id in
            await supervisor.channelChanged(id: id)
            feed.publish(.channelChanged(id: id))
        }
        let channelsFile = settings.channelsFile.map {
            ChannelsFileWatch(
                path: URL(fileURLWithPath: $0).standardizedFileURL.path, store: store, logger: logger, changed: tellChanged)
        }
        let keeper = try await HealthKeeper(
            store: store, patrol: supervisor, settings: health, folder: settings.storeFolder, timeZone: timeZone,
            program: Program.nameAndVersion, evidence: { writer.reading }, logger: logger,
            faultChanged: { feed.publish(.faultChanged(id: $0)) })
        let openCases = ClockBook(store: store, clocks: duty.clocks, scope: .open)
        let escalation = EscalationKeeper(
            store: store, settings: duty, book: openCases, logger: logger, caseChanged: { feed.publish(.caseChanged(id: $0)) })
        let archive = try archiveShelf()
        let runs = try runLauncher()
        let firstUsers = try await FirstUsers.add(firstTeam, to: store, timeZone: timeZone)
        let host = settings.host
        var configuration = ConsoleConfiguration()
        configuration.host = settings.host
        configuration.port = settings.port
        configuration.secureCookies = settings.secureCookies
        configuration.siteName = site.name
        configuration.timeZone = timeZone
        configuration.allowsLocalFiles = settings.allowsFiles
        configuration.metricsToken = try MetricsToken.loadOrCreate(at: settings.storeFolder + "/metrics.token")
        let promoter = FindingPromoter(
            store: store, evidencePath: evidence.evidencePath, writer: writer, library: library, timeZone: timeZone,
            screen: screen, added: { feed.publish(.caseAdded(id: $0)) })
        let signature = try notices.signature(storeFolder: settings.storeFolder)
        let sender = NoticeSender(
            store: store, gateway: notices.makeGateway(storeFolder: settings.storeFolder, signature: signature),
            media: notices.gateway.media, retry: notices.retry,
            code: { try await store.issuePartyCode(caseID: $0, by: CaseActor.machine.id, at: Date()).text }, logger: logger,
            caseChanged: { feed.publish(.caseChanged(id: $0)) })
        let looks = SecondLookKeeper(
            store: store, views: supervisor, keeping: evidence, evidencePath: evidence.evidencePath, policy: casework.recheck,
            settings: secondLook, timeZone: timeZone, logger: logger, caseChanged: { feed.publish(.caseChanged(id: $0)) })
        let exporter = CaseExporter(store: store, evidence: evidence, timeZone: timeZone, program: Program.nameAndVersion)
        let couriers = try exchangeService(exporter)
        let evidencePath = evidence.evidencePath
        let masked: ExchangeHands.MaskedPictures = { record in
            let files = try MaskedDerivative.make(package: evidencePath + "/" + record.packagePath)
            return Dictionary(files.map { ($0.derivedFrom, $0.bytes) }) { first, _ in first }
        }
        let console = Console(
            store: store, patrol: supervisor, health: keeper, evidenceRoot: evidence.evidencePath, rules: rules, feed: feed,
            configuration: configuration, verifier: EvidenceVerifier(trustedKeys: [key.publicKey]),
            logger: logger,
            channelsFileProblem: { channelsFile?.problem }, promotion: promoter, archive: archive, runs: runs,
            notices: NoticeConfiguration(settings: notices, recheck: casework.recheck, signature: signature),
            exchange: ExchangeHands(
                settings: exchange, storeFolder: settings.storeFolder, exporter: exporter,
                externalToken: try MetricsToken.loadOrCreate(at: settings.storeFolder + "/external.token"), maskedPictures: masked),
            retention: retentionKeeper, duty: duty, openCases: openCases,
            onBound: { port in FirstUsers.announce(host: host, port: port, firstUsers) })
        try await supervisor.startAll()
        let following = Task { await channelsFile?.run() }
        let commands = ChannelRegistryServer(
            storeFolder: settings.storeFolder, store: store, logger: logger, changed: tellChanged)
        defer {
            following.cancel()
            commands?.stop()
        }
        do {
            var group = ServiceGroupConfiguration(
                services: [keeper, retentionKeeper, couriers, runs, sender, looks, escalation, try console.application()],
                gracefulShutdownSignals: [.sigint, .sigterm], logger: logger)
            // Open event streams of browsers would keep the server up for ever.
            group.maximumGracefulShutdownDuration = Duration.seconds(3)
            group.maximumCancellationDuration = Duration.seconds(5)
            try await ServiceGroup(configuration: group).run()
        } catch {
            await supervisor.stopAll()
            throw error
        }
        await supervisor.stopAll()
        try store.close()
    }

    /// Brings the cases' log to the packages, to the hand-over folder and to the webhooks of `Config/exchange.yaml`.
    private func exchangeService(_ exporter: CaseExporter) throws -> ExchangeService {
        let recorder = PackageRecorder(store: store, evidence: evidence, timeZone: timeZone, logger: logger)
        let handover = HandoverReceiver(
            exporter: exporter, recorder: recorder, store: store, storeFolder: settings.storeFolder, logger: logger)
        let webhooks = try exchange.webhooks.map {
            try WebhookReceiver(
                $0, folder: settings.storeFolder, timeout: exchange.delivery.timeoutSeconds, store: store, now: { Date() })
        }
        return ExchangeService(receivers: [recorder, handover] + webhooks, store: store, delivery: exchange.delivery, logger: logger)
    }

    /// The exports, listed in the background from the start.
    private func archiveShelf() throws -> ArchiveShelf {
        let settings = ArchiveSettings(rules: try ArchiveRules.load(folder: self.settings.configFolder), timeZone: timeZone)
        let store = store
        let shelf = ArchiveShelf(folders: self.settings.archiveFolders, library: library) { folders in
            try ArchiveScan(settings: settings, jobs: 2).list(folders)
        } channels: {
            try await store.channels()
        }
        Task { await shelf.refresh() }
        return shelf
    }

    /// Runs are worked on by processes of this same program, below everything else on the machine.
    private func runLauncher() throws -> RunLauncher {
        let models = URL(fileURLWithPath: settings.modelsFolder).standardizedFileURL.path
        let identity = RunLauncher.Identity(
            program: Program.nameAndVersion, ruleVersion: library.rules.version,
            profilesSHA256: try ProfilesDigest.of(folder: models), timeZone: timeZone)
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
        return try RunLauncher(
            folder: URL(fileURLWithPath: settings.storeFolder).standardizedFileURL.path + "/runs", identity: identity, logger: logger
        ) { run in
            (program, ["reanalyze", "--resume", run.path, "--background", "--models", models])
        }
    }

    /// Where what the channels learned of their streets is kept.
    private func memoryFolder() throws -> String {
        let folder = settings.storeFolder + "/memory"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        return folder
    }
}
