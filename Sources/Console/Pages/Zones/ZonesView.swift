import Casework
import Foundation

struct ZonesView: Sendable {
    struct Kind: Sendable {
        let id: String
        let label: String
        let about: String
        let line: String?
    }

    struct VersionView: Sendable {
        let iso: String
        let time: String
        let label: String
        let author: String
        let why: String?
        let runHref: String?
    }

    struct OtherView: Sendable {
        let otherID: String
        let otherName: String
    }

    let t: Wording
    let frame: PageFrame
    let channelID: String
    let channelName: String
    let place: String?
    let mayEdit: Bool
    let hasStill: Bool
    let width: Int
    let height: Int
    let stillHref: String
    let zonesHref: String
    /// Takes the document, saved or not, to a new run over stored footage.
    let draftHref: String
    let document: String
    let failure: String?
    let isSaved: Bool
    /// 0 while nothing is drawn.
    let version: Int
    let savedText: String
    let versionText: String
    let kinds: [Kind]
    let versions: [VersionView]
    let hasVersions: Bool
    let others: [OtherView]
    let hasOthers: Bool

    init(_ model: ZonesPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(
            context, page: "zones", title: "\(t[.drawZones]) · \(model.channelName)", scripts: ["shapes.js", "zones.js"],
            place: "/channels")
        channelID = model.channelID
        channelName = model.channelName
        place = model.place.isEmpty ? nil : model.place
        mayEdit = context.viewer?.mayEditChannels ?? false
        hasStill = model.hasStill
        width = model.pictureWidth
        height = model.pictureHeight
        stillHref = "/channels/\(model.channelID)/still.jpg"
        zonesHref = "/channels/\(model.channelID)/zones"
        draftHref = "/runs/new?channel=\(FormFields.encode(model.channelID))"
        document = model.document
        failure = model.failure
        isSaved = model.isSaved
        let newest = model.versions.first?.version
        version = newest ?? 0
        savedText = newest.map { t.text(.zonesSaved, ["n": String($0)]) } ?? ""
        versionText = newest.map { t.text(.zonesVersion, ["n": String($0)]) } ?? t[.zonesNone]
        kinds = ZoneKindText.allCases.map { Kind(id: $0.rawValue, label: t[$0.phrase], about: t[$0.about], line: $0.line.map { t[$0] }) }
        versions = model.versions.map {
            VersionView(
                iso: t.iso($0.at), time: t.moment($0.at, now: context.now, timeZone: context.timeZone),
                label: t.text(.zonesVersion, ["n": String($0.version)]), author: $0.author, why: $0.approval.map { Self.why($0, t) },
                runHref: $0.approval.map { "/runs/\($0.runID)" })
        }
        hasVersions = !versions.isEmpty
        others = model.others.map { OtherView(otherID: $0.id, otherName: $0.name) }
        hasOthers = !others.isEmpty && mayEdit
    }

    private static func why(_ approval: ZonesApproval, _ t: Wording) -> String {
        let count = approval.count
        return t.text(
            .approvedBecause,
            [
                "kept": String(count.kept), "gained": String(count.gained), "lost": String(count.lost), "moved": String(count.moved),
                "renamed": String(count.renamed), "reason": approval.reason,
            ])
    }
}
