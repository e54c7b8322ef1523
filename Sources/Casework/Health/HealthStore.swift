public import Foundation

/// Where the days of the channels' health and their faults are kept.
public protocol HealthStore: Sendable {
    /// Inserts or replaces all rows in one transaction.
    func saveHealth(_ days: [HealthDayRecord]) async throws
    /// By channel, then day; of removed channels too.
    func health(_ days: ClosedRange<LocalDay>, channelID: String?) async throws -> [HealthDayRecord]

    /// Adds orders, or replaces their reason, figure, end and still, never their notes; all in one transaction. A second open
    /// order of the same channel and kind is refused with `CaseStoreError.exists`.
    func saveFaults(_ faults: [FaultRecord]) async throws
    func fault(id: String) async throws -> FaultRecord?
    /// Open ones first, then newest first by start.
    /// - Parameter before: only closed ones that began earlier, for the next page.
    func faults(_ filter: FaultFilter, before: Date?, limit: Int) async throws -> [FaultRecord]
    func openFaultCount() async throws -> Int
    /// Adds the note and answers the order with it.
    func addNote(_ note: FaultNote, faultID: String) async throws -> FaultRecord

    /// Removes days before `day`, and faults that ended before `date`; answers those faults' ids.
    func removeHealth(before day: LocalDay, faultsEndedBefore date: Date) async throws -> [String]
}
