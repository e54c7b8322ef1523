/// The ledgers: lists that people keep, each entry with all its versions.
public enum LedgerKind: String, Codable, Sendable, CaseIterable {
    /// A camera's reviews, sign, publication and filing, by channel id.
    case device
    case shop
    case permit
    /// Who is on duty where and when.
    case roster
    /// Sets of cameras that users may be confined to.
    case cameraGroup = "camera-group"
    /// Assessments of the impact on personal information (personal information law art. 55–56).
    case impactAssessment = "impact-assessment"
    /// Users as they were when they were added or changed; written by the store together with the user.
    case user
}
