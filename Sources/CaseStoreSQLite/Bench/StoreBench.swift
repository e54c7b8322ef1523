import Casework
import Foundation

/// Times the store's pages, searches and summaries, each with random questions.
package struct StoreBench {
    /// Milliseconds of many questions of one kind.
    package struct Times: Codable, Sendable {
        package var what: String
        package var count: Int
        package var p50_ms: Double
        package var p95_ms: Double
        package var max_ms: Double

        init(_ what: String, _ milliseconds: [Double]) {
            let sorted = milliseconds.sorted()
            self.what = what
            count = sorted.count
            func quantile(_ part: Double) -> Double { sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))] }
            (p50_ms, p95_ms, max_ms) = (quantile(0.5), quantile(0.95), sorted.last ?? 0)
        }
    }

    private static let pageSize = 24
    /// In the summary of a season.
    private static let longDays = 90

    let store: SQLiteCaseStore
    let filled: StoreFiller
    let questions: Int

    package init(store: SQLiteCaseStore, filled: StoreFiller, questions: Int) {
        self.store = store
        self.filled = filled
        self.questions = questions
    }

    package func run(seed: UInt64 = 7) async throws -> [Times] {
        var generator = SplitMix(state: seed)
        var results: [Times] = []
        func measure(_ what: String, _ ask: (inout SplitMix) async throws -> Void) async throws {
            var times: [Double] = []
            for _ in 0..<questions {
                let start = ContinuousClock.now
                try await ask(&generator)
                times.append((ContinuousClock.now - start) / .milliseconds(1))
            }
            results.append(Times(what, times))
        }
        try await measure("queue page, random filters") { generator in
            _ = try await store.cases(filter(&generator), after: cursor(&generator), limit: Self.pageSize)
        }
        try await measure("queue page that nothing matches") { generator in
            var filter = filter(&generator)
            filter.decidedBy = "nobody"
            if Bool.random(using: &generator) { filter.outcome = .revoked }
            _ = try await store.cases(filter, after: cursor(&generator), limit: Self.pageSize)
        }
        try await measure("counts of the queue") { _ in _ = try await store.counts() }
        try await measure("search") { generator in _ = try await store.search(text(&generator), limit: Self.pageSize) }
        try await measure("summary of a day") { generator in
            let day = day(&generator)
            _ = try await store.summary(day...day, channels: nil)
        }
        try await measure("summary of \(Self.longDays) days") { _ in
            let last = lastDay
            _ = try await store.summary(last.adding(days: 1 - Self.longDays)...last, channels: nil)
        }
        try await measure("summary of a day, 10 channels") { generator in
            let day = day(&generator)
            _ = try await store.summary(
                day...day, channels: Set((0..<10).map { _ in channel(&generator) }))
        }
        return results
    }

    /// Adds a case, and decides the one before, `perHour` times an hour, until cancelled; answers how many.
    package func write(perHour: Double) async throws -> Int {
        var generator = SplitMix(state: UInt64(filled.cases) &+ 99)
        var count = 0
        var before: String?
        while !Task.isCancelled {
            let now = Date()
            let id = generator.caseID(milliseconds: Int64(now.timeIntervalSince1970 * 1_000))
            let channel = channel(&generator)
            let incident = IncidentRecord(
                id: "i-" + id, channelID: channel, violation: StoreFiller.violations[count % StoreFiller.violations.count].id,
                zoneID: "front-1", zonesVersion: 1, ruleVersion: "2026.11", phase: .confirmed, openedAt: now - 600, confirmedAt: now,
                box: [640, 400, 220, 160], score: 0.75)
            try await store.addCase(
                CaseRecord(
                    id: id, incident: incident, createdAt: now, packagePath: "\(channel)/new/\(id)",
                    manifestSHA256: generator.hex(64)), actor: "machine")
            if let before {
                _ = try await store.act(
                    caseID: before, CaseAction(.falseAlarm, reason: "delivery", declaresNoConflict: true), by: StoreFiller.officers[0],
                    at: Date())
            }
            before = id
            count += 1
            try? await Task.sleep(for: .seconds(3_600 / perHour))
        }
        return count
    }

    /// The same kinds of question to the peer.
    package func run(peer: PeerEvents, seed: UInt64 = 7) throws -> [Times] {
        var generator = SplitMix(state: seed)
        var pages: [Double] = []
        for _ in 0..<questions {
            let cameras = Int.random(in: 0..<3, using: &generator) == 0 ? [channel(&generator)] : []
            let labels = Bool.random(using: &generator) ? [violation(&generator), violation(&generator)] : []
            let zone = Bool.random(using: &generator) ? "front-\(Int.random(in: 1...3, using: &generator))" : nil
            let before = cursor(&generator)?.createdAt.timeIntervalSince1970
            let start = ContinuousClock.now
            _ = try peer.page(cameras: cameras, labels: labels, zone: zone, before: before, limit: Self.pageSize)
            pages.append((ContinuousClock.now - start) / .milliseconds(1))
        }
        let summaries = try (0..<10).map { _ in
            let start = ContinuousClock.now
            _ = try peer.summary()
            return (ContinuousClock.now - start) / .milliseconds(1)
        }
        return [Times("peer: page of events, random filters", pages), Times("peer: summary of events", summaries)]
    }

    // MARK: Questions

    private var lastDay: LocalDay { LocalDay(filled.until, in: store.life.timeZone) }

    private func day(_ generator: inout SplitMix) -> LocalDay {
        lastDay.adding(days: -Int.random(in: 0..<max(1, filled.days), using: &generator))
    }

    private func channel(_ generator: inout SplitMix) -> String {
        StoreFiller.channelID(Int.random(in: 0..<filled.channels, using: &generator))
    }

    private func violation(_ generator: inout SplitMix) -> String {
        StoreFiller.violations[Int.random(in: 0..<StoreFiller.violations.count, using: &generator)].id
    }

    private func moment(_ generator: inout SplitMix) -> Date {
        filled.until - Double.random(in: 0..<Double(filled.days) * 86_400, using: &generator)
    }

    private func cursor(_ generator: inout SplitMix) -> CaseCursor? {
        Bool.random(using: &generator) ? nil : CaseCursor(createdAt: moment(&generator), id: "z")
    }

    private func filter(_ generator: inout SplitMix) -> CaseFilter {
        func sometimes(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &generator) == 0 }
        var filter = CaseFilter(states: [])
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: filter.states = CaseState.waiting
        case 1: filter.states = CaseState.allCases.filter { _ in Bool.random(using: &generator) }
        case 2: filter.states = [CaseState.allCases[Int.random(in: 0..<CaseState.allCases.count, using: &generator)]]
        default: break
        }
        if sometimes(2) { filter.violation = violation(&generator) }
        if sometimes(2) { filter.channelID = channel(&generator) }
        if sometimes(3) {
            let from = moment(&generator)
            filter.from = from
            filter.until = from + Double.random(in: 1...14, using: &generator) * 86_400
        }
        if sometimes(6) { filter.shopID = StoreFiller.shopID(Int.random(in: 0..<filled.shops, using: &generator)) }
        if sometimes(5) {
            filter.outcome = CaseAction.Outcome.allCases[Int.random(in: 0..<CaseAction.Outcome.allCases.count, using: &generator)]
        }
        if sometimes(5) { filter.decidedBy = StoreFiller.officers[Int.random(in: 0..<StoreFiller.officers.count, using: &generator)] }
        return filter
    }

    private func text(_ generator: inout SplitMix) -> String {
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: String(generator.caseID(milliseconds: Int64(moment(&generator).timeIntervalSince1970 * 1_000)).prefix(8))
        case 1: "茸惠路\(Int.random(in: 1...filled.channels, using: &generator))号口"
        case 2: "第\(Int.random(in: 1...filled.shops, using: &generator))号果品店"
        case 3: "第\(Int.random(in: 1...12, using: &generator))网格 茸惠路"
        default: "shop-\(Int.random(in: 1...filled.shops, using: &generator))"
        }
    }
}
