public import Casework
public import Foundation
public import Logging
public import ServiceLifecycle

/// Looks at the open cases every minute: makes copies for other bodies, and takes cases whose time is over to the next loop.
///
/// What it decides is in `EscalationPolicy`; this is the clock and the hands. A case goes to each loop once: its log says to which it
/// went, so neither a restart nor a clock that was set back makes it go again.
public actor EscalationKeeper: Service {
    private let store: any CaseStore
    private let settings: DutySettings
    private let book: ClockBook
    private let clerk: ReferralClerk
    private let interval: Duration
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let caseChanged: @Sendable (String) -> Void
    /// Cases whose copies were looked after, by the review that called for them.
    private var copied: [String: Decision] = [:]
    private var saidFailure = false
    private var saidIncomplete = false

    /// - Parameters:
    ///   - book: of the open cases; pages may share it.
    ///   - interval: between looks; deadlines are in minutes.
    ///   - caseChanged: told the id of each case that got a line.
    public init(
        store: any CaseStore, settings: DutySettings, book: ClockBook, interval: Duration = .seconds(60),
        now: @escaping @Sendable () -> Date = { Date() }, logger: Logger, caseChanged: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.settings = settings
        self.book = book
        self.interval = interval
        self.now = now
        self.logger = logger
        self.caseChanged = caseChanged
        clerk = ReferralClerk(store: store, routing: settings.routing)
    }

    /// Says what the settings lack, then looks until it is cancelled or asked to shut down.
    public func run() async throws {
        for warning in settings.warnings(channels: (try? await store.channels()) ?? [], now: now()) {
            logger.warning("settings", metadata: ["reason": "\(warning)"])
        }
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await look()
                try? await Task.sleep(for: interval)
            }
        }
    }

    /// One look. A trouble of the store is logged once until it is over, and what was left undone is done at the next look.
    public func look() async {
        do {
            let moment = now()
            let reading = try await book.read()
            if !reading.isComplete, !saidIncomplete {
                logger.warning(
                    "more cases are open than deadlines are followed for; the oldest are not escalated",
                    metadata: ["followed": "\(reading.cases.count)"])
            }
            saidIncomplete = !reading.isComplete
            try await copy(reading.cases.map(\.record), at: moment)
            try await escalate(reading.cases, at: moment)
            saidFailure = false
        } catch {
            if !saidFailure { logger.error("deadlines cannot be followed", metadata: ["reason": "\(error)"]) }
            saidFailure = true
        }
    }

    private func copy(_ open: [CaseRecord], at moment: Date) async throws {
        // A transferred case is not open any more; its review is a minute old at most, or as old as the program was down.
        let transferred = try await store.cases(CaseFilter(states: [.transferred]), after: nil, limit: 500).cases
        let decided = (open + transferred).filter { $0.decision != nil }
        for record in decided where copied[record.id] != record.decision {
            if try await clerk.copy(record, at: moment) > 0 {
                await book.forget(record.id)
                caseChanged(record.id)
            }
            copied[record.id] = record.decision
        }
        let present = Set(decided.map(\.id))
        copied = copied.filter { present.contains($0.key) }
    }

    private func escalate(_ cases: [OpenCase], at moment: Date) async throws {
        let policy = settings.rules.escalation
        let needed = cases.compactMap { entry in
            policy.need(
                of: entry.clocks, needsEnforcement: EscalationPolicy.needsEnforcement(entry.record.standing), at: moment,
                in: settings.calendar
            ).map { (entry, $0) }
        }.filter { entry, need in entry.level < need.level }
        guard !needed.isEmpty else { return }
        let roster = DutyRoster(
            try await store.documents(RosterDocument.self), tree: settings.grid, timeZone: settings.calendar.timeZone)
        let grids = Dictionary(try await store.channels().map { ($0.id, $0.grid) }, uniquingKeysWith: { $1 })
        for (entry, need) in needed {
            // As it stands now, not as it stood at the last look: the page, or another look, may have been here.
            let level = Escalation.level(in: try await store.events(caseID: entry.record.id))
            guard level < need.level else {
                await book.forget(entry.record.id)
                continue
            }
            let grid = need.level.grid(of: grids[entry.record.incident.channelID] ?? "", in: settings.grid)
            let duty = grid.flatMap { roster.onDuty(grid: $0.code, at: moment) }
            let escalation = Escalation(
                level: need.level, clock: need.clock?.kind, dueAt: need.clock?.dueAt, grid: grid?.code,
                to: duty?.people.map(\.name) ?? [])
            try await store.appendEvent(
                caseID: entry.record.id, at: moment, actor: CaseActor.machine.id, kind: Escalation.lineKind,
                detail: CaseLine.text(of: escalation))
            await book.forget(entry.record.id)
            caseChanged(entry.record.id)
        }
    }
}
