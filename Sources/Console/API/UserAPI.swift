import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/users`, for administrators.
struct UserAPI: Sendable {
    private struct NewUser: RequestFields {
        var login: String
        var name: String
        var role: UserRecord.Role
        var password: String
        var certificate: OfficerCertificate?
        var cameraGroups: [String]?
        var unit: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case login, name, role, password, certificate, cameraGroups, unit }
    }

    private struct Change: RequestFields {
        var name: String?
        var role: UserRecord.Role?
        var enabled: Bool?
        var password: String?
        /// Null takes the certificate away.
        var certificate: OfficerCertificate??
        var cameraGroups: [String]?
        /// Empty for the configured one.
        var unit: String?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, role, enabled, password, certificate, cameraGroups, unit }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decodeIfPresent(String.self, forKey: .name)
            role = try values.decodeIfPresent(UserRecord.Role.self, forKey: .role)
            enabled = try values.decodeIfPresent(Bool.self, forKey: .enabled)
            password = try values.decodeIfPresent(String.self, forKey: .password)
            cameraGroups = try values.decodeIfPresent([String].self, forKey: .cameraGroups)
            unit = try values.decodeIfPresent(String.self, forKey: .unit)
            certificate =
                values.contains(.certificate) ? .some(try values.decodeIfPresent(OfficerCertificate.self, forKey: .certificate)) : nil
        }
    }

    private struct List: Encodable { var users: [UserAnswer] }
    private struct One: Encodable { var user: UserAnswer }

    let gate: Gate
    let store: any CaseStore

    func addRoutes(to api: RouterGroup<ConsoleContext>) {
        api.get("users") { _, _ in
            try await JSONAnswer.response(List(users: store.users().map(UserAnswer.init)))
        }
        api.post("users") { request, context in
            let new = try await NewUser.read(request, context)
            let user = try await gate.addUser(
                login: new.login, name: new.name, role: new.role, password: new.password, certificate: new.certificate,
                cameraGroups: new.cameraGroups ?? [], unit: new.unit, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(One(user: UserAnswer(user)), status: .created)
        }
        api.patch("users/:login") { request, context in
            let change = try await Change.read(request, context)
            let user = try await gate.updateUser(
                login: context.parameters.require("login"), name: change.name, role: change.role,
                enabled: change.enabled, password: change.password, certificate: change.certificate,
                cameraGroups: change.cameraGroups, unit: change.unit, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(One(user: UserAnswer(user)))
        }
    }
}
