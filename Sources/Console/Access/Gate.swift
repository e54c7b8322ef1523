import Casework
import Foundation
import HTTPTypes
import Logging
import Synchronization

/// Lets people in and out, and keeps who may come.
final class Gate: Sendable {
    /// As NIST SP 800-63B has it: length counts, not kinds of characters.
    static let shortestPassword = 10
    private static let longestPassword = 200

    private let store: any CaseStore
    private let work: PasswordWork
    private let throttle = Mutex(LoginThrottle())
    private let lifetime: Duration
    private let now: @Sendable () -> Date

    init(store: any CaseStore, configuration: ConsoleConfiguration, now: @escaping @Sendable () -> Date) {
        self.store = store
        work = PasswordWork(cost: configuration.passwordCost)
        lifetime = configuration.sessionLifetime
        self.now = now
    }

    // MARK: In and out

    /// - Throws: `Refusal` with code `login-refused`, the same for an unknown login and a wrong password, or `too-many-tries`.
    func logIn(login: String, password: String, address: String) async throws -> Visit {
        let name = String(login.trimmingCharacters(in: .whitespacesAndNewlines).lowercased().prefix(64))
        let subjects: [LoginThrottle.Subject] = [.login(name), .address(address)]
        if let wait = throttle.withLock({ [at = now()] in $0.begin(subjects, at: at) }) {
            throw Self.tooManyTries(wait)
        }
        let user = password.utf8.count <= Self.longestPassword * 4 ? try await store.user(login: name) : nil
        let isRight = try await work.accepts(password, stored: user?.passwordHash)
        guard let user, user.enabled, isRight else {
            try await store.appendAccess(
                AccessRecord(at: now(), userID: user?.id ?? name, action: "login-refused", subject: "", address: address))
            throw Refusal(
                .unauthorized, "login-refused", zh: "用户名或密码不正确。", en: "Login or password is wrong.")
        }
        throttle.withLock { $0.succeed(subjects) }
        let visit = try await open(user, isByCookie: true)
        try await store.appendAccess(
            AccessRecord(at: now(), userID: user.id, action: "login", subject: "", address: address))
        return visit
    }

