import Casework
import Foundation

/// What the layout around every page shows; the templates read its members by name.
struct PageFrame: Sendable {
    struct ViewerView: Sendable {
        let displayName: String
        let loginName: String
        let roleName: String
        /// First character of the name, for the round mark.
        let initial: String
    }

    struct NavItem: Sendable {
        let id: String
        let href: String
        let label: String
        let isCurrent: Bool
        let badge: String
        let badgeTitle: String
        let hasBadge: Bool
        let isAlarm: Bool
    }

    /// The page's kind, which styles and scripts go by.
    let page: String
    let title: String
    let lang: String
    let otherLang: String
    let otherLanguageHref: String
    let siteName: String?
    /// What everybody must see at once, on every page.
    let alarm: String?
    let csrf: String
    let assetVersion: String
    let scripts: [String]
    let viewer: ViewerView?
    let nav: [NavItem]
    let words: [LabelledText]

    /// - Parameters:
    ///   - scripts: Files in Assets that this page needs beside `console.js`.
    ///   - place: Address of the navigation's entry that the page belongs to.
    init(_ context: PageContext, page: String, title: String, scripts: [String] = [], place: String? = nil) {
        let t = Wording(language: context.language)
        self.page = page
        self.title = title
        lang = context.language.tag
        otherLang = context.language.other.tag
        otherLanguageHref =
            context.path + (context.path.contains("?") ? "&" : "?") + "lang=\(context.language.other.rawValue)"
        siteName = context.siteName.isEmpty ? nil : context.siteName
        alarm = context.isDiskStopped ? t[.diskStoppedBanner] : nil
        csrf = context.csrf
        assetVersion = context.assetVersion
        self.scripts = ["console.js"] + scripts
        words = Phrase.forScripts.map { LabelledText(key: $0.rawValue, label: "", text: t[$0]) }
        guard let viewer = context.viewer else {
            self.viewer = nil
            nav = []
            return
        }
        self.viewer = ViewerView(
            displayName: viewer.displayName, loginName: viewer.login, roleName: t[viewer.role.phrase],
            initial: viewer.displayName.first.map { String($0).uppercased() } ?? "")
        func item(
            _ id: String, _ label: Phrase, badge: Int = 0, title: Phrase = .casesWaiting, isAlarm: Bool = false
        ) -> NavItem {
            NavItem(
                id: id, href: "/\(id)", label: t[label], isCurrent: place == "/\(id)", badge: String(badge),
                badgeTitle: badge > 0 ? t.text(title, ["n": String(badge)]) : "", hasBadge: badge > 0, isAlarm: isAlarm)
        }
        var nav = [
            item("queue", .caseQueue, badge: context.candidateCount),
            item("channels", .channels, badge: context.blindChannelCount, title: .channelsBlind, isAlarm: true),
            item("faults", .faults, badge: context.openFaultCount, title: .faultsOpenCount, isAlarm: true),
            item("past", .past),
            item("runs", .runs),
            item("ledgers", .ledgers),
        ]
        if viewer.mayEditUsers { nav.append(item("users", .users)) }
        self.nav = nav
    }
}

/// A text with what it is; for lists of facts, hidden form fields and the like.
struct LabelledText: Sendable {
    var key = ""
    let label: String
    let text: String
}

extension UserRecord.Role {
    var phrase: Phrase {
        switch self {
        case .screener: .roleScreener
        case .officer: .roleOfficer
        case .secondOfficer: .roleSecondOfficer
        case .legalReview: .roleLegalReview
        case .head: .roleHead
        case .operator: .roleOperator
        case .auditor: .roleAuditor
        case .administrator: .roleAdministrator
        }
    }

    var about: Phrase {
        switch self {
        case .screener: .roleScreenerAbout
        case .officer: .roleOfficerAbout
        case .secondOfficer: .roleSecondOfficerAbout
        case .legalReview: .roleLegalReviewAbout
        case .head: .roleHeadAbout
        case .operator: .roleOperatorAbout
        case .auditor: .roleAuditorAbout
        case .administrator: .roleAdministratorAbout
        }
    }
}
