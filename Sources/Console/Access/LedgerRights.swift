import Casework

extension UserRecord.Role {
    /// Who keeps which ledger; everybody who may log in may read them.
    func mayEdit(_ kind: LedgerKind) -> Bool {
        switch kind {
        case .device: may(.editChannels)
        // Who may see what is decided with the users.
        case .cameraGroup: may(.administer)
        case .shop, .permit: may(.decide) || self == .administrator
        case .roster: may(.editLedgers)
        case .impactAssessment: self == .legalReview || self == .administrator
        // Users are changed as users.
        case .user: false
        }
    }
}
