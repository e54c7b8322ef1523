public import Casework
import Evidence
public import Foundation
public import Logging
public import ServiceLifecycle

/// Looks at the channels every few seconds: counts their open eyes, makes and ends work orders, and writes the status file.
///
/// What it decides is in `HealthLedger` and `FaultWatch`; this is the clock and the hands. What the store does not take is
/// kept and tried again at the next look.
public actor HealthKeeper: HealthReporting, Service {
    private let store: any CaseStore
    private let patrol: any PatrolControl
    private let settings: HealthSettings
    private let folder: String
    private let timeZone: TimeZone
    private let program: String
    private let evidence: @Sendable () -> EvidenceReading
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let faultChanged: @Sendable (String) -> Void
    private let startedAt: Date
    private var ledger: HealthLedger
    private var watch: FaultWatch
    /// Orders whose last change is not in the store yet.
    private var unsavedFaults: [String: FaultRecord] = [:]
    private var savedMinute: Int?
    private var cleanedDay: LocalDay?
    /// Troubles of its own that were logged, so that each is said once and not every few seconds.
    private var saidFailures: Set<String> = []
    private var generator = SystemRandomNumberGenerator()

    /// Takes up today's counts and what was open when the program ended.
    ///
    /// - Parameters:
    ///   - folder: the store's; `status.json` and `faults/` are kept there.
    ///   - program: name and version for the status file.
    ///   - evidence: how the writing of evidence is going.
    ///   - faultChanged: told the id of each order that is made, changed or ended.
    public init(
        store: any CaseStore, patrol: any PatrolControl, settings: HealthSettings, folder: String, timeZone: TimeZone,
        program: String, evidence: @escaping @Sendable () -> EvidenceReading, now: @escaping @Sendable () -> Date = { Date() },
        logger: Logger, faultChanged: @escaping @Sendable (String) -> Void
    ) async throws {
        self.store = store
        self.patrol = patrol
        self.settings = settings
        self.folder = folder
        self.timeZone = timeZone
        self.program = program
        self.evidence = evidence
        self.now = now
        self.logger = logger
        self.faultChanged = faultChanged
        startedAt = now()
        let today = LocalDay(startedAt, in: timeZone)
        ledger = HealthLedger(timeZone: timeZone, stored: try await store.health(today...today, channelID: nil))
        watch = FaultWatch(
            lasting: settings.faults, open: try await store.faults(FaultFilter(standing: .open), before: nil, limit: 10_000))
        try FileManager.default.createDirectory(
            atPath: folder + "/faults", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Looks until it is cancelled or asked to shut down; then the minute under way is judged and stored, and the status file
    /// goes.
    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: .seconds(settings.lookSeconds))
            }
        }
        ledger.closeMinute()
        await saveHealth(at: now())
        try? FileManager.default.removeItem(atPath: folder + "/" + StationStatus.fileName)
    }

    // MARK: Looking

    /// One look.
    public func look() async {
        let statuses = await patrol.channelStatuses()
        let now = now()
        ledger.look(statuses, at: now)
        await findFaults(statuses, at: now)
        let minute = Int(now.timeIntervalSince1970 / 60)
        if savedMinute != minute {
            savedMinute = minute
            await saveHealth(at: now)
        }
        await writeStatus(statuses, at: now)
    }

    private func findFaults(_ statuses: [ChannelStatus], at now: Date) async {
        var findings: [FaultWatch.Subject: FaultFinding] = [:]
        for status in statuses {
            for (kind, finding) in FaultFinding.findings(of: status) {
                findings[FaultWatch.Subject(channelID: status.id, kind: kind)] = finding
            }
        }
        let reading = evidence()
        findings[FaultWatch.Subject(channelID: nil, kind: .disk)] = FaultFinding.disk(
            evidenceProblem: reading.problem, freeGigabytes: freeGigabytes, limits: settings.limits, gate: reading.disk)
        let changes = watch.look(findings, at: now) {
            PackageID(milliseconds: max(0, Int64(now.timeIntervalSince1970 * 1000)), using: &generator).text
        }
        for change in changes {
            var fault = change.fault
            if case .opened = change, let channelID = fault.channelID, let still = await patrol.latestStill(channelID: channelID),
                writeFile("faults/\(fault.id).jpg", Data(still))
            {
                watch.addStill(to: fault)
                fault.hasStill = true
            }
            unsavedFaults[fault.id] = fault
            tell(change)
        }
        await saveFaults()
    }

    private var freeGigabytes: Double? {
        let free = try? FileManager.default.attributesOfFileSystem(forPath: folder)[.systemFreeSize] as? NSNumber
        return free.map { $0.doubleValue / 1e9 }
    }

    private func tell(_ change: FaultWatch.Change) {
        let fault = change.fault
        var metadata: Logger.Metadata = ["channel": "\(fault.channelID ?? "-")", "fault": "\(fault.reason)"]
        if let figure = fault.figure { metadata["figure"] = "\(figure)" }
        switch change {
        case .opened: logger.warning("a fault lasts; a work order is open", metadata: metadata)
        case .changed: break
        case .closed: logger.notice("a fault is over", metadata: metadata)
        }
    }

    // MARK: Storing

    private func saveFaults() async {
        guard !unsavedFaults.isEmpty else { return }
        let faults = unsavedFaults
        await attempt("work orders cannot be stored") {
            // Ends before beginnings: the same channel and kind may have one of each.
            try await store.saveFaults(faults.values.sorted { !$0.isOpen && $1.isOpen })
            for (id, fault) in faults where unsavedFaults[id] == fault { unsavedFaults[id] = nil }
            for id in faults.keys { faultChanged(id) }
        }
    }

    private func saveHealth(at now: Date) async {
        let today = LocalDay(now, in: timeZone)
        let days = ledger.unstored()
        await attempt("the channels' health cannot be stored") {
            try await store.saveHealth(days)
            ledger.stored(days, today: today)
        }
        guard cleanedDay != today else { return }
        await attempt("old health records cannot be removed") {
            let first = today.adding(days: -settings.keepDays)
            let removed = try await store.removeHealth(before: first, faultsEndedBefore: first.start(in: timeZone))
            for id in removed { try? FileManager.default.removeItem(atPath: stillPath(id)) }
            cleanedDay = today
        }
    }

    /// Runs `work`; its failure is logged once until it works again.
    private func attempt(_ failure: String, _ work: () async throws -> Void) async {
        do {
            try await work()
            saidFailures.remove(failure)
        } catch {
            if saidFailures.insert(failure).inserted { logger.error("\(failure)", metadata: ["reason": "\(error)"]) }
        }
    }

    private func writeStatus(_ statuses: [ChannelStatus], at now: Date) async {
        await attempt("the status file cannot be written") {
            let records = try await store.channels()
            let status = stationStatus(records, statuses, at: now)
            guard writeFile(StationStatus.fileName, try status.encoded()) else { throw CocoaError(.fileWriteUnknown) }
        }
    }

    private func stationStatus(_ records: [ChannelRecord], _ statuses: [ChannelStatus], at now: Date) -> StationStatus {
        let day = LocalDay(now, in: timeZone)
        let today = ledger.records(of: day)
        let states = Dictionary(statuses.map { ($0.id, $0) }) { $1 }
        let faults = Dictionary(grouping: watch.open) { $0.channelID }
        let channels = records.map { record in
            StationStatus.Channel(
                record, states[record.id], today: today[record.id], faults: (faults[record.id] ?? []).map(\.kind))
        }
        return StationStatus(
            program: program, processID: getpid(), writtenAt: now, startedAt: startedAt,
            staleAfterSeconds: max(20, settings.lookSeconds * 3), dayMinutes: max(0, day.minute(of: now, in: timeZone)),
            channels: channels.sorted { ($0.health, -$0.faults.count, $0.id) < ($1.health, -$1.faults.count, $1.id) },
            evidence: evidence(), usage: .now(), stationFaults: faults[nil] ?? [])
    }

    // MARK: Files

    private func stillPath(_ id: String) -> String { folder + "/faults/\(id).jpg" }

    /// Replaces the file in one step, readable by its owner alone. Not flushed to the disk: none of it is evidence.
    private func writeFile(_ name: String, _ contents: Data) -> Bool {
        let path = folder + "/" + name
        let manager = FileManager.default
        guard manager.createFile(atPath: path + ".new", contents: contents, attributes: [.posixPermissions: 0o600]) else { return false }
        return rename(path + ".new", path) == 0
    }

    // MARK: Reporting

    public func snapshot() -> HealthSnapshot {
        HealthSnapshot(
            today: ledger.records(of: LocalDay(now(), in: timeZone)), openMinutes: ledger.openMinutes, openFaults: watch.open,
            evidence: evidence(), startedAt: startedAt)
    }

    public func faultStill(id: String) -> [UInt8]? {
        // Only what can be a fault's id becomes part of a path.
        guard PackageID(id) != nil else { return nil }
        return FileManager.default.contents(atPath: stillPath(id)).map { [UInt8]($0) }
    }
}