    func logOut(_ visit: Visit, address: String) async throws {
        try await store.removeSession(tokenSHA256: visit.token.sha256)
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: "logout", subject: "", address: address))
    }

    /// Ends a session that a new log-in in the same browser replaces.
    func discard(_ token: SessionToken) async throws {
        try await store.removeSession(tokenSHA256: token.sha256)
    }

    /// nil for a token that is unknown or expired, or whose user is disabled.
    func visit(_ token: SessionToken, isByCookie: Bool) async throws -> Visit? {
        guard let session = try await store.session(tokenSHA256: token.sha256), session.expiresAt > now(),
            let user = try await store.user(id: session.userID), user.enabled
        else { return nil }
        return Visit(user: user, token: token, expiresAt: session.expiresAt, isByCookie: isByCookie)
    }

    private func open(_ user: UserRecord, isByCookie: Bool) async throws -> Visit {
        let token = SessionToken()
        let begin = now()
        let end = begin.addingTimeInterval(TimeInterval(lifetime.components.seconds))
        try await store.addSession(
            SessionRecord(tokenSHA256: token.sha256, userID: user.id, createdAt: begin, expiresAt: end))
        return Visit(user: user, token: token, expiresAt: end, isByCookie: isByCookie)
    }

    // MARK: Passwords and users

    /// Logs the user out everywhere, and in again here.
    /// - Throws: `Refusal` with the field `current` or `new`.
    func changePassword(of visit: Visit, current: String, new: String, address: String) async throws -> Visit {
        let subjects: [LoginThrottle.Subject] = [.login(visit.user.login.lowercased())]
        if let wait = throttle.withLock({ [at = now()] in $0.begin(subjects, at: at) }) {
            throw Self.tooManyTries(wait)
        }
        guard try await work.accepts(current, stored: visit.user.passwordHash) else {
            throw Refusal.invalid("current", zh: "当前密码不正确。", en: "The current password is wrong.")
        }
        throttle.withLock { $0.succeed(subjects) }
        try Self.check(password: new, field: "new")
        var user = visit.user
        user.passwordHash = try await work.hash(new)
        try await store.updateUser(user)
        try await store.appendAccess(
            AccessRecord(at: now(), userID: user.id, action: "password-changed", subject: "", address: address))
        return try await open(user, isByCookie: visit.isByCookie)
    }

    func addUser(
        login: String, name: String, role: UserRecord.Role, password: String, certificate: OfficerCertificate? = nil,
        cameraGroups: [String] = [], unit: String? = nil, by visit: Visit, address: String
    ) async throws -> UserRecord {
        let login = login.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (2...64).contains(login.utf8.count), login.utf8.allSatisfy(\.isLoginByte) else {
            throw Refusal.invalid(
                "login", zh: "用户名须为 2–64 位字母、数字或 . _ - @。", en: "A login has 2 to 64 letters, digits or . _ - @.")
        }
        try Self.check(name: name)
        try Self.check(password: password, field: "password")
        let user = UserRecord(
            id: UUID().uuidString.lowercased(), login: login, displayName: name, role: role,
            passwordHash: try await work.hash(password), createdAt: now(), certificate: certificate,
            cameraGroups: try await checked(cameraGroups, standing: []), unit: try Self.checked(unit: unit))
        try Self.check(certificate: certificate)
        try await store.addUser(user)
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: "user-added", subject: user.id, address: address))
        return user
    }

    /// Changes what is given. Nobody can take the administrator's role or the account from themselves, so one always stays.
    func updateUser(
        login: String, name: String?, role: UserRecord.Role?, enabled: Bool?, password: String?,
        certificate: OfficerCertificate?? = nil, cameraGroups: [String]? = nil, unit: String? = nil, by visit: Visit,
        address: String
    ) async throws -> UserRecord {
        guard var user = try await store.user(login: login) else { throw Refusal.notFound }
        if user.id == visit.user.id, enabled == false || (role != nil && role != user.role) {
            throw Refusal.invalid(
                enabled == false ? "enabled" : "role", zh: "不能停用自己，也不能更改自己的角色。",
                en: "You cannot disable yourself or change your own role.")
        }
        if let name {
            user.displayName = name.trimmingCharacters(in: .whitespacesAndNewlines)
            try Self.check(name: user.displayName)
        }
        if let role { user.role = role }
        if let enabled { user.enabled = enabled }
        if let password {
            try Self.check(password: password, field: "password")
            user.passwordHash = try await work.hash(password)
        }
        if let certificate {
            try Self.check(certificate: certificate)
            user.certificate = certificate
        }
        // Whoever keeps the users must see them all, and so all cameras.
        if let cameraGroups, !cameraGroups.isEmpty, user.id == visit.user.id {
            throw Refusal.invalid("cameraGroups", zh: "不能限制自己可见的摄像机。", en: "You cannot confine yourself to groups of cameras.")
        }
        if let cameraGroups { user.cameraGroups = try await checked(cameraGroups, standing: user.cameraGroups) }
        if let unit { user.unit = try Self.checked(unit: unit) }
        try await store.updateUser(user)
        try await store.appendAccess(
            AccessRecord(at: now(), userID: visit.user.id, action: "user-changed", subject: user.id, address: address))
        return user
    }

    /// A group that there is not would lock the user out without a word; one that was retired since may stay.
    private func checked(_ groups: [String], standing: [String]) async throws -> [String] {
        guard !groups.isEmpty else { return [] }
        let known = Set(try await store.ledger(.cameraGroup, includingRetired: false).map(\.id)).union(standing)
        if let unknown = groups.first(where: { !known.contains($0) }) {
            throw Refusal.invalid("cameraGroups", zh: "没有摄像机组“\(unknown)”。", en: "There is no group of cameras “\(unknown)”.")
        }
        return Set(groups).sorted()
    }

    /// nil for the configured one.
    private static func checked(unit: String?) throws(Refusal) -> String? {
        let unit = unit?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard unit.count <= 100 else { throw .invalid("unit", zh: "单位最多 100 字。", en: "A unit has at most 100 characters.") }
        return unit.isEmpty ? nil : unit
    }

    private static func check(name: String) throws(Refusal) {
        guard (1...100).contains(name.count) else {
            throw .invalid("name", zh: "姓名须为 1–100 个字。", en: "A name has 1 to 100 characters.")
        }
    }

    private static func check(certificate: OfficerCertificate?) throws(Refusal) {
        guard let certificate else { return }
        guard (1...40).contains(certificate.number.count) else {
            throw .invalid("certificate.number", zh: "执法证号须为 1–40 个字。", en: "A certificate number has 1 to 40 characters.")
        }
        guard certificate.validFrom <= certificate.validUntil else {
            throw .invalid("certificate.validUntil", zh: "有效期止日早于起日。", en: "The certificate ends before it begins.")
        }
    }

    private static func check(password: String, field: String) throws(Refusal) {
        guard password.count >= shortestPassword else {
            throw .invalid(
                field, zh: "密码至少 \(shortestPassword) 位。", en: "A password has at least \(shortestPassword) characters.")
        }
        guard password.count <= longestPassword else {
            throw .invalid(
                field, zh: "密码最多 \(longestPassword) 位。", en: "A password has at most \(longestPassword) characters.")
        }
    }

    private static func tooManyTries(_ wait: Duration) -> Refusal {
        let seconds = Int(wait.components.seconds) + 1
        return Refusal(
            .tooManyRequests, "too-many-tries", zh: "尝试次数过多，请 \(seconds) 秒后再试。",
            en: "Too many tries; wait \(seconds) s.", retryAfterSeconds: seconds)
    }
}

extension UInt8 {
    fileprivate var isLoginByte: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
            || "._-@".utf8.contains(self)
    }
}
