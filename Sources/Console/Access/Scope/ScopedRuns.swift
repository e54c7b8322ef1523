import Casework
import Pipeline

/// Re-analyses as the user whose request is answered may see them: those whose cameras are all theirs; see `ScopedCaseStore`.
struct ScopedRuns: RunControl {
    let base: any RunControl

    func runs() async -> [RunSummary] { await base.runs().filter { Self.isSeen($0.record) } }

    func run(id: String) async -> RunSummary? { await base.run(id: id).flatMap { Self.isSeen($0.record) ? $0 : nil } }

    func start(_ order: RunOrder) async throws -> String { try await base.start(order) }

    func wish(_ wish: RunWish, runID: String) async throws {
        guard await run(id: runID) != nil else { throw RunControlError.unknown(runID) }
        try await base.wish(wish, runID: runID)
    }

    func usualRate(everyFrame: Bool) async -> Double? { await base.usualRate(everyFrame: everyFrame) }

    static func isSeen(_ run: RunRecord) -> Bool {
        let scope = RequestAccess.current.scope
        // A run that names no camera may show any.
        return scope.holds(all: run.channels.map(\.channelID) + run.inputs.map(\.channelID)) && !(run.channels.isEmpty && scope.isConfined)
    }
}
