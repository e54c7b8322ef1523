import Casework
import Foundation

struct UserView: Sendable {
    struct GroupChoice: Sendable {
        let field: String
        let label: String
        let isChosen: Bool
    }

    let t: Wording
    let frame: PageFrame
    let userName: String
    let login: String
    let action: String
    let roles: [UsersView.RoleChoice]
    let isActive: Bool
    let certificateNumber: String
    let validFrom: String
    let validUntil: String
    let unit: String
    let groups: [GroupChoice]
    let hasGroups: Bool
    let failure: String?

    init(_ model: UserPage, _ context: PageContext) {
        let t = Wording(language: context.language)
        self.t = t
        frame = PageFrame(context, page: "users", title: "\(t[.editUser]) · \(model.user.login)", place: "/users")
        userName = model.user.displayName
        login = model.user.login
        action = "/users/\(FormFields.encode(model.user.login))"
        roles = UsersView.RoleChoice.all(chosen: model.user.role, t)
        isActive = model.user.enabled
        certificateNumber = model.user.certificate?.number ?? ""
        validFrom = model.user.certificate?.validFrom.description ?? ""
        validUntil = model.user.certificate?.validUntil.description ?? ""
        unit = model.user.unit ?? ""
        groups = model.groups.sorted { $0.key < $1.key }.map { id, group in
            GroupChoice(field: "group-\(id)", label: group.name, isChosen: model.user.cameraGroups.contains(id))
        }
        hasGroups = !groups.isEmpty
        failure = model.failure
    }
}
