public import Foundation

/// A case as a row of Shanghai's grid system, with the names of the columns that the districts' scripts read.
///
/// `三级主责部门` has no other name there. Codes of all three lists stand in the sub-class (`INFOZCNAME`), for which a camera's
/// finding has nothing else. Times are local, `yyyy-MM-dd HH:mm:ss`; what is not known is empty.
public struct ShanghaiGrid: Sendable {
    public static let columns = [
        "STATUSNAME", "TASKID", "INFOSOURCENAME", "DISCOVERTIME", "INFOTYPENAME", "INFOBCNAME", "INFOSCNAME", "INFOZCNAME", "STREETNAME",
        "ADDRESS", "PRIORITYAREA", "DISPATCHTIME", "EXECUTEDEPT", "三级主责部门", "COORDX", "COORDY", "GRIDCODE", "COMMUNITYCODE",
        "KEEPERSN", "SOLVINGTIME", "ENDTIME", "URGENTDEGREE", "USEREVALUATE", "DESCRIPTION",
    ]

    private let catalogue: ViolationCatalogue
    private let settings: ExchangeSettings.Grid
    private let channels: [String: ChannelRecord]
    private let timeZone: TimeZone

    /// - Parameter channels: by id.
    public init(
        catalogue: ViolationCatalogue, settings: ExchangeSettings.Grid, channels: [String: ChannelRecord], timeZone: TimeZone
    ) {
        self.catalogue = catalogue
        self.settings = settings
        self.channels = channels
        self.timeZone = timeZone
    }

    /// In the order of `columns`.
    public func values(of record: CaseRecord) -> [String] {
        let standing = record.standing
        let entry = catalogue.entry(record.incident.violation)
        let channel = channels[record.incident.channelID]
        let place = [channel?.place, channel?.name].compactMap { $0 }.first { !$0.isEmpty } ?? ""
        let isCorrected = standing.state == .closed && standing.recheck?.kind == .corrected
        return [
            record.state.name.zh, record.id, settings.source, time(record.incident.openedAt), "事件",
            entry?.codes.a.first.flatMap { code in settings.classes.first { code.hasPrefix($0.code) }?.name } ?? "",
            entry?.name.zh ?? record.incident.violation, entry?.codes.text ?? "", settings.street, place, "",
            time(standing.correction?.at ?? standing.decision?.at),
            entry?.route.first.flatMap { catalogue.body($0)?.name.zh } ?? "", "",
            number(channel?.longitude), number(channel?.latitude), channel?.grid ?? "", "", standing.decision?.userID ?? "",
            time(isCorrected ? standing.recheck?.at : nil), time(standing.settledAt), entry.map { String($0.urgency) } ?? "", "",
            description(record, entry),
        ]
    }

    private func description(_ record: CaseRecord, _ entry: ViolationCatalogue.Entry?) -> String {
        let outcome = record.standing.outcome.map { "，\($0.name.zh)" } ?? ""
        return "\(entry?.name.zh ?? record.incident.violation)，\(record.state.name.zh)\(outcome)"
    }

    private func number(_ value: Double?) -> String { value.map { String(format: "%.6f", $0) } ?? "" }

    private func time(_ date: Date?) -> String {
        guard let date else { return "" }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return String(
            format: "%04d-%02d-%02d %02d:%02d:%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
            parts.minute ?? 0, parts.second ?? 0)
    }
}
