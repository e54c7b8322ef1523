import Casework
import Foundation
import HTTPTypes
import Pipeline

/// Deadlines, grids and referrals as pages and API show them.
struct DutyDesk: Sendable {
    /// Rows of one page.
    static let pageSize = 50
    /// Transferred cases whose referrals are followed: the better part of a year of a street's.
    private static let referredLimit = 2_000
    /// Handed-over cases that are looked through for the clocks of the city's case system.
    private static let filedLimit = 1_000
    /// The limitation is two years; it is shown among the others once this little of it is left, seconds.
    private static let limitationNotice: TimeInterval = 90 * 86_400

    let store: any CaseStore
    /// The store with all cameras, which the books read; whatever comes out of a book goes through `seen` first.
    private let whole: any CaseStore
    let settings: DutySettings
    let open: ClockBook
    let referred: ClockBook
    let clerk: ReferralClerk
    let catalogue: ViolationCatalogue
    let feed: ConsoleFeed
    let now: @Sendable () -> Date

    /// - Parameters:
    ///   - store: as the viewer may see it.
    ///   - whole: with all cameras.
    ///   - open: the book of open cases that the escalation keeps; nil for one of its own.
    init(
        store: any CaseStore, whole: any CaseStore, settings: DutySettings, open: ClockBook?, catalogue: ViolationCatalogue,
        feed: ConsoleFeed,
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.whole = whole
        self.settings = settings
        self.open = open ?? ClockBook(store: whole, clocks: settings.clocks, scope: .open)
        referred = ClockBook(store: whole, clocks: settings.clocks, scope: .referred, limit: Self.referredLimit)
        clerk = ReferralClerk(store: store, routing: settings.routing)
        self.catalogue = catalogue
        self.feed = feed
        self.now = now
    }

    // MARK: Deadlines

    func deadlines(_ filter: DeadlineFilter, limit: Int = DutyDesk.pageSize) async throws -> DeadlineListing {
        let moment = now()
        let reading = try await cases(filter)
        let channels = try await channels()
        let within = filter.grid.map { code in Set(settings.grid.nodes.filter { isWithin($0.code, code) }.map(\.code)) }
        var rows: [DutyRow] = []
        for entry in reading.cases {
            let channel = channels[entry.record.incident.channelID]
            if let within, !within.contains(channel?.grid ?? "") { continue }
            let clocks = entry.clocks.filter { isShown($0, filter, at: moment) }.sorted { $0.dueAt < $1.dueAt }
            if let body = filter.body, !clocks.contains(where: { $0.body == body }), primary(of: entry) != body { continue }
            guard !clocks.isEmpty else { continue }
            let row = DutyRow(entry: entry, clocks: clocks, channel: channel)
            if filter.isBreached, !row.isBreached(at: moment) { continue }
            rows.append(row)
        }
        rows.sort { left, right in
            let (late, later) = (left.isBreached(at: moment), right.isBreached(at: moment))
            return late == later ? (left.dueAt, left.entry.record.id) < (right.dueAt, right.entry.record.id) : late
        }
        let page = min(max(filter.page, 1), max(1, (rows.count + limit - 1) / limit))
        return DeadlineListing(
            rows: Array(rows.dropFirst((page - 1) * limit).prefix(limit)), total: rows.count,
            breached: rows.count { $0.isBreached(at: moment) }, page: page, hasMore: rows.count > page * limit,
            isComplete: reading.isComplete)
    }

    private func cases(_ filter: DeadlineFilter) async throws -> ClockBook.Reading {
        if filter.clock == .decision || filter.clock == .service {
            // Not kept: the city's answers are lines that change no standing.
            return try await seen(ClockBook(store: whole, clocks: settings.clocks, scope: .filed, limit: Self.filedLimit))
        }
        var reading = try await seen(open)
        let others = try await seen(referred)
        reading.cases += others.cases.filter { $0.referrals.contains { $0.isOpen && $0.status != .returned } }
        reading.isComplete = reading.isComplete && others.isComplete
        return reading
    }

    /// What the book holds of the cameras that the viewer may see: the books are everybody's.
    private func seen(_ book: ClockBook) async throws -> ClockBook.Reading {
        var reading = try await book.read()
        let scope = RequestAccess.current.scope
        if scope.isConfined { reading.cases = reading.cases.filter { scope.holds($0.record.incident.channelID) } }
        return reading
    }

