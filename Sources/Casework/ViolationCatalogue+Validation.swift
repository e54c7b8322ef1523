extension ViolationCatalogue {
    /// Throws with everything that is wrong: ids that are malformed or repeated, names, hints or sources that are empty,
    /// codes of the wrong form, urgency below 1, routes to nobody.
    public func validate() throws(CatalogueError) {
        try CatalogueError.check("violations") { report in
            if violations.isEmpty { report("violations: is empty") }
            for id in bodies.map(\.id).repeated { report("bodies: “\(id)” stands more than once") }
            for id in violations.map(\.id).repeated { report("violations: “\(id)” stands more than once") }
            for (index, body) in bodies.enumerated() {
                let place = "bodies[\(index)] (\(body.id))"
                if !body.id.isIdentifier { report("\(place): the id may hold a–z, 0–9 and -, a letter first") }
                if body.name.isEmpty { report("\(place): the name is empty in one language") }
            }
            for (index, entry) in violations.enumerated() {
                problems(of: entry) { report("violations[\(index)] (\(entry.id)): \($0)") }
            }
            for (index, other) in (others ?? []).enumerated() {
                if other.name.isEmpty { report("others[\(index)]: the name is empty in one language") }
                problems(of: other.codes) { report("others[\(index)] (\(other.name.zh)): \($0)") }
            }
        }
    }

    private func problems(of entry: Entry, _ report: (String) -> Void) {
        if !entry.id.isIdentifier { report("the id may hold a–z, 0–9 and -, a letter first") }
        if entry.name.isEmpty { report("the name is empty in one language") }
        if entry.definition.isEmpty { report("the definition is empty in one language") }
        if entry.hint.isEmpty { report("the hint is empty in one language") }
        if entry.source.isBlank { report("the source is empty") }
        if entry.urgency < 1 { report("urgency is \(entry.urgency); it counts from 1, the most urgent") }
        if entry.codes.a.isEmpty { report("codes.a is empty") }
        problems(of: entry.codes, report)
        if entry.route.isEmpty { report("the route is empty") }
        for id in entry.route where body(id) == nil {
            report("the route leads to “\(id)”, which is none of the bodies")
        }
        for id in entry.route.repeated { report("the route names “\(id)” more than once") }
    }

    private func problems(of codes: Codes, _ report: (String) -> Void) {
        for code in codes.a where !Self.isDigits(code, groups: [5]) {
            report("codes.a: “\(code)” is not five digits")
        }
        for code in codes.b + codes.c where !Self.isDigits(code, groups: [2, 2]) {
            report("codes: “\(code)” does not look like 04-05")
        }
    }

    private static func isDigits(_ text: String, groups: [Int]) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == groups && parts.allSatisfy { $0.allSatisfy { ("0"..."9").contains($0) } }
    }
}
