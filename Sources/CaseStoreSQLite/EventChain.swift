import Casework
import Foundation
import GRDB

/// The lines of the cases' log.
enum EventChain {
    /// Appends one line within the caller's transaction; answers its sequence number.
    @discardableResult
    static func append(
        _ db: Database, caseID: String, at: Date, actor: String, kind: String, detail: String
    ) throws -> Int64 {
        try HashChain.caseEvents.append(db, [caseID, try StoreTime.milliseconds(at), actor, kind, detail]).sequence
    }
}
