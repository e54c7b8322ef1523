/// Whose matter each violation is and who else is told: `Config/routing.yaml`.
public struct RoutingTable: CheckedConfig, Hashable {
    /// A body with the article by which it has the matter.
    public struct Destination: Codable, Sendable, Hashable {
        /// Id of `bodies` in the violations catalogue.
        public var body: String
        public var article: String

        public init(body: String, article: String) {
            self.body = body
            self.article = article
        }
    }

    public struct Copy: Codable, Sendable, Hashable {
        public var body: String
        public var article: String
        /// `confirm`, `transfer` or both: with which review it is told.
        public var on: [Decision.Verdict]

        public init(body: String, article: String, on: [Decision.Verdict]) {
            self.body = body
            self.article = article
            self.on = on
        }
    }

    public struct Route: Codable, Sendable, Hashable {
        public var violation: String
        public var primary: Destination
        public var copies: [Copy]
        /// The bodies that may punish it.
        public var punishedBy: [String]
        /// What urban management may still send where only others may punish: `remind`, `order`.
        public var streetMay: [CaseAction.Kind]

        public init(
            violation: String, primary: Destination, copies: [Copy] = [], punishedBy: [String], streetMay: [CaseAction.Kind] = []
        ) {
            self.violation = violation
            self.primary = primary
            self.copies = copies
            self.punishedBy = punishedBy
            self.streetMay = streetMay
        }

        private enum CodingKeys: String, CodingKey {
            case violation, primary, copies
            case punishedBy = "punished_by"
            case streetMay = "street_may"
        }
    }

    /// The body that this program's officers are of, in the violations catalogue.
    public static let ownBody = "urban-management"

    public var routes: [Route]

    public init(routes: [Route]) {
        self.routes = routes
    }

    /// Nothing is known: every action is offered, nobody is told.
    public static let empty = RoutingTable(routes: [])

    public func route(_ violation: String) -> Route? { routes.first { $0.violation == violation } }

    public func copies(_ violation: String, on verdict: Decision.Verdict) -> [Copy] {
        route(violation)?.copies.filter { $0.on.contains(verdict) } ?? []
    }

    /// Why urban management does not send a reminder or an order for this violation; nil if it may, and for all other actions.
    public func refusal(of kind: CaseAction.Kind, violation: String) -> WrongBody? {
        guard kind == .remind || kind == .order, let route = route(violation) else { return nil }
        guard !route.punishedBy.contains(Self.ownBody), !route.streetMay.contains(kind) else { return nil }
        return WrongBody(kind: kind, primary: route.primary)
    }

    /// The kinds out of these that this table does not take away.
    public func offered(_ kinds: [CaseAction.Kind], violation: String) -> [CaseAction.Kind] {
        kinds.filter { refusal(of: $0, violation: violation) == nil }
    }

    public var problems: [ConfigProblem] {
        var found: [ConfigProblem] = []
        for (index, route) in routes.enumerated() {
            func report(_ reason: String) { found.append(ConfigProblem(["routes", .item(index)], "\(route.violation): \(reason)")) }
            if routes[..<index].contains(where: { $0.violation == route.violation }) { report("stands more than once") }
            if route.punishedBy.isEmpty { report("punished_by is empty; name who may punish it") }
            if route.primary.article.isBlank { report("the primary body's article is empty") }
            for copy in route.copies {
                if copy.article.isBlank { report("the copy to \(copy.body) has no article") }
                if copy.body == route.primary.body { report("the copy to \(copy.body) goes to the primary body itself") }
                if copy.on.isEmpty || copy.on.contains(where: { $0 != .confirm && $0 != .transfer }) {
                    report("the copy to \(copy.body): on must name confirm, transfer or both")
                }
            }
            for body in route.copies.map(\.body).repeated { report("more than one copy goes to \(body)") }
            for kind in route.streetMay where kind != .remind && kind != .order {
                report("street_may holds “\(kind.rawValue)”; only remind and order")
            }
        }
        return found
    }

    /// What does not fit the violations catalogue: unknown ids, violations without a route.
    public func problems(with catalogue: ViolationCatalogue) -> [ConfigProblem] {
        var found: [ConfigProblem] = []
        for (index, route) in routes.enumerated() {
            let place: [ConfigProblem.Step] = ["routes", .item(index)]
            if catalogue.entry(route.violation) == nil {
                found.append(ConfigProblem(place, "“\(route.violation)” is no violation of violations.yaml"))
            }
            for body in [route.primary.body] + route.copies.map(\.body) + route.punishedBy where catalogue.body(body) == nil {
                found.append(ConfigProblem(place, "\(route.violation): “\(body)” is no body of violations.yaml"))
            }
        }
        for entry in catalogue.violations where route(entry.id) == nil {
            found.append(ConfigProblem(["routes"], "the violation “\(entry.id)” has no route"))
        }
        return found
    }
}

/// A reminder or an order is another body's to send.
public struct WrongBody: Error, Sendable, Hashable {
    public var kind: CaseAction.Kind
    public var primary: RoutingTable.Destination

    /// - Parameter name: the body's name.
    public func text(name: BilingualText) -> BilingualText {
        BilingualText(
            zh: "该事项由\(name.zh)处罚（\(primary.article)），城管不发“\(kind.name.zh)”；请移送。",
            en: "\(name.en) punishes this (\(primary.article)): urban management sends no “\(kind.name.en)”; transfer it.")
    }
}
