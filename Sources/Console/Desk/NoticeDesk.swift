public import Casework
import Foundation
public import Pipeline

/// What the console needs for messages to parties.
public struct NoticeConfiguration: Sendable {
    public var settings: NoticeSettings
    public var recheck: RecheckPolicy
    /// By which reports of the gateway are known.
    public var signature: NoticeSignature

    public init(settings: NoticeSettings, recheck: RecheckPolicy, signature: NoticeSignature) {
        self.settings = settings
        self.recheck = recheck
        self.signature = signature
    }
}

/// A message as a template gives it for a case, before an officer releases it.
struct NoticeDraft: Encodable, Sendable {
    var kind: CaseAction.Kind
    var template: String
    var name: BilingualText
    var medium: NoticeTemplate.Medium
    var law: String
    /// Of the shop ledger; empty if nobody knows.
    var recipient: String
    var text: String
    var dueAt: Date
}

/// Messages to parties, the same for pages and API.
struct NoticeDesk: Sendable {
    /// What the form and the API need not fill in of a shop.
    private struct Shop: Decodable {
        var name: String?
        var contactPhone: String?
    }

    static let pageSize = 50

    let configuration: NoticeConfiguration
    let store: any CaseStore
    let catalogue: ViolationCatalogue
    let timeZone: TimeZone
    let feed: ConsoleFeed
    let now: @Sendable () -> Date

    private var templates: NoticeTemplates { configuration.settings.templates }

    func recheckMinutes(for violation: String) -> Int { configuration.recheck.minutes(for: violation) }

    // MARK: Before the release

    /// Every fitting template filled in, as it would go out now.
    func drafts(for record: CaseRecord) async throws -> [NoticeDraft] {
        let due = now().addingTimeInterval(Double(recheckMinutes(for: record.incident.violation)) * 60)
        let shop = try await shop(of: record, action: nil)
        let facts = try await facts(of: record, shop: shop, due: due)
        return [CaseAction.Kind.remind, .order].flatMap { kind in
            templates.fitting(kind, violation: record.incident.violation).compactMap { template in
                (try? template.filled(facts)).map {
                    NoticeDraft(
                        kind: kind, template: template.id, name: template.name, medium: template.medium, law: template.law,
                        recipient: (template.medium == .paper ? shop?.name : shop?.contactPhone) ?? "", text: $0, dueAt: due)
                }
            }
        }
    }

    /// The action with its message complete: medium from the template, text and recipient where the officer left them empty.
    /// - Throws: `NoticeRefusal`.
    func completed(_ action: CaseAction, caseID: String) async throws -> CaseAction {
        guard var notice = action.notice else { return action }
        guard action.kind == .remind || action.kind == .order else { throw NoticeRefusal.noMessage(action.kind) }
        guard let template = templates.template(notice.template) else { throw NoticeRefusal.unknownTemplate(notice.template) }
        guard let record = try await store.caseRecord(id: caseID) else { throw Refusal.notFound }
        guard template.fits(action.kind, violation: record.incident.violation) else {
            throw NoticeRefusal.wrongTemplate(template.id, action.kind)
        }
        let shop = try await shop(of: record, action: action)
        notice.medium = template.medium.rawValue
        notice.recipient = notice.recipient.trimmingCharacters(in: .whitespacesAndNewlines)
        if notice.recipient.isEmpty { notice.recipient = (template.medium == .paper ? shop?.name : shop?.contactPhone) ?? "" }
        notice.text = notice.text.trimmingCharacters(in: .whitespacesAndNewlines)
        if notice.text.isEmpty {
            notice.text = try template.filled(await facts(of: record, shop: shop, due: action.dueAt ?? now()))
        }
        try notice.check()
        var complete = action
        complete.notice = notice
        return complete
    }

    private func shop(of record: CaseRecord, action: CaseAction?) async throws -> Shop? {
        guard let id = action?.shopID ?? record.standing.shopID, let entry = try await store.ledgerEntry(.shop, id: id), !entry.isRetired
        else { return nil }
        return try? JSONDecoder().decode(Shop.self, from: Data(entry.document.utf8))
    }

    private func facts(
        of record: CaseRecord, shop: Shop?, due: Date
    ) async throws -> [NoticeTemplate.Placeholder: String] {
        let channel = try await store.channel(id: record.incident.channelID)
        let place = [channel?.place, channel?.name].compactMap { $0 }.first { !$0.isEmpty } ?? record.incident.channelID
        return [
            .shop: shop?.name ?? "当事人", .place: place,
            .violation: catalogue.entry(record.incident.violation)?.name.zh ?? record.incident.violation,
            .time: ChineseTime.text(of: record.incident.confirmedAt ?? record.incident.openedAt, timeZone: timeZone),
            .due: ChineseTime.text(of: due, timeZone: timeZone), .code: NoticeTemplate.codeMark, .phone: configuration.settings.phone,
        ]
    }

    /// What the case's page shows.
    func page(of record: CaseRecord, for visit: Visit) async throws -> CaseNotices {
        let mayRelease = visit.user.role.may(.decide) && (record.state == .confirmed || record.state == .recheckDue)
        return CaseNotices(
            notices: try await store.notices(caseID: record.id), drafts: mayRelease ? try await drafts(for: record) : [],
            mayReport: visit.user.role.may(.decide))
    }

    // MARK: After the release

    func notice(_ id: Int64) async throws -> NoticeRecord {
        guard let notice = try await store.notice(id: id) else { throw Refusal.notFound }
        return notice
    }

    /// - Parameter actor: a user's id, or `gateway`.
    func report(_ id: Int64, _ report: NoticeReport, by actor: String) async throws -> NoticeRecord {
        let notice = try await store.reportNotice(id: id, report, by: actor, at: now())
        feed.publish(.caseChanged(id: notice.caseID))
        return notice
    }
}

/// A time as a message to a party says it: `12月1日14:05`.
enum ChineseTime {
    static func text(of date: Date, timeZone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let parts = calendar.dateComponents([.month, .day, .hour, .minute], from: date)
        let (hour, minute) = (parts.hour ?? 0, parts.minute ?? 0)
        return "\(parts.month ?? 0)月\(parts.day ?? 0)日\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }
}
