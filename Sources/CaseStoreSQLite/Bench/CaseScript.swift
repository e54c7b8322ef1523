import Casework
import Foundation

/// One way that a case can go, with the texts that it leaves in the store, ready to be filled in.
struct CaseScript {
    /// What differs from case to case, by the place of its value.
    enum Slot: Int, CaseIterable {
        case caseID, incidentID, channel, violation, package, manifest, first, second, shop
        /// Milliseconds since 1970: begin of the incident, sealing, then what was done, in order.
        case opened, sealed, act1, act2, act3, act4
        /// When the time to correct ends.
        case due

        /// Times are recognised by their digits, all else by a word.
        var mark: String {
            switch self {
            case .opened, .sealed, .act1, .act2, .act3, .act4, .due: String(milliseconds)
            default: "@\(self)@"
            }
        }

        /// Whole hours apart in the order of the steps, in the far future, where no other number of a text lies.
        var milliseconds: Int64 {
            let order: [Slot] = [.opened, .sealed, .act1, .act2, .due, .act3, .act4]
            return 3_900_000_000_123 + Int64(order.firstIndex(of: self) ?? 0) * 3_600_000
        }

        var date: Date { StoreTime.date(milliseconds) }
    }

    struct Line {
        var kind: String
        var actor: Slot?
        var at: Slot
        var detail: TextTemplate
    }

    /// How many of all cases go this way; the weights need not add up to one.
    let weight: Double
    let state: CaseState
    let standing: TextTemplate
    let hasDue: Bool
    let settled: Slot?
    let hasShop: Bool
    let lines: [Line]

    /// - Parameter actions: by whom (nil for the machine) and what, in order.
    private init(weight: Double, hasShop: Bool = false, _ actions: [(by: Slot?, role: UserRecord.Role, action: CaseAction)]) throws {
        let marks = Slot.allCases.map(\.mark)
        let life = CaseLife()
        let certificate = LocalDay("2000-01-01").flatMap { from in
            LocalDay("2199-12-31").map { OfficerCertificate(number: "1", validFrom: from, validUntil: $0) }
        }
        let incident = IncidentRecord(
            id: Slot.incidentID.mark, channelID: Slot.channel.mark, violation: Slot.violation.mark, zoneID: "front-1", zonesVersion: 1,
            ruleVersion: "2026.11", phase: .confirmed, openedAt: Slot.opened.date, confirmedAt: Slot.sealed.date,
            box: [640, 400, 220, 160], score: 0.75)
        var lines = [
            Line(
                kind: "sealed", actor: nil, at: .sealed,
                detail: TextTemplate(
                    try StandingText.text(
                        of: SealedDetail(
                            incident: incident.id, manifest_sha256: Slot.manifest.mark, package: Slot.package.mark, record: incident)),
                    marks: marks))
        ]
        var standing = CaseStanding()
        var settled: Slot?
        for (place, step) in zip([Slot.act1, .act2, .act3, .act4], actions) {
            let actor = step.by.map { CaseActor(id: $0.mark, kind: .user(step.role), certificate: certificate) } ?? .machine
            let before = standing.settledAt
            standing = try life.standing(after: step.action, by: actor, at: place.date, from: standing)
            if standing.settledAt != before { settled = standing.settledAt == nil ? nil : place }
            lines.append(
                Line(
                    kind: step.action.eventKind, actor: step.by, at: place,
                    detail: TextTemplate(try StandingText.text(of: step.action), marks: marks)))
        }
        self.weight = weight
        self.hasShop = hasShop
        self.lines = lines
        self.settled = settled
        state = standing.state
        hasDue = standing.dueAt != nil
        self.standing = TextTemplate(try StandingText.text(of: standing), marks: marks)
    }

    /// A street's year: most is corrected after a reminder, a quarter is nothing.
    static func all() throws -> [CaseScript] {
        let ticks = Set(CaseAction.Tick.allCases)
        func review(_ kind: CaseAction.Kind, _ reason: String? = nil, shop: Bool = false) -> (Slot?, UserRecord.Role, CaseAction) {
            (
                .first, .officer,
                CaseAction(
                    kind, reason: reason, note: "已核对现场画面", ticks: ticks, declaresNoConflict: true, shopID: shop ? Slot.shop.mark : nil)
            )
        }
        let remind: (Slot?, UserRecord.Role, CaseAction) = (
            .first, .officer,
            CaseAction(
                .remind, dueAt: Slot.due.date)
        )
        let look: (Slot?, UserRecord.Role, CaseAction) = (
            nil, .officer,
            CaseAction(
                .look,
                look: SecondLook(
                    proposal: .corrected, reason: BilingualText(zh: "原位置已无物品", en: "nothing stands there any more"), likeness: 0.08))
        )
        func ended(_ outcome: CaseAction.Outcome) -> (Slot?, UserRecord.Role, CaseAction) {
            (.first, .officer, CaseAction(.corrected, note: "已整改，现场教育", outcome: outcome))
        }
        let refused: (Slot?, UserRecord.Role, CaseAction) = (
            .first, .officer, CaseAction(.notCorrected, note: "未整改", declaresNoConflict: true)
        )
        let agreed: (Slot?, UserRecord.Role, CaseAction) = (
            .second, .secondOfficer, CaseAction(.agree, note: "属实", ticks: ticks, declaresNoConflict: true)
        )
        let screened: (Slot?, UserRecord.Role, CaseAction) = (.second, .screener, CaseAction(.screen, suggestion: .confirm))
        let withdrawn: (Slot?, UserRecord.Role, CaseAction) = (.second, .head, CaseAction(.withdraw, note: "重复立案"))
        let confirmed = review(.confirm, shop: true)
        return [
            try CaseScript(weight: 1.5, []), try CaseScript(weight: 0.5, [screened]),
            try CaseScript(weight: 22, [review(.falseAlarm, "delivery")]), try CaseScript(weight: 5, [review(.falseAlarm, "reflection")]),
            try CaseScript(weight: 5, [review(.exempt, "permit")]), try CaseScript(weight: 5, [review(.transfer, "police")]),
            try CaseScript(weight: 0.5, [review(.confirm)]), try CaseScript(weight: 0.5, hasShop: true, [confirmed, remind]),
            try CaseScript(weight: 0.3, hasShop: true, [confirmed, remind, look]),
            try CaseScript(weight: 44, hasShop: true, [confirmed, remind, look, ended(.corrected)]),
            try CaseScript(weight: 6, hasShop: true, [confirmed, remind, look, ended(.firstOffence)]),
            try CaseScript(weight: 3, hasShop: true, [confirmed, remind, look, ended(.minor)]),
            try CaseScript(weight: 0.1, hasShop: true, [confirmed, remind, withdrawn]),
            try CaseScript(weight: 0.2, hasShop: true, [confirmed, remind, refused]),
            try CaseScript(weight: 6.4, hasShop: true, [confirmed, remind, refused, agreed]),
        ]
    }
}
