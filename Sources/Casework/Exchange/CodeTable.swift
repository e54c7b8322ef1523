/// The three lists of event codes, as a table: which names and codes stand for one another.
public struct CodeTable: Sendable, Hashable {
    public enum List: String, Codable, Sendable, CaseIterable { case a, b, c }

    public struct Row: Sendable, Hashable {
        /// Our violation; nil for a type that is not looked for here.
        public var violation: String?
        public var name: BilingualText
        public var codes: ViolationCatalogue.Codes
    }

    public var rows: [Row]

    public init(_ catalogue: ViolationCatalogue) {
        rows =
            catalogue.violations.map { Row(violation: $0.id, name: $0.name, codes: $0.codes) }
            + (catalogue.others ?? []).map { Row(violation: nil, name: $0.name, codes: $0.codes) }
    }

    /// The row that a code stands for; nil for an unknown one.
    /// - Parameter list: needed for codes like `04-05`, which two lists use for different things; five digits are of list `a`.
    public func row(code: String, list: List?) -> Row? {
        let list = list ?? (code.utf8.count == 5 ? .a : nil)
        return list.flatMap { list in rows.first { $0.codes.of(list).contains(code) } }
    }
}

extension ViolationCatalogue.Codes {
    public func of(_ list: CodeTable.List) -> [String] {
        switch list {
        case .a: a
        case .b: b
        case .c: c
        }
    }

    /// Such as `A 09005; B 04-05; C 05-04`.
    public var text: String {
        CodeTable.List.allCases.filter { !of($0).isEmpty }
            .map { "\($0.rawValue.uppercased()) \(of($0).joined(separator: " "))" }.joined(separator: "; ")
    }
}
