import Casework
import Foundation

struct CaseRowView: Sendable {
    /// In pixels of the still; its script knows how large that is once it has loaded.
    struct Box: Sendable {
        let boxX: Int
        let boxY: Int
        let boxWidth: Int
        let boxHeight: Int
    }

    let caseID: String
    let state: String
    let stateName: String
    let showsState: Bool
    let caseHref: String
    let thumbnail: String
    let thumbnailAlt: String
    let box: Box?
    let isUrgent: Bool
    let dwell: String?
    let violationName: String
    let channelName: String
    let place: String?
    let sinceISO: String
    let since: String
    let createdISO: String
    let age: String
    let decided: String?

    init(_ model: CaseRow, _ context: PageContext) {
        let t = Wording(language: context.language)
        let (record, incident) = (model.record, model.record.incident)
        let name = model.entry?.name.text(context.language) ?? incident.violation
        caseID = record.id
        state = record.state.rawValue
        stateName = record.state.name.text(t.language)
        showsState = record.state != .candidate
        caseHref = "/cases/\(record.id)\(model.filter.query())"
        thumbnail = "/evidence/\(record.id)/after-dwell.jpg"
        thumbnailAlt = t.text(.thumbnailAlt, ["violation": name])
        let sides = incident.box
        box = sides.count == 4 ? Box(boxX: sides[0], boxY: sides[1], boxWidth: sides[2], boxHeight: sides[3]) : nil
        isUrgent = model.entry?.urgency == 1
        dwell = (incident.clearedAt ?? incident.confirmedAt).map {
            t.text(.stayed, ["duration": t.duration(seconds: $0.timeIntervalSince(incident.openedAt))])
        }
        violationName = name
        channelName = model.channelName.isEmpty ? incident.channelID : model.channelName
        place = model.place.isEmpty ? nil : model.place
        sinceISO = t.iso(incident.openedAt)
        since = t.moment(incident.openedAt, now: context.now, timeZone: context.timeZone)
        createdISO = t.iso(record.createdAt)
        age = t.age(of: record.createdAt, now: context.now)
        decided = record.decision.map {
            t.text(
                .decidedBy,
                [
                    "name": model.deciderName ?? t[.someone],
                    "time": t.moment($0.at, now: context.now, timeZone: context.timeZone),
                ])
        }
    }
}

/// A row alone, with the texts that its template says.
struct CaseRowFragment: Sendable {
    let t: Wording
    let rows: [CaseRowView]
}
