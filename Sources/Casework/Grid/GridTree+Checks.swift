extension GridTree {
    /// Counts, codes, parents: everything that keeps the grids from being one tree.
    public var problems: [ConfigProblem] {
        var found: [ConfigProblem] = []
        let byCode = Dictionary(nodes.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var seen: Set<String> = []
        for (index, node) in nodes.enumerated() {
            func report(_ reason: String) { found.append(ConfigProblem(["nodes", .item(index)], "grid “\(node.code)”: \(reason)")) }
            if !Self.isUsable(code: node.code) { report("the code may hold 1 to 40 letters a–z, digits, - and .") }
            if !seen.insert(node.code).inserted { report("the code stands more than once") }
            if node.name.isEmpty { report("the name is empty in one language") }
            if let reason = parentProblem(of: node, byCode) { report(reason) }
        }
        for name in counts.keys.sorted() where Level(rawValue: name) == nil {
            let known = Level.allCases.map(\.rawValue).joined(separator: ", ")
            found.append(ConfigProblem(["counts", .key(name)], "“\(name)” is no level; known are \(known)"))
        }
        for level in Level.allCases {
            let there = nodes.count { $0.level == level }
            if let wanted = counts[level.rawValue], wanted != there {
                found.append(
                    ConfigProblem(
                        ["counts", .key(level.rawValue)],
                        "\(there) grids of level \(level.rawValue) are listed, \(wanted) are counted here; correct the list or the number"))
            }
            if counts[level.rawValue] == nil, !nodes.isEmpty {
                found.append(ConfigProblem(["counts"], "how many grids of level \(level.rawValue) there are is missing"))
            }
        }
        return found
    }

    private func parentProblem(of node: Node, _ byCode: [String: Node]) -> String? {
        guard let wanted = node.level.above else {
            return node.parent == nil ? nil : "the street has no grid above it; leave parent out"
        }
        guard let code = node.parent else { return "parent is missing; it must be a grid of level \(wanted.rawValue)" }
        if code == node.code { return "is its own parent" }
        guard let parent = byCode[code] else { return "parent “\(code)” is none of the grids" }
        if isInCycle(node, byCode) { return "parent “\(code)” leads back to it in a circle" }
        guard parent.level == wanted else {
            return "parent “\(code)” is of level \(parent.level.rawValue), it must be of level \(wanted.rawValue)"
        }
        return nil
    }

    private func isInCycle(_ node: Node, _ byCode: [String: Node]) -> Bool {
        var seen: Set<String> = []
        var next = node.parent
        while let code = next {
            if code == node.code { return true }
            guard seen.insert(code).inserted else { return false }
            next = byCode[code]?.parent
        }
        return false
    }

    private static func isUsable(code: String) -> Bool {
        (1...40).contains(code.utf8.count)
            && code.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" || $0 == "." }
    }
}
