import Casework
import Foundation
import Pipeline

/// `/exports`: what goes out, to whom, and what others tell.
struct ExportsPage: Sendable {
    var webhooks: [ExchangeSettings.Webhook]
    var cursors: [DeliveryCursor]
    /// Of the newest line of the log.
    var lastSequence: Int64
    var externals: [ExternalRecord]
    var nextExternal: Int64?
    var catalogue: ViolationCatalogue
    var mayExport: Bool
}

struct ExportsView: Sendable {
    struct ReceiverView: Sendable {
        let receiverName: String
        /// Host alone: the path may hold a token.
        let receiverHost: String
        let waiting: String
        let stateClass: String
        let stateText: String
    }

    struct ExternalView: Sendable {
        let seenAt: String
        let sourceText: String
        let typeText: String
        let placeText: String
        let caseHref: String
        let caseText: String
        let pictureHref: String
        let hasPicture: Bool
    }

    struct OptionView: Sendable {
        let optionID: String
        let optionName: String
    }

    let t: Wording
    let frame: PageFrame
    let mayExport: Bool
    let today: String
    let states: [OptionView]
    let violations: [OptionView]
    let receivers: [ReceiverView]
    let externals: [ExternalView]
    let hasExternals: Bool
    let nextHref: String
    let hasNext: Bool

    init(_ model: ExportsPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "exports", title: t[.exportsTitle])
        mayExport = model.mayExport
        today = t.day(context.now, timeZone: context.timeZone)
        states = CaseState.allCases.map { OptionView(optionID: $0.rawValue, optionName: $0.name.text(t.language)) }
        violations = model.catalogue.violations.map { OptionView(optionID: $0.id, optionName: $0.name.text(t.language)) }
        let cursors = Dictionary(model.cursors.map { ($0.name, $0) }) { $1 }
        receivers =
            [
                Self.receiver(
                    ExchangeSettings.packages, t[.exportsPackages], cursors[ExchangeSettings.packages], model.lastSequence, t, context),
                Self.receiver(
                    ExchangeSettings.handover, t[.exportsHandoverFolder], cursors[ExchangeSettings.handover], model.lastSequence, t, context
                ),
            ]
            + model.webhooks.map {
                Self.receiver($0.name, URL(string: $0.url)?.host() ?? "–", cursors[$0.name], model.lastSequence, t, context)
            }
        externals = model.externals.map { Self.external($0, model.catalogue, t, context) }
        hasExternals = !externals.isEmpty
        nextHref = model.nextExternal.map { "/exports?before=\($0)" } ?? ""
        hasNext = model.nextExternal != nil
    }

    private static func receiver(
        _ name: String, _ host: String, _ cursor: DeliveryCursor?, _ last: Int64, _ t: Wording, _ context: PageContext
    ) -> ReceiverView {
        let state: String
        if let cursor, let since = cursor.failingSince {
            state = t.text(
                .exportsFailing, ["time": t.moment(since, now: context.now, timeZone: context.timeZone), "reason": cursor.lastError])
        } else if let cursor {
            state = t.text(.exportsWell, ["time": t.moment(cursor.updatedAt, now: context.now, timeZone: context.timeZone)])
        } else {
            state = t[.exportsNotYet]
        }
        return ReceiverView(
            receiverName: name, receiverHost: host, waiting: cursor.map { String(max(0, last - $0.sequence)) } ?? "–",
            stateClass: cursor?.failingSince == nil ? "muted" : "bad", stateText: state)
    }

    private static func external(
        _ record: ExternalRecord, _ catalogue: ViolationCatalogue, _ t: Wording, _ context: PageContext
    ) -> ExternalView {
        let finding = record.finding
        let name =
            finding.violation.flatMap { catalogue.entry($0)?.name.text(t.language) }
            ?? CodeTable(catalogue).rows.first { row in CodeTable.List.allCases.contains { row.codes.of($0).contains(finding.code) } }?
            .name.text(t.language)
        let place =
            [finding.place, finding.channelID ?? "", finding.grid ?? ""].first { !$0.isEmpty }
            ?? "\(finding.latitude ?? 0), \(finding.longitude ?? 0)"
        return ExternalView(
            seenAt: t.moment(finding.at, now: context.now, timeZone: context.timeZone), sourceText: "\(finding.source) \(finding.id)",
            typeText: [finding.code, name ?? ""].joined(separator: " "), placeText: place,
            caseHref: record.duplicateOfCase.map { "/cases/\($0)" } ?? "",
            caseText: record.duplicateOfCase != nil
                ? t[.externalSameCase] : record.duplicateOf.map { t.text(.externalSameAs, ["n": String($0)]) } ?? t[.externalAlone],
            pictureHref: finding.pictureSHA256.map { "/exports/pictures/\($0)" } ?? "", hasPicture: finding.pictureSHA256 != nil)
    }
}
