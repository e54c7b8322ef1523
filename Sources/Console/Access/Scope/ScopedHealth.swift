import Casework
import Pipeline

/// The station's health as the user whose request is answered may see it; see `ScopedCaseStore`.
struct ScopedHealth: HealthReporting {
    let base: any HealthReporting
    let store: ScopedCaseStore

    func snapshot() async -> HealthSnapshot {
        let scope = RequestAccess.current.scope
        var snapshot = await base.snapshot()
        guard scope.isConfined else { return snapshot }
        snapshot.today = snapshot.today.filter { scope.holds($0.key) }
        snapshot.openMinutes = snapshot.openMinutes.filter { scope.holds($0.key) }
        snapshot.openFaults = snapshot.openFaults.filter { $0.channelID.map(scope.holds) ?? false }
        return snapshot
    }

    /// nil where the store cannot say whose fault it is.
    func faultStill(id: String) async -> [UInt8]? {
        if RequestAccess.current.scope.isConfined {
            guard let fault = try? await store.fault(id: id), fault.id == id else { return nil }
        }
        return await base.faultStill(id: id)
    }
}
