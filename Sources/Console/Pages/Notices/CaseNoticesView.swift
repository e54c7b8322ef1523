import Casework
import Foundation

/// The messages of a case and the pair of pictures of its second look.
struct CaseNoticesView: Sendable {
    struct Pair: Sendable {
        let thenHref: String
        let nowHref: String
        let wholeHref: String
        let lookedAt: String
        let proposal: String
        let proposalCode: String
        let reason: String
    }

    let notices: [NoticeRowView]
    let hasNotices: Bool
    let pair: Pair?
    /// A look without pictures says why.
    let blindLook: String?
    let hasAny: Bool

    init(_ model: CasePage, _ context: PageContext) {
        let t = Wording(language: context.language)
        let (record, known) = (model.record, model.notices)
        notices =
            model.isBlind
            ? []
            : (known?.notices ?? []).map {
                NoticeRowView(
                    $0, userNames: model.userNames, mayReport: known?.mayReport ?? false, back: "/cases/\(record.id)", showsCase: false,
                    t, context)
            }
        hasNotices = !notices.isEmpty
        let look = record.standing.look
        let time = look.map { t.moment($0.at, now: context.now, timeZone: context.timeZone) } ?? ""
        let proposal = look.map { t[$0.findings.proposal.phrase] } ?? ""
        if let look, look.findings.addendum != nil {
            func href(_ name: String) -> String { "/looks/\(record.id)/\(name).jpg" }
            pair = Pair(
                thenHref: href("place-then"), nowHref: href("place-now"), wholeHref: href("now"),
                lookedAt: t.text(.lookAt, ["time": time]),
                proposal: model.isBlind ? "" : t.text(.lookProposal, ["what": proposal]),
                proposalCode: model.isBlind ? "" : look.findings.proposal.rawValue,
                reason: model.isBlind ? "" : look.findings.reason.text(t.language))
            blindLook = nil
        } else {
            pair = nil
            blindLook = look.map { "\(t.text(.lookAt, ["time": time])) \($0.findings.reason.text(t.language))" }
        }
        hasAny = hasNotices || look != nil
    }
}

extension SecondLook.Proposal {
    var phrase: Phrase {
        switch self {
        case .corrected: .lookCorrected
        case .notCorrected: .lookNotCorrected
        case .cannotSee: .lookCannotSee
        }
    }
}

/// The message's part of the form of a reminder or an order.
struct NoticeFormView: Sendable {
    struct Choice: Sendable {
        let templateID: String
        let templateName: String
        let templateLaw: String
        let draftText: String
        let draftRecipient: String
    }

    let choices: [Choice]

    /// nil where no template fits.
    init?(_ kind: CaseAction.Kind, _ model: CasePage, _ t: Wording) {
        choices = (model.notices?.drafts ?? []).filter { $0.kind == kind }.map {
            Choice(
                templateID: $0.template, templateName: $0.name.text(t.language), templateLaw: $0.law, draftText: $0.text,
                draftRecipient: $0.recipient)
        }
        if choices.isEmpty { return nil }
    }
}
