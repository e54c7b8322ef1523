import Casework
import Foundation
import Pipeline

/// `/channels`: the board, how every camera is doing.
struct ChannelsPage: Sendable {
    var tiles: [ChannelTile]
    var filter = BoardFilter()
    /// Said on top of the page after a form was sent; in the store's words.
    var failure: String?
    /// Why the channels file on the disk is not in force.
    var fileProblem: String?
}

/// One channel as its tile shows it. Never holds the address.
struct ChannelTile: Sendable {
    var record: ChannelRecord
    /// nil while the patrol does not know the channel.
    var status: ChannelStatus?
    var today: HealthDayRecord?
    /// Open work orders.
    var faults: [FaultRecord]

    var health: ChannelHealth { ChannelHealth(status, isEnabled: record.enabled) }
}

/// Which tiles the board shows and in which order, as its address says: `?show=&sort=`.
struct BoardFilter: Sendable, Hashable {
    enum Show: String, Sendable, CaseIterable { case all, bad, faulty, busy, good, off }
    enum Sort: String, Sendable, CaseIterable { case worst, place }

    var show = Show.all
    var sort = Sort.worst

    init(show: Show = .all, sort: Sort = .worst) {
        self.show = show
        self.sort = sort
    }

    /// From query values; an unknown one is the default.
    init(show: String?, sort: String?) {
        self.show = Show(rawValue: show ?? "") ?? .all
        self.sort = Sort(rawValue: sort ?? "") ?? .worst
    }

    /// `?show=…&sort=…` with what differs from the default; empty for the default.
    var query: String {
        let items = [show == .all ? nil : "show=\(show.rawValue)", sort == .worst ? nil : "sort=\(sort.rawValue)"].compactMap { $0 }
        return items.isEmpty ? "" : "?" + items.joined(separator: "&")
    }

    func shows(_ tile: ChannelTile) -> Bool {
        switch show {
        case .all: true
        case .faulty: !tile.faults.isEmpty
        case .bad: tile.health == .bad
        case .busy: tile.health == .busy
        case .good: tile.health == .good
        case .off: tile.health == .off
        }
    }

    func isBefore(_ left: ChannelTile, _ right: ChannelTile) -> Bool {
        switch sort {
        case .place:
            let (first, second) = ("\(left.record.grid) \(left.record.place)", "\(right.record.grid) \(right.record.place)")
            if first != second { return Self.isNaturallyBefore(first, second) }
        case .worst:
            if left.health != right.health { return left.health < right.health }
            if left.faults.count != right.faults.count { return left.faults.count > right.faults.count }
            if left.record.importance != right.record.importance { return left.record.importance < right.record.importance }
        }
        guard left.record.name != right.record.name else { return left.record.id < right.record.id }
        return Self.isNaturallyBefore(left.record.name, right.record.name)
    }

    /// No. 2 before no. 10.
    private static func isNaturallyBefore(_ left: String, _ right: String) -> Bool {
        left.compare(right, options: .numeric) == .orderedAscending
    }
}
