import NIOPosix
import Synchronization

/// Hashes and checks passwords off the event loops, a few at a time: each takes 32 MiB while it lasts.
final class PasswordWork: Sendable {
    /// Beyond this many at once a log-in is told to come back, so that a flood of them cannot take all memory.
    private static let limit = 8

    private let cost: PasswordHash.Cost
    private let running = Mutex(0)

    init(cost: PasswordHash.Cost) {
        self.cost = cost
    }

    func hash(_ password: String) async throws -> String {
        let cost = cost
        return try await run { try PasswordHash.make(password, cost: cost) }
    }

    /// - Parameter stored: nil for a login that is not there; that takes as long as a wrong password.
    func accepts(_ password: String, stored: String?) async throws -> Bool {
        let cost = cost
        return try await run {
            guard let stored, let hash = PasswordHash(stored) else {
                _ = try PasswordHash(of: password, cost: cost)
                return false
            }
            return hash.accepts(password)
        }
    }

    private func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        let admitted = running.withLock { running in
            guard running < Self.limit else { return false }
            running += 1
            return true
        }
        guard admitted else { throw Refusal.busy }
        defer { running.withLock { $0 -= 1 } }
        return try await NIOThreadPool.singleton.runIfActive(body)
    }
}
