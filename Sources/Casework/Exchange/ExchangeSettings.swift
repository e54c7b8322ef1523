import Foundation

/// How the station exchanges with other systems: `Config/exchange.yaml`.
public struct ExchangeSettings: Codable, Sendable, Hashable {
    /// Somebody who is told of the cases' log.
    public struct Webhook: Codable, Sendable, Hashable {
        /// Names the cursor: keep it when the address changes.
        public var name: String
        /// `https://…`, or `http://…` within one's own network; without user and password.
        public var url: String
        /// File with the secret that seals each message.
        public var secretFile: String
        /// Kinds of lines that are told; empty for all.
        public var kinds: [String]
        /// Sends notes, texts and recipients too.
        public var includesPersonal: Bool?

        public init(name: String, url: String, secretFile: String, kinds: [String] = [], includesPersonal: Bool? = nil) {
            self.name = name
            self.url = url
            self.secretFile = secretFile
            self.kinds = kinds
            self.includesPersonal = includesPersonal
        }

        private enum CodingKeys: String, CodingKey {
            case name, url, kinds
            case secretFile = "secret_file"
            case includesPersonal = "include_personal"
        }
    }

    public struct Delivery: Codable, Sendable, Hashable {
        /// How often the log is looked at.
        public var pollSeconds: Double
        /// After which an answer is waited for no longer.
        public var timeoutSeconds: Double
        public var firstRetrySeconds: Double
        public var longestRetrySeconds: Double

        private enum CodingKeys: String, CodingKey {
            case pollSeconds = "poll_s"
            case timeoutSeconds = "timeout_s"
            case firstRetrySeconds = "first_retry_s"
            case longestRetrySeconds = "longest_retry_s"
        }
    }

    public struct External: Codable, Sendable, Hashable {
        public var samePlaceMetres: Double
        public var sameTimeMinutes: Double
        public var pictureLimitKilobytes: Int
        /// Pictures of others are kept no longer than this.
        public var pictureKeepDays: Int

        public var match: ExternalMatch { ExternalMatch(metres: samePlaceMetres, minutes: sameTimeMinutes) }

        private enum CodingKeys: String, CodingKey {
            case samePlaceMetres = "same_place_m"
            case sameTimeMinutes = "same_time_minutes"
            case pictureLimitKilobytes = "picture_limit_kb"
            case pictureKeepDays = "picture_keep_days"
        }
    }

    /// What the grid system's columns say that no case does.
    public struct Grid: Codable, Sendable, Hashable {
        public struct Class: Codable, Sendable, Hashable {
            /// The first two digits of code A.
            public var code: String
            public var name: String
        }

        public var source: String
        public var street: String
        public var classes: [Class]
    }

    /// What the party's page says.
    public struct Party: Codable, Sendable, Hashable {
        /// Where and when an objection can be made in person.
        public var office: BilingualText
        /// Rights of the party, with the law's articles.
        public var rights: BilingualText
        /// The law's words by violation; `default` for those without words of their own.
        public var laws: [String: BilingualText]

        public func law(for violation: String) -> BilingualText? { laws[violation] ?? laws["default"] }
    }

    public var webhooks: [Webhook]
    public var delivery: Delivery
    public var external: External
    public var grid: Grid
    public var party: Party

    /// The hand-over folder and the packages, which take the log as webhooks do.
    public static let handover = "handover"
    public static let packages = "package-records"
    private static let ownReceivers = [handover, packages]

    /// Everything that is wrong, each with its place.
    public func validate() throws(CatalogueError) {
        try CatalogueError.check("exchange") { report in
            for name in webhooks.map(\.name).repeated { report("webhooks: “\(name)” stands more than once") }
            for (index, hook) in webhooks.enumerated() {
                let place = "webhooks[\(index)]"
                if !hook.name.isIdentifier || Self.ownReceivers.contains(hook.name) {
                    let own = Self.ownReceivers.joined(separator: "” or “")
                    report("\(place).name: a–z, 0–9 and -, a letter first; not “\(own)”")
                }
                if !Self.isAddress(hook.url) { report("\(place).url: must be http:// or https:// with a host, without user and password") }
                if hook.secretFile.isBlank { report("\(place).secret_file: is empty") }
            }
            for (name, value, range) in [
                ("poll_s", delivery.pollSeconds, 0.1...3600), ("timeout_s", delivery.timeoutSeconds, 0.1...120),
                ("first_retry_s", delivery.firstRetrySeconds, 0.1...3600), ("longest_retry_s", delivery.longestRetrySeconds, 1...86_400),
            ] where !range.contains(value) { report("delivery.\(name): must be from \(range.lowerBound) to \(range.upperBound)") }
            if !(0...1000).contains(external.samePlaceMetres) { report("external.same_place_m: must be from 0 to 1000") }
            if !(0...1440).contains(external.sameTimeMinutes) { report("external.same_time_minutes: must be from 0 to 1440") }
            if !(1...8192).contains(external.pictureLimitKilobytes) { report("external.picture_limit_kb: must be from 1 to 8192") }
            if !(1...730).contains(external.pictureKeepDays) { report("external.picture_keep_days: must be from 1 to 730") }
            if party.office.isEmpty || party.rights.isEmpty { report("party: office or rights are empty in one language") }
            if party.laws["default"] == nil { report("party.laws: “default” is missing") }
        }
    }

    private static func isAddress(_ text: String) -> Bool {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme) else { return false }
        return url.host()?.isEmpty == false && url.user() == nil && url.password() == nil
    }
}
