/// What was found on some days, and what became of it until now.
///
/// Every case counts on the local day on which it was sealed, however late it was decided.
public struct CaseSummary: Codable, Sendable, Hashable {
    public var from: LocalDay
    public var to: LocalDay
    public var total: CaseTally
    /// By violation id.
    public var byViolation: [String: CaseTally]
    /// By channel id.
    public var byChannel: [String: CaseTally]
    /// By day, as `yyyy-mm-dd`; days without cases are left out.
    public var byDay: [String: CaseTally]
    public var reviews: ReviewTimes

    public init(
        from: LocalDay, to: LocalDay, total: CaseTally, byViolation: [String: CaseTally], byChannel: [String: CaseTally],
        byDay: [String: CaseTally], reviews: ReviewTimes
    ) {
        self.from = from
        self.to = to
        self.total = total
        self.byViolation = byViolation
        self.byChannel = byChannel
        self.byDay = byDay
        self.reviews = reviews
    }
}

/// How long cases waited for the review that stands.
public struct ReviewTimes: Codable, Sendable, Hashable {
    /// Review within half an hour is what the best-known peer promises (Pudong, 2021).
    public static let promisedMinutes = 30

    /// Reviewed cases.
    public var cases: Int
    /// Half of them took no longer, whole minutes; above two hours to ten minutes. nil without any.
    public var medianMinutes: Int?
    /// Those that took less than `promisedMinutes`.
    public var withinPromise: Int

    public init(cases: Int, medianMinutes: Int?, withinPromise: Int) {
        self.cases = cases
        self.medianMinutes = medianMinutes
        self.withinPromise = withinPromise
    }

    /// - Parameter minutes: cases by whole minutes, in order of the minutes.
    public init(minutes: [(minutes: Int, cases: Int)]) {
        cases = minutes.reduce(0) { $0 + $1.cases }
        withinPromise = minutes.reduce(0) { $0 + ($1.minutes < Self.promisedMinutes ? $1.cases : 0) }
        var passed = 0
        medianMinutes = nil
        for entry in minutes {
            passed += entry.cases
            if passed * 2 >= cases, cases > 0 {
                medianMinutes = entry.minutes
                break
            }
        }
    }

    /// 0…1; nil without any.
    public var withinPromisePart: Double? { cases == 0 ? nil : Double(withinPromise) / Double(cases) }
}
