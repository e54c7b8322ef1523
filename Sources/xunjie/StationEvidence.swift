import Casework
import Evidence
import Foundation
import Logging
import Pipeline

extension EvidenceSurroundings {
    /// What this station's manifests tell beside what a channel knows.
    init(_ settings: EvidenceSettings, catalogue: ViolationCatalogue, stamps: TimeStampKeeper?) {
        self.init(
            quality: settings.quality,
            codes: { id in
                guard let codes = catalogue.entry(id)?.codes else { return [] }
                return codes.a + codes.b + codes.c
            }, machineClock: { MachineClock.error() }, sealed: { stamps?.add($0) })
    }
}

extension TimeStampKeeper {
    /// nil while no authority is set. Each reply is written into its case's log.
    convenience init?(
        _ settings: EvidenceSettings.TimeStamp, evidence: EvidenceStore, store: any CaseStore, timeZone: TimeZone, logger: Logger
    ) {
        guard let client = TimeStampClient(settings) else { return nil }
        self.init(
            client, retryMinutes: settings.retryMinutes, store: evidence,
            utcOffsetMinutes: { timeZone.secondsFromGMT(for: $0) / 60 }, logger: logger
        ) { package, addendum in
            Task {
                do {
                    try await store.appendEvent(
                        caseID: package.manifest.caseID,
                        at: Date(timeIntervalSince1970: Double(addendum.addendum.createdAt.millisecondsSince1970) / 1000),
                        actor: "machine", kind: "time-stamped",
                        detail: "{\"addendum\":\"\(addendum.folder)\",\"sha256\":\"\(addendum.sha256.hex)\"}")
                } catch {
                    logger.error(
                        "a time-stamp is kept, but not in the case's log",
                        metadata: ["case": "\(package.manifest.caseID)", "reason": "\(error)"])
                }
            }
        }
    }
}
