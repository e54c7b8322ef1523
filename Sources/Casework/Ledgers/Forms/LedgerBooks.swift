/// The ledgers that the generic pages keep; one line for each.
public enum LedgerBooks {
    public static func all(_ choices: LedgerChoices) -> [LedgerBook] {
        [
            LedgerBook(DeviceDossier.self, choices),
            LedgerBook(ShopRecord.self, choices),
            LedgerBook(PermitRecord.self, choices),
            LedgerBook(CameraGroup.self, choices),
            LedgerBook(ImpactAssessment.self, choices),
        ]
    }
}
