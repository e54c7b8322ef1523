import Casework
import Foundation
import Pipeline

/// A case in a list of deadlines or referrals.
struct DutyCaseView: Sendable {
    let caseHref: String
    let violationName: String
    let whereText: String
    let stateID: String
    let stateName: String
    let loop: String
    let isEscalated: Bool

    init(_ entry: OpenCase, channel: ChannelRecord?, _ grid: GridTree, _ catalogue: ViolationCatalogue, _ t: Wording) {
        let record = entry.record
        caseHref = "/cases/\(record.id)"
        violationName = catalogue.entry(record.incident.violation)?.name.text(t.language) ?? record.incident.violation
        let gridName = channel.flatMap { grid.node($0.grid) }?.name.text(t.language)
        whereText = [channel?.name ?? record.incident.channelID, channel?.place ?? "", gridName ?? ""].filter { !$0.isEmpty }
            .joined(separator: " · ")
        stateID = record.state.rawValue
        stateName = record.state.name.text(t.language)
        loop = entry.level.name.text(t.language)
        isEscalated = entry.level > .small
    }
}
