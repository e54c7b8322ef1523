import Casework

/// Chips and lists by which findings are chosen: type, camera and hour, each with how many there are.
struct FindingChoices: Sendable {
    struct Choice: Sendable {
        var id = ""
        let label: String
        let href: String
        let isCurrent: Bool
        let count: String
    }

    /// One hour of the day as a column, 0…100 high.
    struct Hour: Sendable {
        let label: String
        let href: String
        let title: String
        let isCurrent: Bool
        let x: Int
        let y: Int
        let height: Int
        let middle: Int
        let showsLabel: Bool
    }

    let violations: [Choice]
    let channels: [Choice]
    let hours: [Hour]
    let hasHours: Bool
    /// Fields that the channel's form hands on.
    let kept: [LabelledText]
    let action: String
    let isFiltered: Bool
    let clearHref: String

    /// - Parameters:
    ///   - subjects: violation, channel and hour of everything that could be shown.
    ///   - more: what else the address holds.
    init(
        _ subjects: [(violation: String, channel: String, hour: Int?)], _ filter: FindingFilter, path: String,
        more: [(name: String, value: String)], _ naming: FindingNaming, _ t: Wording
    ) {
        func href(_ change: (inout FindingFilter) -> Void) -> String { path + filter.with(change).query(more) }
        let byType = Dictionary(grouping: subjects, by: \.violation).mapValues(\.count)
        let byChannel = Dictionary(grouping: subjects, by: \.channel).mapValues(\.count)
        violations =
            [
                Choice(
                    label: t[.allViolations], href: href { $0.violation = nil }, isCurrent: filter.violation == nil,
                    count: String(subjects.count))
            ]
            + byType.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { id, count in
                Choice(
                    id: id, label: naming.violation(id), href: href { $0.violation = id }, isCurrent: filter.violation == id,
                    count: String(count))
            }
        channels = byChannel.sorted { $0.key < $1.key }.map { id, count in
            Choice(
                id: id, label: "\(naming.channel(id)) (\(count))", href: href { $0.channel = id }, isCurrent: filter.channel == id,
                count: String(count))
        }
        var byHour = [Int](repeating: 0, count: 24)
        for hour in subjects.compactMap(\.hour) { byHour[hour] += 1 }
        let most = max(1, byHour.max() ?? 1)
        hours = byHour.indices.map { hour in
            // What is there at all can be seen.
            let height = byHour[hour] == 0 ? 0 : max(3, byHour[hour] * 40 / most)
            return Hour(
                label: String(hour), href: href { $0.hour = filter.hour == hour ? nil : hour },
                title: t.text(.hourTitle, ["hour": String(hour), "n": String(byHour[hour])]), isCurrent: filter.hour == hour,
                x: hour * 20 + 2,
                y: 44 - height, height: height, middle: hour * 20 + 10, showsLabel: hour % 3 == 0)
        }
        hasHours = byHour.contains { $0 > 0 }
        kept = (more + filter.with { $0.channel = nil }.items).map { LabelledText(key: $0.name, label: "", text: $0.value) }
        action = path
        isFiltered = filter != FindingFilter()
        clearHref = path + FindingFilter().query(more)
    }
}
