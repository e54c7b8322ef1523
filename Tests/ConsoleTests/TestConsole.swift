import Casework
import CaseStoreSQLite
import Console
import Evidence
import Foundation
import FrameCore
import Hummingbird
import HummingbirdTesting
import Logging
import Pipeline

/// A console over a real store and real sealed packages, in a folder of its own.
struct TestConsole: Sendable {
    static let password = "correct horse battery"
    static let cheap = PasswordHash.Cost(rounds: 1 << 4, blockSize: 8, parallelism: 1)

    let folder: URL
    let store: any CaseStore
    private let database: SQLiteCaseStore
    let evidence: EvidenceStore
    let feed = ConsoleFeed()
    let console: Console
    let promoter: FindingPromoter

    private init(_ configuration: ConsoleConfiguration, channelsFileProblem: String?, stock: StoredFootage?) async throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("xunjie-console-\(UUID().uuidString)")
        database = try SQLiteCaseStore.open(directory: folder)
        store = database
        evidence = try EvidenceStore(root: folder.path, key: SigningKey())
        let (database, feed) = (database, feed)
        let writer = EvidenceWriter(store: evidence, program: "xunjie test", logger: Self.quiet) { _, _ in }
        promoter = FindingPromoter(
            store: database, evidencePath: evidence.evidencePath, writer: writer, library: Self.library,
            timeZone: configuration.timeZone, added: { feed.publish(.caseAdded(id: $0)) })
        console = Console(
            store: store, patrol: FixedPatrol(), health: FixedHealth(), evidenceRoot: folder.path + "/evidence",
            rules: ConsoleRules(catalogue: Self.catalogue, reasons: Self.reasons, access: Self.access, ledgers: Self.ledgers), feed: feed,
            configuration: configuration, logger: Self.quiet,
            channelsFileProblem: { channelsFileProblem }, promotion: promoter, archive: try stock?.shelf(database),
            runs: try stock?.launcher(folder.path + "/runs"), notices: try Self.notices,
            exchange: try Self.exchange(database, evidence, folder.path, configuration.timeZone),
            retention: try Self.retention(database, evidence, configuration.timeZone),
            duty: try Self.duty.get(), onBound: { _ in })
        let hash = try PasswordHash.make(Self.password, cost: Self.cheap)
        for (login, role) in [
            ("wang", UserRecord.Role.officer), ("li", .officer), ("zhao", .operator), ("chen", .administrator),
            ("qian", .secondOfficer), ("zhou", .head), ("sun", .legalReview), ("xu", .screener), ("he", .auditor),
        ] {
            try await store.addUser(
                UserRecord(
                    id: "u-\(login)", login: login, displayName: "用户 \(login)", role: role, passwordHash: hash,
                    createdAt: Date(), certificate: Self.certificate))
        }
        for id in ["c1", "c2"] {
            try await store.addChannel(
                ChannelRecord(
                    id: id, name: "茸惠路 \(id)", url: "rtsp://admin:top-secret@10.0.0.9/\(id)?token=hidden-token", place: "188 号",
                    createdAt: Date()))
        }
    }

    /// Runs `body` against the console's routes, then closes and removes the store.
    static func with(
        _ setting: TestingSetup = .router, heartbeat: Duration = .seconds(15), idleTimeout: Duration = .seconds(60),
        secureCookies: Bool = false, metricsToken: MetricsToken? = nil, channelsFileProblem: String? = nil, stock: StoredFootage? = nil,
        _ body: @Sendable (TestConsole, any TestClientProtocol) async throws -> Void
    ) async throws {
        let test = try await TestConsole(
            ConsoleConfiguration(
                port: 0, secureCookies: secureCookies, passwordCost: cheap, heartbeat: heartbeat, idleTimeout: idleTimeout,
                metricsToken: metricsToken), channelsFileProblem: channelsFileProblem, stock: stock)
        defer {
            try? test.database.close()
            try? FileManager.default.removeItem(at: test.folder)
        }
        try await test.console.application().test(setting) { client in try await body(test, client) }
    }

    /// A client that has logged in over the API and shows its token itself.
    func program(_ login: String, reason: String? = "review", _ client: any TestClientProtocol) async throws -> APIClient {
        try await APIClient(login: login, password: Self.password, reason: reason, client)
    }

    /// Seals a package and adds its case; cases are a minute apart.
    @discardableResult
    func addCase(
        _ index: Int = 0, channel: String = "c1", violation: String = "piled-goods", clip: [UInt8] = Self.clip,
        still: [UInt8] = FixedPatrol.still
    ) async throws -> CaseRecord {
        let made = Date(timeIntervalSince1970: 1_795_464_000 + Double(index) * 60)
        var generator = SystemRandomNumberGenerator()
        let id = PackageID(milliseconds: Int64(made.timeIntervalSince1970 * 1000), using: &generator)
        let staged = try evidence.begin(id)
        for role in [EvidenceManifest.Role.sceneBefore, .atStart, .afterDwell, .closeUp] {
            try staged.add(role.fileName, role: role, bytes: still + Array(role.rawValue.utf8))
        }
        try staged.add(EvidenceManifest.Role.clip.fileName, role: .clip, bytes: clip)
        let sealed = try evidence.seal(staged, manifest: Self.manifest(id, channel: channel, violation: violation))
        let record = CaseRecord(
            id: id.text,
            incident: IncidentRecord(
                id: "i-\(id.text)", channelID: channel, violation: violation, zoneID: "z1", zonesVersion: 1,
                ruleVersion: "r1", phase: .confirmed, openedAt: made - 10, confirmedAt: made,
                box: [100, 120, 80, 60], score: 0.8),
            createdAt: made, packagePath: sealed.relativePath,
            manifestSHA256: sealed.manifestSHA256.hex)
        try await store.addCase(record, actor: "machine")
        return record
    }

    func path(_ record: CaseRecord, _ name: String) -> String {
        folder.path + "/evidence/" + record.packagePath + "/" + name
    }

    static let certificate = OfficerCertificate(
        number: "沪0117-1", validFrom: LocalDay(Date(), in: .gmt).adding(days: -100),
        validUntil: LocalDay(Date(), in: .gmt).adding(days: 100))

    /// The fields of a review over the API, with all that it needs.
    static func review(_ kind: String, reason: String? = nil, note: String = "") -> [String: any Sendable] {
        var fields: [String: any Sendable] = [
            "kind": kind, "ticks": CaseAction.Tick.allCases.map(\.rawValue), "declaresNoConflict": true, "note": note,
        ]
        fields["reason"] = reason
        return fields
    }

    /// The same over the page's form.
    static func form(_ kind: String, _ more: [String: String] = [:]) -> [String: String] {
        var fields = ["kind": kind, "declaresNoConflict": "true"]
        for tick in CaseAction.Tick.allCases { fields["tick-\(tick.rawValue)"] = "true" }
        return fields.merging(more) { $1 }
    }

    static let externalToken = "external-token-0123456789"
    static let maskedPicture = FixedPatrol.still + Array("masked".utf8)

    private static func exchange(
        _ store: SQLiteCaseStore, _ evidence: EvidenceStore, _ folder: String, _ timeZone: TimeZone
    ) throws -> ExchangeHands {
        ExchangeHands(
            settings: try ConfigFile.read(ExchangeSettings.self, RunBench.root.path + "/Config/exchange.yaml"), storeFolder: folder,
            exporter: CaseExporter(store: store, evidence: evidence, timeZone: timeZone, program: "xunjie test"),
            externalToken: MetricsToken(externalToken),
            maskedPictures: { _ in [EvidenceManifest.Role.afterDwell.fileName: maskedPicture, "clip.mp4": clip] })
    }

    private static func retention(_ store: SQLiteCaseStore, _ evidence: EvidenceStore, _ timeZone: TimeZone) throws -> RetentionKeeper {
        let rules = try ConfigFile.read(RetentionRules.self, RunBench.root.path + "/Config/retention.yaml")
        return RetentionKeeper(
            store: store, evidence: evidence, policy: RetentionPolicy(rules: rules), timeZone: timeZone, program: "xunjie test",
            logger: quiet)
    }

    /// Every byte tells its place, so that a range cannot be mistaken.
    static let clip: [UInt8] = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }

    private static func manifest(_ id: PackageID, channel: String, violation: String) throws -> EvidenceManifest {
        let clock = EvidenceManifest.Clock(
            wallMinusPTSMicroseconds: id.milliseconds * 1000, source: "receive-time", utcOffsetMinutes: 480)
        return EvidenceManifest(
            packageID: id, caseID: id.text, incidentID: "i-\(id.text)", program: "xunjie test",
            channel: .init(id: channel, name: "茸惠路 \(channel)", codec: "h264", width: 1280, height: 720),
            violation: violation,
            zone: .init(
                id: "z1", kind: "pavement",
                polygon: try Polygon([UnitPoint(x: 0.1, y: 0.1), UnitPoint(x: 0.9, y: 0.1), UnitPoint(x: 0.5, y: 0.9)]),
                zonesVersion: 1),
            rule: .init(version: "r1", profile: violation, dwellSeconds: 10, measurements: ["stillSeconds": 11]),
            box: PixelRect(x: 100, y: 120, width: 80, height: 60), clock: clock,
            times: [.init(name: "still", pts: .zero, clock: clock)])
    }

    // The profiles that ship: without them there is nothing to test.
    // swift-format-ignore: NeverUseForceTry
    static let library = try! ProfileLibrary.load(folder: RunBench.root.path + "/Models")

    /// The shipped deadlines, grids and routes.
    private static let duty = Result {
        let config = RunBench.root.path + "/Config"
        return try DutySettings.load(
            folder: config, timeZone: ConsoleConfiguration().timeZone,
            catalogue: ConfigFile.read(ViolationCatalogue.self, config + "/violations.yaml"))
    }

    static let access = AccessRules(
        unit: "中山街道综合行政执法队", rememberMinutes: 15,
        reasons: [
            .init(code: "review", name: BilingualText(zh: "审核", en: "Review")),
            .init(code: "supervision", name: BilingualText(zh: "监督检查", en: "Supervision")),
            .init(code: "other", name: BilingualText(zh: "其他", en: "Other"), needsText: true),
        ],
        fonts: ["/nowhere/none.ttf", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"])

    static let ledgers = LedgerSettings(
        firstOffenceYears: 2, lookDays: [.red: 2, .yellow: 7, .green: 30],
        permitViolations: [.outsideSeating: ["piled-goods"], .guidedStall: [], .festival: [], .roadWorks: [], .other: []],
        expiryNoticeDays: 30)

    static let catalogue = ViolationCatalogue(
        bodies: [.init(id: "police", name: BilingualText(zh: "公安交警", en: "Police"))],
        violations: [
            .init(
                id: "piled-goods", name: BilingualText(zh: "乱堆物料", en: "Piled goods"),
                codes: .init(a: ["04005"], b: ["04-05"], c: []), urgency: 2, route: ["police"],
                definition: BilingualText(zh: "定义", en: "Definition"),
                hint: BilingualText(zh: "提示", en: "Hint"), source: "test"),
            .init(
                id: "parked-bikes", name: BilingualText(zh: "非机动车乱停", en: "Parked bikes"),
                codes: .init(a: [], b: [], c: []), urgency: 3, route: ["police"],
                definition: BilingualText(zh: "定义", en: "Definition"),
                hint: BilingualText(zh: "提示", en: "Hint"), source: "test"),
        ])

    static let noticeSecret = Data("a-secret-of-both-sides".utf8)

    static var notices: NoticeConfiguration {
        get throws {
            NoticeConfiguration(
                settings: try NoticeSettings.parse(
                    """
                    phone: "021-57820000"
                    gateway: {kind: outbox, folder: outbox, media: [sms]}
                    retry: {first_s: 30, longest_s: 3600, tries: 3}
                    templates:
                      - id: remind-sms
                        name: {zh: 短信提醒, en: Reminder}
                        kinds: [remind]
                        medium: sms
                        law: 行政处罚法第二十八条
                        text: "{shop}：{time}您在{place}{violation}，请于{due}前整改。{phone}，{code}"
                    """, file: "notices.yaml", violations: Set(catalogue.violations.map(\.id))),
                recheck: RecheckPolicy(minutes: ["default": 30, "parked-bikes": 120]), signature: NoticeSignature(secret: noticeSecret))
        }
    }

    static let reasons = DecisionReasons(
        falseAlarm: [.init(code: "delivery", name: BilingualText(zh: "临时装卸货", en: "Short delivery"), key: 2)],
        exempt: [.init(code: "permit", name: BilingualText(zh: "有许可或备案", en: "Permit"), key: 1)],
        transfer: [.init(code: "police", name: BilingualText(zh: "公安交警", en: "Police"), key: 1)])

    private static var quiet: Logger {
        var logger = Logger(label: "console-test")
        logger.logLevel = .critical
        return logger
    }
}
