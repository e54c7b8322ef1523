import Casework
import Foundation

/// Users hang on no camera; what is logged of them says whose unit and why.
extension ScopedCaseStore {
    func users() async throws -> [UserRecord] { try await base.users() }
    func user(login: String) async throws -> UserRecord? { try await base.user(login: login) }
    func user(id: String) async throws -> UserRecord? { try await base.user(id: id) }
    func addUser(_ user: UserRecord) async throws { try await base.addUser(user) }
    func updateUser(_ user: UserRecord) async throws { try await base.updateUser(user) }
    func addSession(_ session: SessionRecord) async throws { try await base.addSession(session) }
    func session(tokenSHA256: String) async throws -> SessionRecord? { try await base.session(tokenSHA256: tokenSHA256) }
    func removeSession(tokenSHA256: String) async throws { try await base.removeSession(tokenSHA256: tokenSHA256) }

    /// Adds the unit and the reason of the request, so that no line is written without them.
    func appendAccess(_ entries: [AccessRecord]) async throws {
        let access = RequestAccess.current
        var entries = entries
        for index in entries.indices {
            let userID = entries[index].userID
            if entries[index].reason.isEmpty, userID == access.userID { entries[index].reason = access.reason }
            guard entries[index].unit.isEmpty else { continue }
            if userID == access.userID {
                entries[index].unit = access.unit
            } else if let user = try await base.user(id: userID) {
                // At a log-in the request is still nobody's.
                entries[index].unit = user.unit ?? unit
            }
        }
        try await base.appendAccess(entries)
    }

    func accessLog(before: Date?, limit: Int) async throws -> [AccessRecord] {
        try requireAll()
        return try await base.accessLog(before: before, limit: limit)
    }

    func accessLines(_ filter: AccessFilter, before sequence: Int64?, limit: Int) async throws -> [AccessLine] {
        try requireAll()
        return try await base.accessLines(filter, before: sequence, limit: limit)
    }

    func accessChain() async throws -> AccessChainState {
        try requireAll()
        return try await base.accessChain()
    }
}
