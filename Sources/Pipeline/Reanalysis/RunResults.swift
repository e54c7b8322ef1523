import Casework
import Evidence
import Foundation
import FrameCore
import Violations

/// Puts together what the passes over all reels found: the same parts give the same findings, in the same order.
struct RunResults {
    /// A finding and the picture of `work/` that belongs to it.
    struct Piece {
        var finding: RunFinding
        var still: String?
    }

    let files: RunFiles
    let reels: [Reel]

    /// In the order of channel and time.
    func pieces() throws -> [Piece] {
        var taken: Set<String> = []
        return try reels.flatMap { reel in try incidents(of: reel).map { piece(of: $0, in: reel, &taken) } }
    }

    func outcomes() throws -> [FileOutcome] {
        try reels.flatMap { try files.result(reel: $0.index)?.outcomes ?? [] }
    }

    /// What excursions found in their stretches, and the first pass everywhere else.
    func incidents(of reel: Reel) throws -> [FoundIncident] {
        guard let result = try files.result(reel: reel.index) else { return [] }
        var found = result.incidents.filter { incident in
            !result.plans.contains { incident.isConfirmed(after: $0.from, upTo: $0.to) }
        }
        for plan in result.plans {
            for closer in try files.excursion(reel: reel.index, plan.index)?.found ?? [] {
                var incident = closer.found
                if let same = closer.sameAs, let first = result.incidents.first(where: { $0.incident.id == same })?.incident {
                    incident.incident.clearedAt = first.clearedAt
                    incident.incident.phase = first.phase
                }
                found.append(incident)
            }
        }
        return found.sorted { Self.order($0.incident) < Self.order($1.incident) }
    }

    private static func order(_ incident: Incident) -> (Int64, Int64, String, Int, Int) {
        (
            incident.confirmedAt?.microseconds ?? 0, incident.firstStill.microseconds, incident.zoneID, incident.box.x, incident.box.y
        )
    }

    private func piece(of found: FoundIncident, in reel: Reel, _ taken: inout Set<String>) -> Piece {
        let incident = found.incident
        let file = reel.files[found.file]
        let box = incident.box.scaled(from: incident.frameSize, to: found.sourceSize)
        func seconds(_ time: FrameTime) -> Double { ((time - file.start).inSeconds * 1000).rounded() / 1000 }
        let confirmed = incident.confirmedAt ?? incident.firstStill
        let first = seconds(incident.firstStill)
        let boxes = [box.x, box.y, box.width, box.height]
        let name = "\(reel.channelID)\n\(file.path)\n\(incident.kind.rawValue)\n\(incident.zoneID)\n\(boxes)\n\(confirmed.microseconds)"
        var id = String(ContentHash(of: Array(name.utf8)).hex.prefix(16))
        while !taken.insert(id).inserted { id = String(ContentHash(of: Array((id + name).utf8)).hex.prefix(16)) }
        let still = found.still.map { _ in "stills/\(id).jpg" }
        return Piece(
            finding: RunFinding(
                id: id, channelID: reel.channelID, path: file.path, clip: file.clip, violation: incident.kind.rawValue,
                zone: incident.zoneID, box: boxes, sourceSize: [found.sourceSize.width, found.sourceSize.height],
                firstStillS: found.file == 0 ? max(0, first) : first, confirmedS: seconds(confirmed),
                clearedS: incident.clearedAt.map(seconds), firstStillAt: reel.date(of: incident.firstStill),
                confirmedAt: reel.date(of: confirmed), clearedAt: incident.clearedAt.flatMap(reel.date), still: still),
            still: found.still)
    }
}
