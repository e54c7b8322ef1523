import Casework

/// The changes as bars: one row for each type and camera, one column for each hour; in parts of a thousand, drawn as SVG.
struct ChangeBars: Sendable {
    struct Part: Sendable {
        let change: String
        let x: Int
        let width: Int
        let title: String
    }

    struct Row: Sendable {
        let label: String
        let count: String
        let parts: [Part]
    }

    struct Slice: Sendable {
        let change: String
        let y: Int
        let height: Int
    }

    struct Column: Sendable {
        let label: String
        let title: String
        let x: Int
        let middle: Int
        let slices: [Slice]
        let showsLabel: Bool
    }

    struct Key: Sendable {
        let change: String
        let label: String
    }

    private static let wide = 1000
    private static let high = 100
    /// The page shows the cameras with most changes; the lists have all.
    private static let rowLimit = 20

    let types: [Row]
    let channels: [Row]
    let hours: [Column]
    let hasHours: Bool
    let legend: [Key]
    let channelsLeft: String?

    init(_ comparison: RunComparison, _ naming: FindingNaming, _ t: Wording, isDecided: Bool) {
        let names = Dictionary(uniqueKeysWithValues: RunComparison.Change.allCases.map { ($0, t[$0.phrase(isDecided)]) })
        types = Self.rows(comparison.byViolation, names, naming.violation)
        let all = Self.rows(comparison.byChannel, names, naming.channel)
        channels = Array(all.prefix(Self.rowLimit))
        channelsLeft = all.count > Self.rowLimit ? t.text(.andMore, ["n": String(all.count - Self.rowLimit)]) : nil
        let counts = (0...23).map { comparison.byHour[String($0)] ?? ChangeCount() }
        let most = max(1, counts.map(\.all).max() ?? 1)
        hours = counts.enumerated().map { hour, count in
            var base = Self.high
            let slices = RunComparison.Change.allCases.compactMap { change -> Slice? in
                let height = count[change] * Self.high / most
                guard count[change] > 0 else { return nil }
                base -= max(2, height)
                return Slice(change: change.rawValue, y: max(0, base), height: max(2, height))
            }
            let told = RunComparison.Change.allCases.filter { count[$0] > 0 }.map { "\(names[$0] ?? "") \(count[$0])" }
            return Column(
                label: String(hour), title: (["\(hour):00"] + told).joined(separator: " · "), x: hour * 30 + 4, middle: hour * 30 + 15,
                slices: slices, showsLabel: hour % 3 == 0)
        }
        hasHours = counts.contains { $0.all > 0 }
        legend = RunComparison.Change.allCases.filter { comparison.total[$0] > 0 }.map { Key(change: $0.rawValue, label: names[$0] ?? "") }
    }

    private static func rows(
        _ counts: [String: ChangeCount], _ names: [RunComparison.Change: String], _ name: (String) -> String
    ) -> [Row] {
        let most = max(1, counts.values.map(\.all).max() ?? 1)
        return counts.sorted { ($1.value.changed, $1.value.all, $0.key) < ($0.value.changed, $0.value.all, $1.key) }.map { id, count in
            var x = 0
            let parts = RunComparison.Change.allCases.compactMap { change -> Part? in
                guard count[change] > 0 else { return nil }
                let width = max(6, count[change] * wide / most)
                defer { x += width }
                return Part(change: change.rawValue, x: x, width: width, title: "\(names[change] ?? "") \(count[change])")
            }
            return Row(label: name(id), count: String(count.all), parts: parts)
        }
    }
}

extension ChangeCount {
    /// Those that are not as they were.
    fileprivate var changed: Int { gained + lost + moved + renamed }
}
