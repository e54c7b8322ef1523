public import Foundation

/// For how long a shop or a number gets no second reminder: `notices` of `Config/casework.yaml`.
public struct CoolDown: Codable, Sendable, Hashable {
    /// 0 for no rest at all.
    public var hours: Double

    public init(hours: Double = 0) {
        self.hours = hours
    }

    private enum CodingKeys: String, CodingKey { case hours = "cool_down_hours" }

    /// Messages released after this are too fresh for another reminder at `at`.
    public func start(at: Date) -> Date { at.addingTimeInterval(-hours * 3_600) }

    /// - Parameter latest: when the same shop or number last got a message; nil for never.
    /// - Throws: `NoticeRefusal.coolDown`; never for an order, which an officer may find needed at any time.
    public func check(_ kind: CaseAction.Kind, latest: Date?, at: Date) throws(NoticeRefusal) {
        guard kind == .remind, let latest, latest > start(at: at) else { return }
        throw .coolDown(until: latest.addingTimeInterval(hours * 3_600))
    }
}
