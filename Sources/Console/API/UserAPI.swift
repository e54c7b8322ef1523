import Casework
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/v1/users` and `/api/v1/access-log`, for administrators.
struct UserAPI: Sendable {
    private struct NewUser: RequestFields {
        var login: String
        var name: String
        var role: UserRecord.Role
        var password: String
        var certificate: OfficerCertificate?
        var cameraGroups: [String]?

        enum CodingKeys: String, CodingKey, CaseIterable { case login, name, role, password, certificate, cameraGroups }
    }

    private struct Change: RequestFields {
        var name: String?
        var role: UserRecord.Role?
        var enabled: Bool?
        var password: String?
        /// Null takes the certificate away.
        var certificate: OfficerCertificate??
        var cameraGroups: [String]?

        enum CodingKeys: String, CodingKey, CaseIterable { case name, role, enabled, password, certificate, cameraGroups }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name = try values.decodeIfPresent(String.self, forKey: .name)
            role = try values.decodeIfPresent(UserRecord.Role.self, forKey: .role)
            enabled = try values.decodeIfPresent(Bool.self, forKey: .enabled)
            password = try values.decodeIfPresent(String.self, forKey: .password)
            cameraGroups = try values.decodeIfPresent([String].self, forKey: .cameraGroups)
            certificate =
                values.contains(.certificate) ? .some(try values.decodeIfPresent(OfficerCertificate.self, forKey: .certificate)) : nil
        }
    }

    private struct List: Encodable { var users: [UserAnswer] }
    private struct One: Encodable { var user: UserAnswer }

    private struct Log: Encodable {
        var entries: [AccessRecord]
        /// For `before` of the next page.
        var next: Date?
    }

    private static let logLimit = 500

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
                cameraGroups: new.cameraGroups ?? [], by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(One(user: UserAnswer(user)), status: .created)
        }
        api.patch("users/:login") { request, context in
            let change = try await Change.read(request, context)
            let user = try await gate.updateUser(
                login: context.parameters.require("login"), name: change.name, role: change.role,
                enabled: change.enabled, password: change.password, certificate: change.certificate,
                cameraGroups: change.cameraGroups, by: context.requireVisit(), address: context.address)
            return try JSONAnswer.response(One(user: UserAnswer(user)))
        }
        api.get("access-log") { request, _ in
            let query = request.uri.queryParameters
            let limit = min(max(query["limit"].flatMap { Int($0) } ?? 100, 1), Self.logLimit)
            var before: Date?
            if let text = query["before"] {
                guard let date = JSONAnswer.date(String(text)) else {
                    throw Refusal(
                        .badRequest, "bad-time", zh: "before 须为 ISO 8601 时间。", en: "“before” is an ISO 8601 time.",
                        field: "before")
                }
                before = date
            }
            let entries = try await store.accessLog(before: before, limit: limit)
            return try JSONAnswer.response(
                Log(entries: entries, next: entries.count < limit ? nil : entries.last?.at))
        }
    }
}
