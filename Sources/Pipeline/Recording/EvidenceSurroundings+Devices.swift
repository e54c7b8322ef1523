import Casework
public import Evidence
public import Foundation

extension EvidenceSurroundings.Standing {
    /// What the ledger of devices says of a camera on the day of capture.
    public init(_ devices: DeviceLedger, channelID: String, at moment: Date, timeZone: TimeZone) {
        let dossier = devices.dossier(of: channelID)
        let day = LocalDay(moment, in: timeZone)
        let papers = dossier.references(on: day)
        func reference(_ paper: DevicePaper) -> DeviceReferences.Reference? {
            papers[paper].map {
                DeviceReferences.Reference(number: $0.number, date: $0.date?.description, expires: $0.expiry?.description)
            }
        }
        self.init(
            mode: dossier.mode(on: day) == .evidence ? .evidence : .lead,
            references: DeviceReferences(
                owner: dossier.owner.isEmpty ? nil : DeviceReferences.Reference(number: dossier.owner),
                legalReview: reference(.legalReview), technicalReview: reference(.technicalReview), signPhoto: reference(.signPhoto),
                publicationNotice: reference(.publicationNotice), policeFiling: reference(.policeFiling)))
    }
}
