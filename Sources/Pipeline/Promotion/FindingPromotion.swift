public import Casework
public import Foundation

/// What the console needs to make a live case of a finding. Safe to call from any task.
public protocol FindingPromotion: Sendable {
    /// Version of the rules in force on the live channels.
    var ruleVersion: String { get }
    /// Seals a package out of the archived file and adds its case; a finding that was promoted before answers the same case.
    /// - Parameters:
    ///   - reason: why, in the officer's words; goes into the manifest and the case's log.
    ///   - userID: whose deed it is.
    /// - Throws: `PromotionRefusal`; errors of the evidence store and the case store.
    func promote(_ finding: RunFinding, of run: RunRecord, reason: String, by userID: String) async throws -> PromotedCase
}

/// The case that a finding has become.
public struct PromotedCase: Sendable, Hashable {
    public var caseID: String
    /// False where it had been promoted before.
    public var isNew: Bool

    public init(caseID: String, isNew: Bool) {
        self.caseID = caseID
        self.isNew = isNew
    }
}

/// Why a finding cannot become a case.
public enum PromotionRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The same act is a case already.
    case isCase(id: String)
    /// Nothing tells when the footage was taken.
    case noWallClock(path: String)
    case sourceMissing(path: String)
    /// The file is another one than was analysed.
    case sourceChanged(path: String)
    case sourceUnusable(path: String, reason: String)
    case unknownChannel(id: String)
    /// The run's record does not say under which zone or violation it was found.
    case unknownZone(id: String)

    /// In both languages, for people.
    public var text: BilingualText {
        switch self {
        case .isCase(let id):
            BilingualText(zh: "同一地点、同一时间已有案件 \(id)，不再重复立案。", en: "It is a case already: \(id), at the same place and time.")
        case .noWallClock(let path):
            BilingualText(
                zh: "\(path)：录像没有可信的时间，不能作为证据。请用文件名规则或旁注文件给出时间后重新分析。",
                en: "\(path): nothing tells when it was taken, so it proves nothing; give its time by pattern or sidecar and analyse again."
            )
        case .sourceMissing(let path):
            BilingualText(zh: "\(path)：原录像已不在，无法封存证据。", en: "\(path): the archived file is gone, so nothing can be sealed.")
        case .sourceChanged(let path):
            BilingualText(
                zh: "\(path)：文件与分析时不同（校验值不符），请重新分析。",
                en: "\(path): is not the file that was analysed (its hash differs); analyse it again.")
        case .sourceUnusable(let path, let reason):
            BilingualText(zh: "\(path)：无法取出片段：\(reason)", en: "\(path): no clip can be cut from it: \(reason)")
        case .unknownChannel(let id):
            BilingualText(zh: "通道“\(id)”不在系统中，请先添加。", en: "There is no channel “\(id)” here; add it first.")
        case .unknownZone(let id):
            BilingualText(zh: "分析记录中没有区域“\(id)”。", en: "The run's record holds no zone “\(id)”.")
        }
    }

    public var description: String { text.en }
}
