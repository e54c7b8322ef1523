import Casework
import Foundation

struct UsersView: Sendable {
    struct Row: Sendable {
        let userName: String
        let userLogin: String
        let roleID: String
        let roleName: String
        let createdDay: String
        let isActive: Bool
        let certificateText: String
        let certificateIsGood: Bool
        let editHref: String
    }

    struct RoleChoice: Sendable {
        let roleID: String
        let roleName: String
        let about: String
        let isChosen: Bool

        static func all(chosen: UserRecord.Role, _ t: Wording) -> [RoleChoice] {
            UserRecord.Role.allCases.map {
                RoleChoice(roleID: $0.rawValue, roleName: t[$0.phrase], about: t[$0.about], isChosen: $0 == chosen)
            }
        }
    }

    let t: Wording
    let frame: PageFrame
    let summary: String
    let users: [Row]
    let roles: [RoleChoice]
    let login: String
    let name: String
    let failure: String?
    let added: String?

    init(_ model: UsersPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "users", title: t[.users], place: "/users")
        summary = t.text(.usersSummary, ["n": String(model.users.count)])
        users = model.users.map {
            Row(
                userName: $0.displayName, userLogin: $0.login, roleID: $0.role.rawValue, roleName: t[$0.role.phrase],
                createdDay: t.day($0.createdAt, timeZone: context.timeZone), isActive: $0.enabled,
                certificateText: Self.certificate($0.certificate, context, t),
                certificateIsGood: $0.certificate?.holds(on: LocalDay(context.now, in: context.timeZone)) ?? true,
                editHref: "/users/\(FormFields.encode($0.login))")
        }
        roles = RoleChoice.all(chosen: model.role, t)
        login = model.login
        name = model.name
        failure = model.failure
        added = model.added.map { t.text(.userAdded, ["login": $0]) } ?? model.changed.map { t.text(.userChanged, ["login": $0]) }
    }

    private static func certificate(_ certificate: OfficerCertificate?, _ context: PageContext, _ t: Wording) -> String {
        guard let certificate else { return "–" }
        let span = "\(certificate.number) · \(certificate.validFrom) – \(certificate.validUntil)"
        return certificate.holds(on: LocalDay(context.now, in: context.timeZone)) ? span : "\(span) · \(t[.certificateOver])"
    }
}
