import Casework
import Foundation
import Logging

/// Takes what happens to an incident after its case was made to the store.
struct NoticeDelivery: Sendable {
    private static let tries = 12
    private static let tryInterval = Duration.seconds(5)

    let store: any CaseStore
    let events: ChannelSupervisor.Events
    let logger: Logger

    /// Returns at once; the channel's thread does not wait for the database. A notice that cannot be written is logged:
    /// it changes no case, the sealed package stands.
    func deliver(_ notice: IncidentRecorder.Notice) {
        Task {
            do {
                switch notice {
                case .cleared(let caseID, let time): try await clear(caseID, time)
                case .seenAgain(let caseID, let time):
                    try await store.appendEvent(caseID: caseID, at: time, actor: "machine", kind: "seen-again", detail: "{}")
                    events.caseChanged(caseID)
                }
            } catch {
                logger.error("a case's event was not written", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// The store adds the line to the case's log itself. The case may still be on its way through the evidence writer.
    private func clear(_ caseID: String, _ time: Date) async throws {
        for _ in 0..<Self.tries {
            if var incident = try await store.caseRecord(id: caseID)?.incident {
                incident.phase = .cleared
                incident.clearedAt = time
                try await store.recordIncident(incident)
                events.caseChanged(caseID)
                return
            }
            try await Task.sleep(for: Self.tryInterval)
        }
        throw CaseStoreError.notFound("case \(caseID)")
    }
}
