import Dispatch

extension DispatchQueue {
    /// Runs blocking work here and waits for it: hashing and waiting for the disk are not for the cooperative pool.
    func blocking<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            async { continuation.resume(with: Result { try work() }) }
        }
    }
}
