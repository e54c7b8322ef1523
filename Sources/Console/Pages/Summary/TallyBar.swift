import Casework

/// Cases as a bar in parts by what became of them.
struct TallyBar: Sendable {
    struct Part: Sendable {
        let kind: String
        let x: Int
        let width: Int
        let title: String
    }

    /// Both of a row's bar and of its legend.
    struct Kind: Sendable {
        let kind: String
        let label: String
    }

    static let wide = 1000

    let label: String
    let count: String
    let href: String?
    let parts: [Part]
    /// The part that was no false alarm, such as `87 %`.
    let precision: String

    /// - Parameter most: the number of cases that fills the whole width.
    init(_ tally: CaseTally, label: String, href: String? = nil, most: Int, _ t: Wording) {
        self.label = label
        self.href = href
        count = String(tally.found)
        precision = tally.precision.map { t.percent(($0 * 100).rounded() / 100) } ?? "–"
        var x = 0
        parts = Self.amounts(tally).compactMap { kind, phrase, amount in
            guard amount > 0 else { return nil }
            let width = max(4, amount * Self.wide / max(1, most))
            defer { x += width }
            return Part(kind: kind, x: x, width: width, title: "\(t[phrase]) \(amount)")
        }
    }

    static func legend(_ tally: CaseTally, _ t: Wording) -> [Kind] {
        amounts(tally).filter { $0.amount > 0 }.map { Kind(kind: $0.kind, label: t[$0.phrase]) }
    }

    private static func amounts(_ tally: CaseTally) -> [(kind: String, phrase: Phrase, amount: Int)] {
        [
            ("corrected", .summaryCorrected, tally.corrected), ("handed", .summaryHandedOver, tally.handedOver),
            ("way", .summaryUnderWay, tally.underWay),
            ("other", .summaryOther, tally.exempt + tally.transferred + tally.endedOtherwise),
            ("false", .summaryFalseAlarms, tally.falseAlarms), ("waiting", .summaryWaiting, tally.waiting),
        ]
    }
}
