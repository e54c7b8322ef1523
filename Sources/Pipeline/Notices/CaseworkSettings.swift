public import Casework

/// What `Config/casework.yaml` says of messages and looks.
public struct CaseworkSettings: Sendable, Hashable {
    public var recheck: RecheckPolicy
    public var coolDown: CoolDown

    public init(recheck: RecheckPolicy = RecheckPolicy(), coolDown: CoolDown = CoolDown()) {
        self.recheck = recheck
        self.coolDown = coolDown
    }

    private static let longestCoolDown = 0.0...720

    /// - Throws: `SettingsError` with file and line.
    public static func read(path: String, violations: Set<String>) throws(SettingsError) -> CaseworkSettings {
        try parse(StrictDocument.text(of: path), file: path, violations: violations)
    }

    /// - Parameter file: named in errors.
    public static func parse(_ text: String, file: String, violations: Set<String>) throws(SettingsError) -> CaseworkSettings {
        CaseworkSettings(
            recheck: try ConfigFile.topic(RecheckPolicy.self, "recheck", text, file: file) { $0.problems(violations: violations) },
            coolDown: try ConfigFile.topic(CoolDown.self, "notices", text, file: file) {
                longestCoolDown.contains($0.hours) ? [] : ["cool_down_hours must be from 0 to 720"]
            })
    }
}
