public import Casework
public import Evidence
import Foundation
import FrameCore

extension IncidentRecord {
    /// What a sealed package says of its incident; used for new cases and for rows that have to be made again.
    init(manifest: EvidenceManifest, score: Double) {
        func date(_ name: String) -> Date? {
            manifest.times.first { $0.name == name }.map {
                Date(timeIntervalSince1970: Double($0.wall.millisecondsSince1970) / 1000)
            }
        }
        let made = Date(timeIntervalSince1970: Double(manifest.packageID.milliseconds) / 1000)
        let box = manifest.box.rect
        self.init(
            id: manifest.incidentID, channelID: manifest.channel.id, violation: manifest.violation,
            zoneID: manifest.zone.id, zonesVersion: manifest.zone.zonesVersion, ruleVersion: manifest.rule.version,
            phase: .confirmed, openedAt: date("still") ?? made, confirmedAt: date("confirmed") ?? made,
            box: [box.x, box.y, box.width, box.height], score: score)
    }
}

extension CaseRecord {
    /// The case of a package that has just been sealed: nobody has looked at it yet.
    public init(sealed: SealedPackage, incident: IncidentRecord) {
        // What was promoted out of an archive is new today, whenever it happened.
        let made = sealed.manifest.archive?.promotedAt.millisecondsSince1970 ?? sealed.packageID.milliseconds
        self.init(
            id: sealed.manifest.caseID, incident: incident,
            createdAt: Date(timeIntervalSince1970: Double(made) / 1000),
            packagePath: sealed.relativePath, manifestSHA256: sealed.manifestSHA256.hex)
    }
}