    private func isShown(_ clock: CaseClock, _ filter: DeadlineFilter, at moment: Date) -> Bool {
        guard clock.isRunning else { return false }
        if let kind = filter.clock { return clock.kind == kind }
        return clock.kind != .limitation || clock.dueAt.timeIntervalSince(moment) < Self.limitationNotice
    }

    private func primary(of entry: OpenCase) -> String? {
        settings.routing.route(entry.record.incident.violation)?.primary.body
    }

    private func isWithin(_ code: String, _ above: String) -> Bool { settings.grid.path(from: code).contains { $0.code == above } }

    /// One case's clocks, whatever its state.
    func clocks(of record: CaseRecord) async throws -> ClockedCase {
        let events = try await store.events(caseID: record.id)
        let grid = try await store.channel(id: record.incident.channelID)?.grid ?? ""
        return ClockedCase(
            entry: ClockBook.entry(record, events: events, clocks: settings.clocks), escalations: Escalation.all(in: events),
            grid: settings.grid.node(grid), duty: try await roster().onDuty(grid: grid, at: now()), answers: CityAnswer.all(in: events))
    }

    // MARK: Grids

    func channels() async throws -> [String: ChannelRecord] {
        try await store.channels().reduce(into: [:]) { $0[$1.id] = $1 }
    }

    func roster() async throws -> DutyRoster {
        DutyRoster(
            try await store.documents(RosterDocument.self), tree: settings.grid, timeZone: settings.calendar.timeZone)
    }

    func grid() async throws -> GridListing {
        let moment = now()
        let reading = try await seen(open)
        let channels = try await channels()
        let roster = try await roster()
        // Cases are many, grids few: each way up the tree is looked for once.
        var paths: [String: [GridTree.Node]] = [:]
        func path(_ code: String) -> [GridTree.Node] {
            if let known = paths[code] { return known }
            paths[code] = settings.grid.path(from: code)
            return paths[code] ?? []
        }
        var counts: [String: GridListing.Count] = [:]
        for entry in reading.cases {
            let isBreached = entry.isBreached(at: moment)
            for node in path(channels[entry.record.incident.channelID]?.grid ?? "") {
                counts[node.code, default: .init()].open += 1
                counts[node.code, default: .init()].breached += isBreached ? 1 : 0
            }
        }
        for channel in channels.values {
            for node in path(channel.grid) { counts[node.code, default: .init()].channels += 1 }
        }
        let sorted = channels.values.sorted { $0.id < $1.id }
        return GridListing(
            tree: settings.grid, counts: counts,
            people: settings.grid.nodes.reduce(into: [:]) { people, node in
                let here = roster.people(on: node.code, at: moment)
                if !here.isEmpty { people[node.code] = here }
            },
            entries: try await store.documents(RosterDocument.self), withoutGrid: sorted.filter(\.grid.isEmpty),
            unknown: settings.grid.unknownGrids(of: sorted), isComplete: reading.isComplete,
            warning: settings.calendar.warning(at: moment))
    }

    // MARK: Referrals

    /// - Parameter body: nil for all.
    func referrals(body: String?, status: ReferralFilter.Status) async throws -> ReferralListing {
        let reading = try await seen(open)
        let others = try await seen(referred)
        let channels = try await channels()
        let entries = (reading.cases + others.cases).filter { !$0.referrals.isEmpty }
        var counts: [String: Int] = [:]
        var rows: [ReferralRow] = []
        for entry in entries {
            for referral in entry.referrals where referral.status != .withdrawn {
                if referral.isOpen { counts[referral.body, default: 0] += 1 }
                guard body == nil || referral.body == body, status.holds(referral) else { continue }
                rows.append(
                    ReferralRow(
                        entry: entry, referral: referral, channel: channels[entry.record.incident.channelID],
                        clock: entry.clocks.last { $0.body == referral.body && $0.isRunning }))
            }
        }
        rows.sort { ($0.referral.at, $0.entry.record.id) > ($1.referral.at, $1.entry.record.id) }
        return ReferralListing(rows: rows, counts: counts, isComplete: reading.isComplete && others.isComplete)
    }

