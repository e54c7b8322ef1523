import Casework
import Evidence
import Foundation
import HTTPTypes
import Hummingbird

/// Why somebody may see what they ask for, the same for pages and API.
struct AccessDesk: Sendable {
    let store: any CaseStore
    let rules: AccessRules
    let memory: ReasonMemory
    let looks: LookMemory
    let life: CaseLife
    let now: @Sendable () -> Date

    /// The reason under which this use is logged.
    /// - Throws: `Refusal` `reason-needed` where none was given and the duty is none.
    func reason(for use: RouteScope.Use, of record: CaseRecord, _ request: Request, _ visit: Visit) throws(Refusal) -> String {
        if let given = try AccessReason.given(request, visit, rules) {
            memory.add(given, for: record.id, by: visit, at: now())
            return given.text
        }
        if let remembered = memory.reason(for: record.id, by: visit, at: now()) { return remembered.text }
        if use == .look {
            if CaseDuty.covers(record, of: visit.user, life: life, at: now()) { return AccessRules.duty }
            if isListed(record, request, visit) { return AccessRules.list }
        }
        throw .reasonNeeded(rules)
    }

    /// What a form gave; to be remembered and logged.
    func give(_ form: FormFields, _ context: ConsoleContext) async throws -> CaseRecord {
        let visit = try context.requireVisit()
        guard let record = try await store.caseRecord(id: form["case"] ?? "") else { throw Refusal.notFound }
        let reason = try AccessReason(code: form["reason"] ?? "", words: form["words"] ?? "", rules)
        try await log("reason-given", record.id, reason.text, context)
        memory.add(reason, for: record.id, by: visit, at: now())
        return record
    }

    func log(_ action: String, _ subject: String, _ reason: String, _ context: ConsoleContext) async throws {
        try await store.appendAccess(
            AccessRecord(
                at: now(), userID: context.requireVisit().user.id, action: action, subject: subject, reason: reason,
                address: context.address))
    }

    /// The one small picture that a page of the queue shows of each case: the page is in the log already. An auditor sees none without
    /// a reason.
    private func isListed(_ record: CaseRecord, _ request: Request, _ visit: Visit) -> Bool {
        let name = EvidenceManifest.Role.afterDwell.fileName
        guard visit.user.role != .auditor, request.uri.path.hasSuffix("/\(name)") else { return false }
        return looks.holds("\(record.id)/\(name)", by: visit, at: now())
    }
}
