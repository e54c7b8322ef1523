public import Casework
public import Foundation

/// Deadlines, working time, grids and routes of one site, read together since they name each other's entries.
public struct DutySettings: Sendable {
    public var clocks: CaseClocks
    public var grid: GridTree
    public var routing: RoutingTable

    public var calendar: WorkingCalendar { clocks.calendar }
    public var rules: DeadlineRules { clocks.rules }

    public init(clocks: CaseClocks, grid: GridTree, routing: RoutingTable) {
        self.clocks = clocks
        self.grid = grid
        self.routing = routing
    }

    /// Reads `calendar.yaml`, `deadlines.yaml`, `grid.yaml` and `routing.yaml`.
    /// - Parameter folder: `Config`.
    /// - Throws: `SettingsError` with file, line and reason.
    public static func load(folder: String, timeZone: TimeZone, catalogue: ViolationCatalogue) throws(SettingsError) -> DutySettings {
        let calendar = try ConfigFile.readChecked(CalendarSettings.self, folder + "/calendar.yaml")
        let rules = try ConfigFile.readChecked(DeadlineRules.self, folder + "/deadlines.yaml") { $0.problems(with: catalogue) }
        return DutySettings(
            clocks: CaseClocks(rules: rules, calendar: WorkingCalendar(calendar, timeZone: timeZone)),
            grid: try ConfigFile.readChecked(GridTree.self, folder + "/grid.yaml"),
            routing: try ConfigFile.readChecked(RoutingTable.self, folder + "/routing.yaml") { $0.problems(with: catalogue) })
    }

    /// What is not wrong enough to refuse the settings, for the log.
    public func warnings(channels: [ChannelRecord], now: Date) -> [String] {
        let grids = grid.unknownGrids(of: channels).map { channel in
            "channel “\(channel.channelID)”: its grid “\(channel.grid)” is not in grid.yaml; correct one of the two"
        }
        return [calendar.warning(at: now)?.en].compactMap { $0 } + grids
    }
}
