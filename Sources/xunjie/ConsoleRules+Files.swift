import Casework
import Console
import Pipeline

extension ConsoleRules {
    /// Reads and validates every file of `folder` that the console goes by.
    static func read(folder: String) throws -> ConsoleRules {
        let rules = ConsoleRules(
            catalogue: try ConfigFile.read(ViolationCatalogue.self, folder + "/violations.yaml"),
            reasons: try ConfigFile.read(DecisionReasons.self, folder + "/reasons.yaml"),
            access: try ConfigFile.read(AccessRules.self, folder + "/access.yaml"),
            ledgers: try ConfigFile.read(LedgerSettings.self, folder + "/ledgers.yaml"))
        try rules.catalogue.validate()
        try rules.reasons.validate()
        try rules.access.validate()
        try rules.ledgers.validate(with: rules.catalogue)
        return rules
    }
}
