/// How long each step of a case may take: `Config/deadlines.yaml`.
public struct DeadlineRules: CheckedConfig, Hashable {
    /// One deadline, for some or all violations.
    public struct Rule: Codable, Sendable, Hashable, Identifiable {
        public var id: String
        /// Which step it is for; see `CaseClock.Kind`.
        public var clock: CaseClock.Kind
        public var name: BilingualText
        public var amount: Int
        public var unit: DeadlineAmount.Unit
        /// Classes of violations, of `classes`; nil for all.
        public var classes: [String]?
        /// Bodies, of the violations catalogue; nil for all. For referrals only.
        public var bodies: [String]?
        /// Kinds of log lines that start it, for clocks that no state starts.
        public var startsOn: [String]?
        /// Kinds of log lines that stop it.
        public var stopsOn: [String]?
        /// Law and article, or where else the number is from.
        public var source: String

        public init(
            id: String, clock: CaseClock.Kind, name: BilingualText, amount: Int, unit: DeadlineAmount.Unit, classes: [String]? = nil,
            bodies: [String]? = nil, startsOn: [String]? = nil, stopsOn: [String]? = nil, source: String
        ) {
            self.id = id
            self.clock = clock
            self.name = name
            self.amount = amount
            self.unit = unit
            self.classes = classes
            self.bodies = bodies
            self.startsOn = startsOn
            self.stopsOn = stopsOn
            self.source = source
        }

        public var length: DeadlineAmount { DeadlineAmount(amount, unit) }

        private enum CodingKeys: String, CodingKey {
            case id, clock, name, amount, unit, classes, bodies, source
            case startsOn = "starts_on"
            case stopsOn = "stops_on"
        }
    }

    /// Violations that share deadlines, by the class's id.
    public var classes: [String: [String]]
    /// For a step the first that fits is taken.
    public var deadlines: [Rule]
    public var escalation: EscalationPolicy

    public init(classes: [String: [String]], deadlines: [Rule], escalation: EscalationPolicy) {
        self.classes = classes
        self.deadlines = deadlines
        self.escalation = escalation
    }

    /// The class of a violation; nil for one that is in none.
    public func violationClass(_ violation: String) -> String? {
        classes.first { $0.value.contains(violation) }?.key
    }

    public func rule(_ clock: CaseClock.Kind, violation: String, body: String? = nil) -> Rule? {
        let own = violationClass(violation)
        return deadlines.first { rule in
            rule.clock == clock && rule.classes.map { list in own.map(list.contains) ?? false } ?? true
                && rule.bodies.map { list in body.map(list.contains) ?? false } ?? true
        }
    }

    public func rule(id: String) -> Rule? { deadlines.first { $0.id == id } }

    public var problems: [ConfigProblem] {
        var found: [ConfigProblem] = []
        for violation in classes.values.flatMap({ $0 }).repeated {
            found.append(ConfigProblem(["classes"], "“\(violation)” is in more than one class"))
        }
        for (index, rule) in deadlines.enumerated() {
            func report(_ reason: String) { found.append(ConfigProblem(["deadlines", .item(index)], "\(rule.id): \(reason)")) }
            if !rule.id.isIdentifier { report("the id may hold a–z, 0–9 and -, a letter first") }
            if deadlines[..<index].contains(where: { $0.id == rule.id }) { report("the id stands more than once") }
            if rule.name.isEmpty { report("the name is empty in one language") }
            if rule.source.isBlank { report("the source is empty; name the article, or say that it is your own") }
            if let problem = rule.length.problem { report(problem) }
            if rule.amount == 0 { report("the amount is 0") }
            for id in rule.classes ?? [] where classes[id] == nil { report("“\(id)” is none of the classes") }
            if rule.clock == .correction { report("the time to correct is given with each reminder and order, not here") }
            if rule.clock.isStartedByLine, rule.startsOn?.isEmpty ?? true { report("say with starts_on which log lines start it") }
        }
        return found + escalation.problems
    }

    /// What does not fit the violations catalogue.
    public func problems(with catalogue: ViolationCatalogue) -> [ConfigProblem] {
        var found: [ConfigProblem] = []
        for (name, list) in classes.sorted(by: { $0.key < $1.key }) {
            for id in list where catalogue.entry(id) == nil {
                found.append(ConfigProblem(["classes", .key(name)], "“\(id)” is no violation of violations.yaml"))
            }
        }
        for (index, rule) in deadlines.enumerated() {
            for id in rule.bodies ?? [] where catalogue.body(id) == nil {
                found.append(ConfigProblem(["deadlines", .item(index)], "\(rule.id): “\(id)” is no body of violations.yaml"))
            }
        }
        return found
    }
}
