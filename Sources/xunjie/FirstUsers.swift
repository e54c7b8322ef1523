import Casework
import Console
import Evidence
import Foundation

/// Those who may log in to a store that knows nobody yet.
struct FirstUsers {
    struct Member {
        var login: String
        var name: String
        var role: UserRecord.Role
    }

    private var password: String
    private var team: [Member]

    /// Adds the administrator and `team`, all with one password; nil if the store has users.
    static func add(_ team: [Member], to store: any CaseStore, timeZone: TimeZone) async throws -> FirstUsers? {
        guard try await store.users().isEmpty else { return nil }
        var generator = SystemRandomNumberGenerator()
        // Without characters that look alike; 16 of 54 are 92 bits.
        let letters = Array("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789")
        let password = String((0..<16).map { _ in letters.randomElement(using: &generator) ?? "x" })
        let hash = try PasswordHash.make(password)
        let now = Date()
        let today = LocalDay(now, in: timeZone)
        for member in [Member(login: "admin", name: "管理员", role: .administrator)] + team {
            let id = PackageID(milliseconds: Int64(now.timeIntervalSince1970 * 1000), using: &generator).text
            let enforces = [UserRecord.Role.officer, .secondOfficer, .head].contains(member.role)
            try await store.addUser(
                UserRecord(
                    id: id, login: member.login, displayName: member.name, role: member.role, passwordHash: hash, createdAt: now,
                    certificate: enforces
                        ? OfficerCertificate(number: "DEMO-\(member.login)", validFrom: today, validUntil: today.adding(days: 365)) : nil))
        }
        return FirstUsers(password: password, team: team)
    }

    static func announce(host: String, port: Int, _ first: FirstUsers?) {
        var text = "console: http://\(host.contains(":") ? "[\(host)]" : host):\(port)/\n"
        if let first {
            text +=
                "first login: admin\npassword:    \(first.password)   (shown this once; change it under “password”)\n"
            if !first.team.isEmpty {
                text += "the team, same password: " + first.team.map { "\($0.login) (\($0.role.rawValue))" }.joined(separator: ", ") + "\n"
            }
        }
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