    /// Says what became of a referral.
    func mark(_ step: Referral.Step, _ caseID: String, body: String, text: String, by visit: Visit) async throws -> [Referral] {
        do {
            let referrals = try await clerk.mark(
                step, caseID: caseID, body: body, text: text.trimmingCharacters(in: .whitespacesAndNewlines), by: visit.user.id, at: now())
            await open.forget(caseID)
            await referred.forget(caseID)
            feed.publish(.caseChanged(id: caseID))
            return referrals
        } catch let failure as ReferralClerk.Failure {
            throw Self.refusal(failure)
        }
    }

    private static func refusal(_ failure: ReferralClerk.Failure) -> Refusal {
        switch failure {
        case .noReferral: .notFound
        case .notNow(let step, let status):
            Refusal(
                .conflict, "not-now", zh: "该移送“\(status.name.zh)”，不能“\(step.name.zh)”。",
                en: "The referral is \(status.name.en): “\(step.name.en)” is not possible.")
        case .textTooLong:
            .invalid("text", zh: "最多 \(Referral.textLimit) 字。", en: "At most \(Referral.textLimit) characters are kept.")
        case .textMissing: .invalid("text", zh: "请填写对方的答复或退回理由。", en: "Give the other body's answer, or why it was returned.")
        }
    }

    // MARK: The city's answers

    /// Enters what the city's case system did with a case that was handed over.
    /// - Parameter day: of the decision or of its service; today if nil.
    /// - Returns: all that is known of it now.
    func enter(
        _ step: CityAnswer.Step, on day: LocalDay?, note: String, _ caseID: String, by visit: Visit
    ) async throws -> [CityAnswer] {
        let zone = settings.calendar.timeZone
        let today = LocalDay(now(), in: zone)
        let answer = CityAnswer(step, on: day ?? today, note: note.trimmingCharacters(in: .whitespacesAndNewlines))
        guard let record = try await store.caseRecord(id: caseID) else { throw Refusal.notFound }
        let events = try await store.events(caseID: caseID)
        let known = CityAnswer.all(in: events)
        guard record.state == .handedOver, CityAnswer.next(after: known) == answer.step else {
            throw Refusal(
                .conflict, "not-now", zh: "现在不能登记“\(answer.step.name.zh)”。", en: "“\(answer.step.name.en)” is not possible now.")
        }
        let handedOver = events.last { [.agree, .handOver].contains(CaseLog.action(of: $0)?.kind) }.map { LocalDay($0.at, in: zone) }
        guard let earliest = known.last?.day ?? handedOver, (earliest...max(earliest, today)).contains(answer.day) else {
            throw Refusal.invalid("day", zh: "日期不能早于上一步，也不能晚于今天。", en: "The day is none before the last step and none after today.")
        }
        guard answer.note.count <= CityAnswer.noteLimit else {
            throw Refusal.invalid("note", zh: "最多 \(CityAnswer.noteLimit) 字。", en: "At most \(CityAnswer.noteLimit) characters are kept.")
        }
        guard answer.step != .decided || !answer.note.isEmpty else {
            throw Refusal.invalid("note", zh: "请填写决定书文号。", en: "Give the number of the decision.")
        }
        try await store.appendEvent(
            caseID: caseID, at: now(), actor: visit.user.id, kind: answer.step.eventKind, detail: answer.detail())
        feed.publish(.caseChanged(id: caseID))
        return CityAnswer.all(in: try await store.events(caseID: caseID))
    }

    // MARK: Roster

    /// Adds or changes an entry of the roster.
    /// - Parameters:
    ///   - id: nil for a new one.
    ///   - version: the one that the author saw.
    func put(
        _ document: RosterDocument, id: String?, version: Int, isRetired: Bool, by visit: Visit, address: String
    ) async throws -> LedgerEntry {
        if let problem = document.problems.first { throw Refusal.invalid(problem.field, zh: problem.text.zh, en: problem.text.en) }
        guard settings.grid.node(document.grid) != nil else {
            throw Refusal.invalid("grid", zh: "没有这个网格。", en: "There is no such grid.")
        }
        let entry = try await store.putLedger(
            .roster, id: id ?? UUID().uuidString.lowercased(), document: CaseLine.text(of: document), isRetired: isRetired,
            expecting: version, author: visit.user.id, at: now())
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: "roster-changed", subject: entry.id, address: address))
        return entry
    }
}
