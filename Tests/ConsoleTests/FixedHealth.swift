import Casework
import Foundation
import Pipeline

/// What the station knows of itself, always the same but for what a test puts in.
struct FixedHealth: HealthReporting {
    static let picture: [UInt8] = [0xFF, 0xD8, 0x01, 0xFF, 0xD9]

    var answer = HealthSnapshot(
        openMinutes: ["c1": 12], evidence: EvidenceReading(waiting: 3, dropped: 1), startedAt: Date(timeIntervalSince1970: 1_795_460_000))

    func snapshot() async -> HealthSnapshot { answer }

    func faultStill(id: String) async -> [UInt8]? { id == HealthPageTests.faultID ? Self.picture : nil }
}
