import Casework
import Foundation

/// A finding with its picture, as a card of a run's page or one half of a pair.
struct FindingCardView: Sendable {
    /// In parts of ten thousand of the picture, so that it fits whatever size the picture has.
    struct Box: Sendable {
        let boxX: Int
        let boxY: Int
        let boxWidth: Int
        let boxHeight: Int
    }

    /// The live case of the same act.
    struct Match: Sendable {
        let href: String
        let state: String
        let stateName: String
    }

    let anchor: String
    let href: String?
    let still: String?
    let alt: String
    let box: Box?
    let violationName: String
    let channelName: String
    let zone: String
    let since: String
    let sinceISO: String?
    let stayed: String?
    let file: String?
    let match: Match?
    let promoteAction: String?

    /// - Parameters:
    ///   - runID: of a finding; nil for a case.
    ///   - match: its live case; of a case, itself.
    ///   - back: where its promotion leads back to; nil where it cannot be promoted.
    init(
        _ finding: ComparedFinding, runID: String?, match: ComparedFinding?, mayPromote: Bool, naming: FindingNaming, _ context: PageContext
    ) {
        let t = Wording(language: context.language)
        anchor = "f-" + finding.id
        let address = runID.map { "/runs/\($0)/findings/\(FormFields.encode(finding.id))" }
        if let address {
            still = finding.hasStill ? address + "/still.jpg" : nil
            href = still
        } else {
            still = "/evidence/\(finding.id)/after-dwell.jpg"
            href = "/cases/\(finding.id)"
        }
        violationName = naming.violation(finding.violation)
        channelName = naming.channel(finding.channelID)
        alt = "\(violationName) · \(channelName)"
        box = Self.box(finding.box)
        zone = finding.zone
        if let at = finding.confirmedAt {
            since = t.exact(finding.firstStillAt ?? at, timeZone: context.timeZone)
            sinceISO = t.iso(finding.firstStillAt ?? at)
        } else {
            since = t.text(.atSecondOfFile, ["time": t.duration(seconds: max(0, finding.firstStillS ?? 0))])
            sinceISO = nil
        }
        let first = finding.firstStillAt?.timeIntervalSince1970 ?? finding.firstStillS
        let last = (finding.clearedAt ?? finding.confirmedAt)?.timeIntervalSince1970 ?? finding.clearedS ?? finding.confirmedS
        stayed = first.flatMap { first in last.map { t.text(.stayed, ["duration": t.duration(seconds: $0 - first)]) } }
        file = finding.path.map { ($0 as NSString).lastPathComponent }
        self.match = (match ?? (runID == nil ? finding : nil)).flatMap { standing in
            standing.verdict.map { Match(href: "/cases/\(standing.id)", state: $0.rawValue, stateName: $0.name.text(t.language)) }
        }
        promoteAction = mayPromote && match == nil ? address.map { $0 + "/promote" } : nil
    }

    private static func box(_ parts: [Double]) -> Box? {
        guard parts.count == 4, parts.allSatisfy(\.isFinite) else { return nil }
        let places = parts.map { Int((min(max($0, -10), 10) * 10_000).rounded()) }
        return Box(boxX: places[0], boxY: places[1], boxWidth: places[2], boxHeight: places[3])
    }
}

/// What findings' ids are called.
struct FindingNaming: Sendable {
    var catalogue: ViolationCatalogue
    /// Names by id.
    var channels: [String: String]
    var language: Language

    func violation(_ id: String) -> String { catalogue.entry(id)?.name.text(language) ?? id }
    func channel(_ id: String) -> String {
        guard let name = channels[id], !name.isEmpty else { return id }
        return name
    }
}
